"""Guards: two transactions that register look-alikes at the same time meet here, and one of them runs again.

Each would otherwise look for the other in a snapshot in which it is not there yet. Whoever registers writes a guard for its
commune, each telephone and its receipt: two associations that share any blocking key (`name:COMMUNE:..`, `officer:COMMUNE:..`,
`phone:..`, `receipt:..`) share a guard. A guard is one of 65,536 numbered rows, chosen by a checksum: their number is bounded and
no telephone stands in them. That two things share a guard by chance costs a repetition, no more.
"""

from collections.abc import Iterable
from zlib import crc32

from chassis.queries import get_many, hold
from services.registry.associations.model import Guard

_ROWS = 1 << 16
_BY_COMMUNE = ("name:", "officer:")


def hold_guards(keys: Iterable[str]) -> None:
    """Write the guards of these blocking keys with the open transaction."""
    rows = {_row(_guarded(key)) for key in keys}
    known = get_many(Guard, rows)
    for row in sorted(rows):
        if row in known:
            hold(known[row])
        else:
            Guard(id=row).save()


def _guarded(key: str) -> str:
    """What a key is guarded by: the commune where the key holds one, since every such key of a commune is."""
    return ":".join(key.split(":")[1:2]) if key.startswith(_BY_COMMUNE) else key


def _row(guarded: str) -> str:
    return f"{crc32(guarded.encode()) % _ROWS:04x}"
