"""What has come of the programme, read back from the services' APIs, from the topics and from those outside who received it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from operator_cli.demo.play import Play
from operator_cli.demo.published import Published, read_topics
from operator_cli.demo.steps.registering import held_rows
from operator_cli.demo.wire import REGION, at_once
from operator_cli.stack.webhook_sink import MOST

SENT_ON = ("training.session.", "certification.certificate.")
"""What the partner subscribed to."""
SEATED_AT_ONCE = "seat-free"


@dataclass
class Figures:
    """Counts by name, and the state that all processes ended in.

    `certificates` has the public address of one in each standing, `expected` what counts have to be.
    """

    region: str
    preparing: list[str]
    counts: dict[str, int]
    published: Published
    ops: dict[str, int]
    mails: dict[str, int]
    webhooks: dict[str, Any]
    certificates: dict[str, str] = field(default_factory=dict)
    expected: dict[str, int] = field(default_factory=dict)

    @property
    def problems(self) -> list[str]:
        """Where the figures do not agree with each other, in sentences."""
        pairs = {name: (self.counts[name], wanted) for name, wanted in self.expected.items()}
        pairs |= {name: (found, 0) for name, found in self.ops.items()}
        pairs |= {
            f"webhooks {name}": (self.webhooks[name], 0) for name in ("missing", "unexpected", "of_other_regions", "refused")
        }
        wrong = [f"{name} is {found}, not {wanted}" for name, (found, wanted) in pairs.items() if found != wanted]
        return wrong if self.region == "open" else [f"region {REGION} is {self.region}, not open", *wrong]


def read_figures(play: Play) -> Figures:
    """Ask everybody."""
    published = read_topics(play.stack.kafka)
    reader = play.stack.ports.smtp_reader
    mails = play.wire.read(f"http://127.0.0.1:{reader}/counts")
    webhooks = _webhooks(play, published)
    issued = play.wire.every("certification", "/v1/certificates", region=REGION)
    counts = {**_registry(play), **_training(play), **_certified(issued)}
    counts |= {"notifications_sent": mails["distinct"], "webhooks_delivered": webhooks["distinct"]}
    regions = play.wire.every("registry", "/v1/regions", "national", state="preparing")
    return Figures(
        region=play.wire.get("registry", f"/v1/regions/{REGION}")["state"],
        preparing=[region["code"] for region in regions],
        counts=counts,
        published=published,
        ops=_ops(play),
        mails=mails,
        webhooks=webhooks,
        certificates={_standing(each): each["verify"] for each in issued},
        expected=_expected(play, counts),
    )


def _expected(play: Play, counts: Mapping[str, int]) -> dict[str, int]:
    """What the data that was handed in, and the services among themselves, say that these counts must be."""
    planted = play.data.counts
    new = planted["new"] + planted["decoy"]
    return {
        "associations": new,
        "diagnostics": new,
        "duplicates_flagged": planted["duplicate"],
        "decoys_flagged": 0,
        "rejected_rows": planted["bad"],
        "certificates": counts["completions"],
        "revoked": 1,
        "notifications_sent": len(play.wire.every("notifications", "/v1/messages", state="sent")),
    }


def _registry(play: Play) -> dict[str, int]:
    wire = play.wire
    imports = {job["id"]: job for job in wire.every("registry", "/v1/imports", region=REGION)}
    held = held_rows(play.data.rows, wire.every("registry", "/v1/reviews", region=REGION), imports)
    return {
        "communes": len(wire.every("registry", "/v1/communes")),
        "associations": len(wire.every("registry", "/v1/associations", region=REGION)),
        "duplicates_flagged": sum(row.kind == "duplicate" for row in held),
        "decoys_flagged": sum(row.kind == "decoy" for row in held),
        "rejected_rows": sum(job["rejected"] for job in imports.values()),
        "actors": len(wire.every("registry", "/v1/actors", region=REGION)),
        "diagnostics": len(wire.every("registry", "/v1/diagnostics", region=REGION)),
        "needs": sum(need["associations"] for need in wire.get("registry", "/v1/needs", region=REGION)["items"]),
    }


def _training(play: Play) -> dict[str, int]:
    wire = play.wire
    sessions = _details(play, "/v1/sessions")
    entries = [entry for session in sessions for entry in session["enrolments"]]
    sheets = [sheet for each in [*sessions, *_details(play, "/v1/cohorts")] for sheet in each["register"]["sheets"]]
    return {
        "plans": len(wire.every("training", "/v1/plans", region=REGION)),
        "trainers": len(wire.get("registry", f"/v1/poles/{REGION}")["trainers"]),
        "sessions": len(sessions),
        "enrolments": len(entries),
        "waitlisted": sum(entry["why"] != SEATED_AT_ONCE for entry in entries),
        "attendances": sum(len(sheet["present"]) for sheet in sheets),
        "completions": len(wire.every("training", "/v1/completions", region=REGION)),
    }


def _details(play: Play, path: str) -> list[dict[str, Any]]:
    listed = play.wire.every("training", path, region=REGION)
    return list(at_once(lambda each: play.wire.get("training", f"{path}/{each['id']}"), listed))


def _certified(issued: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {"certificates": len(issued), "revoked": sum(_standing(each) == "revoked" for each in issued)}


def _standing(certificate: Mapping[str, Any]) -> str:
    return "revoked" if certificate["revoked_on"] is not None else "valid"


def _webhooks(play: Play, published: Published) -> dict[str, Any]:
    """What the partner's endpoint received, against the events of region 03 that lie on the topics."""
    endpoint = f"http://127.0.0.1:{play.stack.ports.webhooks}"
    counts = play.wire.read(f"{endpoint}/counts")
    kept = play.wire.read(f"{endpoint}/deliveries?limit={MOST}")["deliveries"]
    delivered, wanted = {each["event"] for each in kept}, published.of(SENT_ON, REGION)
    elsewhere = {each["event"] for each in kept if each["region"] != REGION}
    found = {"missing": len(wanted - delivered), "unexpected": len(delivered - wanted), "of_other_regions": len(elsewhere)}
    return {**counts, **found}


def _ops(play: Play) -> dict[str, int]:
    """What every service still has to do, added up."""
    found = {"dead_letters": 0, "waiting_keys": 0, "outbox_pending": 0}
    for name in play.services.names:
        status = play.wire.read(f"{play.services.background(name)}/ops/status")
        found["dead_letters"] += status["consumer"]["dead_letters"]
        found["waiting_keys"] += status["consumer"]["waiting_keys"]
        found["outbox_pending"] += status["outbox"]["pending"]
    return found
