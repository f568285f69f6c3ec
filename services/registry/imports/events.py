"""What the registry says of imports."""

from chassis.events import event


@event(
    "ma.nassij.registry.import.completed.v1",
    example={"region": "03", "rows": 250, "registered": 228, "held": 12, "rejected": 10},
)
class ImportCompleted:
    """Every row of a sheet was registered, held for review or rejected with its reasons."""

    region: str
    rows: int
    registered: int
    held: int
    rejected: int
