"""The observatory."""

from chassis.service import Service

service = Service(
    "observatory",
    title="Observatory: figures of the roll-out, and what every event is linked with",
    subjects=["figures", "stories", "console"],
    # Nobody waits for its figures, and what it writes in one transaction keeps the store from others.
    gathering_ms=1000,
)
