"""Which certificates there are, how long they hold, and how much attendance earns one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from vocabulary.pack.reading import Node
from vocabulary.text import Bilingual

KINDS = ("participation", "trainer")
_LONGEST = 120  # months


@dataclass(frozen=True)
class CertificateKind:
    """A kind of certificate; `validity_months` is None where it never expires."""

    title: Bilingual
    validity_months: int | None


@dataclass(frozen=True)
class Certificates:
    """The kinds (`participation` for a session, `trainer` for the cohort) and the share of planned half-days that completes."""

    minimum_attendance: float
    kinds: Mapping[str, CertificateKind]

    def half_days_needed(self, planned: int) -> int:
        """How many half-days must be attended of those planned, whether or not all of them are held yet."""
        return int((Decimal(str(self.minimum_attendance)) * planned).to_integral_value(ROUND_CEILING))


def read_certificates(node: Node) -> Certificates:
    """The kinds, all of them, and the attendance rule."""
    node.holds(Certificates)
    kinds = node["kinds"].only(*KINDS)
    return Certificates(
        minimum_attendance=node["minimum_attendance"].share(),
        kinds={kind: _kind(kinds[kind]) for kind in KINDS},
    )


def _kind(node: Node) -> CertificateKind:
    node.holds(CertificateKind)
    months = node["validity_months"]
    return CertificateKind(
        title=node["title"].bilingual(),
        validity_months=None if months.is_null() else months.whole(1, _LONGEST),
    )
