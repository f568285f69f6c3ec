"""Figures about certificates."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from chassis import clock
from chassis.metrics import domain_gauge
from services.certification.certificates.model import Certificate


@domain_gauge("nassij_certificates", "Certificates by region, kind and status.", ["region", "kind", "status"])
def certificates() -> Iterable[tuple[Sequence[str], float]]:
    """Count what was ever issued, by what it is worth today."""
    today = datetime.combine(clock.today(), time())  # as the store keeps days
    expired = {"$and": [{"$ne": [{"$ifNull": ["$expires_on", None]}, None]}, {"$lt": ["$expires_on", today]}]}
    revoked = {"$ne": [{"$ifNull": ["$revoked_on", None]}, None]}
    status = {"$cond": [revoked, "revoked", {"$cond": [expired, "expired", "valid"]}]}
    group = {"_id": {"region": "$region", "kind": "$kind", "status": status}, "count": {"$sum": 1}}
    for row in Certificate.objects.aggregate([{"$group": group}]):
        yield (row["_id"]["region"], row["_id"]["kind"], row["_id"]["status"]), row["count"]
