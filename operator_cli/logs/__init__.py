"""What processes of the local stack wrote: read, filtered, put in order of time, followed."""
