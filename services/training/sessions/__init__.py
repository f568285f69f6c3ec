"""Local sessions: seats, waiting list, offers, attendance, completion."""
