"""What `docker compose up` has done once before the services start."""
