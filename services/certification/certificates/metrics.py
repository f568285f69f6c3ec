"""Figures about certificates."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from chassis import clock
from chassis.metrics import domain_gauge
from services.certification.certificates.model import Certificate, Status


@domain_gauge(
    "nassij_certificates",
    "Certificates that were ever issued, by what they are worth today.",
    ["region", "kind", "status"],
    {"kind": "what kinds of certificates the packs have, such as participation", "status": list(Status)[:3]},
)
def certificates() -> Iterable[tuple[Sequence[str], float]]:
    """Count them."""
    today = datetime.combine(clock.today(), time())  # as the store keeps days
    expired = {"$and": [{"$ne": [{"$ifNull": ["$expires_on", None]}, None]}, {"$lt": ["$expires_on", today]}]}
    revoked = {"$ne": [{"$ifNull": ["$revoked_on", None]}, None]}
    status = {"$cond": [revoked, "revoked", {"$cond": [expired, "expired", "valid"]}]}
    group = {"_id": {"region": "$region", "kind": "$kind", "status": status}, "count": {"$sum": 1}}
    for row in Certificate.objects.aggregate([{"$group": group}]):
        yield (row["_id"]["region"], row["_id"]["kind"], row["_id"]["status"]), row["count"]
