"""`nassij trace`: how an event came to be, what it caused, and where its story stopped."""
