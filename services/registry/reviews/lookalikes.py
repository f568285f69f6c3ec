"""Which associations of the register an application resembles, looked up for many applications in two queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import structlog

from services.registry.actors import queries as actors
from services.registry.associations import queries as associations
from services.registry.associations.values import Application, Names, Receipt, fingerprint
from services.registry.reviews.model import Resemblance
from vocabulary.matching import Fingerprint, compare

MOST_NAMED = 10
_MOST_FOR_ONE = 400
log = structlog.get_logger(__name__)


@dataclass
class Lookalikes:
    """The associations of a region that share a blocking key with some applications; those registered meanwhile are added."""

    _fingerprints: dict[str, Fingerprint] = field(default_factory=dict)
    _by_key: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, region: str, applications: Sequence[Application]) -> "Lookalikes":
        """Load them. The whole region is looked at, also for whoever may only see one of its provinces."""
        keys = {key for application in applications for key in application.blocking_keys()}
        most = _MOST_FOR_ONE * len(applications)
        found = cls()
        rows = associations.found_by(region, keys, most)
        officers = actors.officers_of([row["_id"] for row in rows])
        if len(rows) >= most:
            log.warning("lookalikes.too_many", region=region, most=most)
        for row in rows:
            bureau = officers.get(row["_id"], [])
            phones = [row.get("phone"), *(officer.get("phone") for officer in bureau)]
            receipt = Receipt(number=row["receipt"]["number"]) if row.get("receipt") else None
            known = fingerprint(Names(**row["names"]), row["commune"], receipt, phones, [Names(**o["names"]) for o in bureau])
            found.add(row["_id"], known, row["keys"])
        return found

    def add(self, identifier: str, known: Fingerprint, keys: Iterable[str]) -> None:
        """Take in one more association."""
        self._fingerprints[identifier] = known
        for key in keys:
            self._by_key[key].add(identifier)

    def of_one(self, application: Application) -> Resemblance | None:
        """What this application resembles so much that a person has to decide; None where there is nothing."""
        asked = application.fingerprint()
        sharing = set[str]().union(*(self._by_key[key] for key in application.blocking_keys() if key in self._by_key))
        matches = [(compare(asked, self._fingerprints[identifier]), identifier) for identifier in sorted(sharing)]
        alike = sorted(((match, one) for match, one in matches if match.is_duplicate), key=lambda found: -found[0].score)
        if not alike:
            return None
        best = alike[0][0]
        return Resemblance(tuple(one for _, one in alike[:MOST_NAMED]), best.score, best.reasons)
