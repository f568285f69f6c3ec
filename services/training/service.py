"""The training service."""

from chassis.service import Service

service = Service(
    "training",
    title="Training: catalogue, needs, plans, cohorts of trainers, local sessions",
    subjects=["catalogue", "actors", "needs", "plans", "trainers", "cohorts", "sessions", "completions"],
)
