"""Certificates, the one that is revoked, the next regions, and the last things under way."""

from operator_cli.demo.play import Play
from operator_cli.demo.quiet import until
from operator_cli.demo.steps.joining import prepared, sign
from operator_cli.demo.wire import REGION
from operator_cli.errors import Refusal

NEXT = ("01", "07", "09")
TITLE = {
    "fr": "Convention de généralisation du programme Nassij – trois régions",
    "ar": "اتفاقية تعميم برنامج نسيج – ثلاث جهات",
}
REASON = "Feuille d'émargement rectifiée après contrôle"
SOURCE = "Commission régionale de suivi, procès-verbal 12"


def await_certificates(play: Play) -> str:
    """Wait until everybody who completed something holds a certificate."""
    completions = {found["id"] for found in play.wire.every("training", "/v1/completions", region=REGION)}
    play.begin(len(completions))

    def look() -> bool:
        issued = play.wire.every("certification", "/v1/certificates", region=REGION)
        names = {f"{each['activity']['kind']}-{each['activity']['id']}-{each['person']}" for each in issued}
        return names >= completions

    until(look, "a certificate for every completion")
    return f"{len(completions)} completions, {len(completions)} certificates"


def revoke_one(play: Play) -> str:
    """Revoke one certificate, and check at its public address that it says so."""
    session = play.session_ids[0]
    order = {person.id: person.name for person in play.people}
    issued = play.wire.every("certification", "/v1/certificates", region=REGION)
    held = [each for each in issued if each["activity"]["id"] == session]
    chosen = min(held, key=lambda each: order[each["person"]])
    body = {"reason": REASON, "source": SOURCE}
    play.wire.post("certification", f"/v1/certificates/{chosen['number']}/revoke", body, "revoke")
    shown = play.wire.public(chosen["verify"])
    if shown["status"] != "revoked":
        raise Refusal(f"The public address {chosen['verify']} says {shown['status']}, not revoked.")
    play.revoked = chosen["number"]
    return f"{chosen['number']}: {REASON}"


def join_next_regions(play: Play) -> str:
    """Regions 01, 07 and 09 join with the same pack; their readiness says what is missing."""
    convention = sign(play, list(NEXT), TITLE, "national")
    missing = []
    for region in play.in_turn(NEXT):
        prepared(play, region, convention)
        missing = play.wire.get("registry", f"/v1/regions/{region}/readiness", "national")["missing"]
        if not missing:
            raise Refusal(f"Region {region} misses nothing, though it has no associations.")
    return f"{', '.join(NEXT)} are preparing; missing: {' '.join(missing)}"


def come_to_rest(play: Play) -> str:
    """Turn the clock to the present, and wait until all is said, sent and delivered."""
    play.settle()
    play.clock.reach_present()
    until(lambda: _nothing_pending(play), "every message sent and every webhook delivered")
    play.settle()
    return "nothing is on its way any more"


def _nothing_pending(play: Play) -> bool:
    if play.wire.get("notifications", "/v1/messages", state="pending", limit=1)["items"]:
        return False
    subscriptions = play.wire.every("notifications", "/v1/subscriptions")
    return not any(
        play.wire.get("notifications", f"/v1/subscriptions/{each['id']}/deliveries", state="pending", limit=1)["items"]
        for each in subscriptions
    )
