"""The register fills: two files of associations, further members, and a diagnostic for each association."""

import csv
import io
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from operator_cli.demo.data import REGION, Row, answers
from operator_cli.demo.data.maker import Maker
from operator_cli.demo.plan import Person
from operator_cli.demo.play import Play
from operator_cli.demo.quiet import until
from operator_cli.demo.timeline import DIAGNOSTICS
from operator_cli.errors import Refusal

MEMBERS = 35  # at scale 1; people beside the three officers of each association
LINE = 0
"""The column of an error file that says which line of the sheet it is."""


def import_associations(play: Play) -> str:
    """Hand both files in, one after the other, wait for each, and check the error files against what was planted."""
    files = (("xlsx", play.data.xlsx), ("csv", play.data.csv))
    done = []
    for ending, content in play.in_turn(files):
        job = play.wire.upload("registry", "/v1/imports", f"associations-{REGION}.{ending}", content, "import", ending)
        done.append(_completed(play, job["id"]))
        _check_errors(play, ending, job["id"])
    rows, registered, held, rejected = (sum(job[name] for job in done) for name in ("rows", "registered", "held", "rejected"))
    return f"{rows} rows: {registered} registered, {held} held for review, {rejected} in the error files"


def _completed(play: Play, job: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        found: dict[str, Any] = play.wire.get("registry", f"/v1/imports/{job}")
        return found if found["state"] == "completed" else None

    return until(look, f"import {job} worked off")


def _check_errors(play: Play, ending: str, job: str) -> None:
    """Raise Refusal where the error file does not name exactly the rows that were planted as bad."""
    table = csv.reader(io.StringIO(play.wire.text("registry", f"/v1/imports/{job}/errors.csv").removeprefix("\ufeff")))
    next(table)
    named = {int(line[LINE]) for line in table}
    planted = {row.line for row in play.data.of_kind("bad") if row.file == ending}
    if named != planted:
        raise Refusal(f"The error file of the {ending} names lines {sorted(named)}, but {sorted(planted)} are bad.")


def register_members(play: Play) -> str:
    """Record members beside the officers that came with the files."""
    play.associations = sorted(
        play.wire.every("registry", "/v1/associations", region=REGION), key=lambda association: str(association["reference"])
    )
    count = max(2, round(MEMBERS * play.programme.scale))
    step = max(1, len(play.associations) // count)
    maker = Maker(Random(f"members/{play.programme.seed}/{play.programme.scale}"), REGION)  # noqa: S311 - made-up data
    wanted = [(association, maker.officer()) for association in play.associations[::step][:count]]
    play.each(wanted, lambda pair: _register(play, *pair))
    play.people = _people(play)
    return f"{len(play.people)} actors with mandates, {len(wanted)} of them members"


def _register(play: Play, association: dict[str, Any], person: Any) -> None:
    body = {
        "association": association["id"],
        "office": "member",
        "names": {"fr": person.names.fr, "ar": person.names.ar},
        "phone": person.phone,
        "mail": person.email,
        "language": person.language,
    }
    play.wire.post("registry", "/v1/actors", body, "member", association["reference"])


def _people(play: Play) -> list[Person]:
    """Everybody, by the first association in which they held an office."""
    by_id = {association["id"]: association for association in play.associations}
    people = []
    for actor in play.wire.every("registry", "/v1/actors", region=REGION):
        first = actor["mandates"][0]
        where = by_id[first["association"]]
        people.append(
            Person(
                reference=where["reference"],
                office=first["office"],
                id=actor["id"],
                association=where["id"],
                province=where["province"],
                commune=where["commune"],
            )
        )
    return sorted(people)


def diagnose(play: Play) -> str:
    """A complete diagnostic for every association."""
    play.clock.reach(play.timeline.morning(DIAGNOSTICS))
    on = (play.programme.begins + DIAGNOSTICS).isoformat()

    def one(association: dict[str, Any]) -> int:
        given = answers(play.pack.grid, association["reference"], play.programme.seed)
        body = {"association": association["id"], "on": on, "grid": play.pack.reference, "answers": given}
        found = play.wire.post("registry", "/v1/diagnostics", body, "diagnostic", association["reference"])
        return len({need["module"] for need in found["needs"]})

    needs = play.each(play.associations, one)
    return f"{len(needs)} diagnostics call for {sum(needs)} trainings"


def held_rows(rows: Sequence[Row], reviews: Sequence[Mapping[str, Any]], imports: Mapping[str, Any]) -> list[Row]:
    """The rows that are held for review, or were; `imports` by id."""
    by_place: dict[tuple[str, int], Row] = {(row.file, row.line): row for row in rows}
    places = [(_ending(imports[review["source"]["import"]]), review["source"]["line"]) for review in reviews]
    return [by_place[place] for place in places]


def _ending(job: Mapping[str, Any]) -> str:
    return str(job["file"]).rpartition(".")[2]
