"""Finding imports, and the rows that were rejected."""

from collections.abc import Iterator
from typing import Any

from chassis.queries import get
from services.registry.imports.model import Batch, Import, Line


def import_job(identifier: str) -> Import:
    """The import with this id. Raises NotFound."""
    return get(Import, identifier)


def of_file(region: str, digest: str) -> Import | None:
    """The import of a file (by its SHA-256) in a region, if there was one."""
    found: Import | None = Import.objects(region=region, sha256=digest).first()
    return found


def imports(**filters: Any) -> Any:
    """The imports of the scope that have these values; a filter that is None does not count."""
    return Import.objects(**{name: value for name, value in filters.items() if value is not None})


def rejected_lines(job: Import) -> Iterator[Line]:
    """The rows rejected so far, in the order of the file."""
    for batch in Batch.objects(import_id=job.id).order_by("id"):
        yield from (line for line in batch.lines if line.faults)
