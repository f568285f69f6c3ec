"""The registry: its subjects, and nothing else."""

from chassis.service import Service

service = Service(
    "registry",
    title="Registry",
    subjects=[
        "territory",
        "packs",
        "conventions",
        "regions",
        "associations",
        "imports",
        "reviews",
        "actors",
        "diagnostics",
        "readiness",
        "structures",
    ],
)
