"""The outbox: events written in the transaction that caused them, and the relay that publishes them."""
