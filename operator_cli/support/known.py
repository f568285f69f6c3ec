"""The secrets and the people that this machine and the register know: what scrubbing looks for word by word."""

import getpass
import os
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from operator_cli.doctor.finding import Unseen
from operator_cli.doctor.rights import secret_files
from operator_cli.doctor.sight import Sight
from operator_cli.stack.layout import Layout
from operator_cli.support.people import People

PAGE = 200
WITHIN = 30.0
"""Seconds for asking the register whom it knows."""
NAMED = re.compile(r"PASSWORD|SECRET|TOKEN|KEY|CREDENTIAL|_URI", re.IGNORECASE)
USERINFO = re.compile(r"://[^\s/@:]*:([^\s@]+)@")
SHORTEST_NAME = 4


def secrets_of(layout: Layout) -> set[str]:
    """The contents of every secret's file, whole and line by line, the passwords in addresses, and the environment's secrets."""
    texts = [path.read_text(errors="replace") for path in secret_files(layout) if path.is_file()]
    texts += [value for name, value in os.environ.items() if NAMED.search(name) and not Path(value).exists()]
    return {secret for text in texts for secret in _parts(text)}


def _parts(text: str) -> Iterator[str]:
    yield text.strip()
    lines = [line.strip() for line in text.splitlines()]
    # The armour of a PEM file is no secret, its lines are.
    yield from (line for line in lines if line and not line.startswith("-----"))
    yield from (found.removeprefix("whsec_") for line in lines for found in [line] if line.startswith("whsec_"))
    yield from USERINFO.findall(text)


def places() -> dict[str, str]:
    """What tells whose machine this is, and what is written instead."""
    user, host = getpass.getuser(), socket.gethostname()
    told = {str(Path.home()): "~", host: "<host>", user: "<user>"}
    # Somebody called root or app on a machine called db is nobody.
    return {place: instead for place, instead in told.items() if len(place) > SHORTEST_NAME}


def people_of(sight: Sight) -> People:
    """Everybody whom the register knows. Raises Unseen when it cannot be asked, or not in time."""
    people = People()
    after: str | None = None
    until = time.monotonic() + WITHIN
    while True:
        if time.monotonic() > until:
            raise Unseen(f"the register knows more people than it could name within {WITHIN:.0f} s")
        page = sight.web("registry", "/v1/actors", limit=PAGE, after=after).answer
        for actor in page["items"]:
            names = actor.get("names") or {}
            people.add([name for name in names.values() if name], actor.get("phone"), actor.get("mail"))
        after = page["next"]
        if after is None:
            return people
