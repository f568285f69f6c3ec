"""The services of the programme: each with its own store, none importing another."""
