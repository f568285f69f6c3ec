"""The region joins: territory, pack, convention, and every service that prepares itself."""

from typing import Any

from operator_cli.demo.play import Play
from operator_cli.demo.quiet import until
from operator_cli.demo.timeline import LENGTH
from operator_cli.demo.wire import REGION
from operator_cli.stack.webhook_sink import trust

PARTIES = ("Agence de développement social", "Conseil régional de Fès-Meknès", "Entraide nationale")
TITLE = {"fr": "Convention de partenariat Nassij – région Fès-Meknès", "ar": "اتفاقية شراكة برنامج نسيج – جهة فاس مكناس"}
PARTNER = "observatoire-fes-meknes"
SUBSCRIBED = ("ma.nassij.certification.certificate.*", "ma.nassij.training.session.*")
YEARS = 3


def load_territory(play: Play) -> str:
    """Load the official list of regions, provinces and communes."""
    play.clock.begin(play.timeline.morning(LENGTH * 0))
    found = play.wire.put("registry", "/v1/territory", "territory", role="national")
    return f"{found['regions']} regions, {found['provinces']} provinces and prefectures, {found['communes']} communes"


def publish_pack(play: Play) -> str:
    """Publish the region's roll-out pack."""
    found = play.wire.post("registry", "/v1/packs", play.pack.to_document(), "pack", role="national")
    return f"{found['id']}: {len(play.pack.modules)} modules in {len(play.pack.families)} families"


def sign_convention(play: Play) -> str:
    """Write the region's convention down and have it signed."""
    play.convention = sign(play, [REGION], TITLE, "regional")
    return f"in force from {play.programme.begins} for {YEARS} years"


def sign(play: Play, regions: list[str], title: dict[str, str], role: Any) -> str:
    """Draft and sign a convention that begins with the programme; its id."""
    begins, name = play.programme.begins, "+".join(regions)
    ends = begins.replace(year=begins.year + YEARS, day=min(begins.day, 28))
    terms = {"title": title, "parties": PARTIES, "regions": regions, "starts": begins.isoformat(), "ends": ends.isoformat()}
    drafted = play.wire.post("registry", "/v1/conventions", terms, "convention", name, role=role)
    path = f"/v1/conventions/{drafted['id']}/sign"
    play.wire.post("registry", path, {"on": begins.isoformat()}, "sign", name, role=role)
    return str(drafted["id"])


def join(play: Play) -> str:
    """Let the region join, and wait until every service has prepared itself."""
    said = prepared(play, REGION, play.convention)
    return ", ".join(f"{each['service']} prepared" for each in said)


def prepared(play: Play, region: str, convention: str) -> list[dict[str, Any]]:
    """What each service said when it had prepared itself for a region that joins now."""
    body = {"pack": {"name": play.pack.name, "version": play.pack.version}, "convention": convention}
    play.wire.post("registry", f"/v1/regions/{region}/join", body, "join", region, role="national")

    def look() -> list[dict[str, Any]]:
        found = play.wire.get("registry", f"/v1/regions/{region}", "national")["preparations"]
        return found if all(each["prepared_at"] for each in found) else []

    return until(look, f"every service prepared for region {region}")


def subscribe_partner(play: Play) -> str:
    """Give a partner a subscription to the region's certificates and sessions, with an API key and a webhook endpoint."""
    play.settle()  # the services must have heard of the convention
    url = f"http://127.0.0.1:{play.stack.ports.webhooks}/webhooks"
    wish = {"partner": PARTNER, "url": url, "regions": [REGION], "types": SUBSCRIBED, "convention": play.convention}
    made = play.wire.post("notifications", "/v1/subscriptions", wish, "subscribe")
    # What a partner does with the secret that it is told: its endpoint trusts what is signed with it.
    trust(play.stack.layout.webhooks, made["secret"])
    return f"{PARTNER} receives {', '.join(SUBSCRIBED)} of region {REGION} at {url}"
