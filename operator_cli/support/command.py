"""`nassij support-bundle`."""

import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from operator_cli.doctor.finding import Unseen
from operator_cli.doctor.sight import Sight
from operator_cli.errors import BadInput, Refusal
from operator_cli.output import as_json, print_json
from operator_cli.support.archive import write
from operator_cli.support.gather import gather
from operator_cli.support.known import people_of, places, secrets_of
from operator_cli.support.people import People
from operator_cli.support.scrub import Scrubber

ENDING = ".tar.gz"
LINES = 2000


@click.command(
    "support-bundle",
    epilog="""\b
Examples:
  nassij support-bundle
  nassij support-bundle -o /tmp/fault.tar.gz --lines 10000
  tar -tzf nassij-support-*.tar.gz""",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="[default: nassij-support-TIME.tar.gz here]"
)
@click.option("-n", "--lines", type=click.IntRange(0, 100_000), default=LINES, show_default=True, help="Last lines of each log.")
@as_json
def support_bundle(output: Path | None, lines: int, as_json: bool) -> None:
    """Pack what one needs to judge a fault from afar: one file, without secrets and without personal data.

    Versions, settings, status, what `nassij doctor` finds, topics and offsets, dead letters by kind, metrics, logs, machine.
    Of a stack that is stopped or broken it packs what is left. The README inside says what each file is.
    """
    begun = time.monotonic()
    path = _checked(output or Path(f"nassij-support-{datetime.now(UTC):%Y%m%dT%H%M%SZ}{ENDING}"))
    sight = Sight.chosen()

    def say(what: str) -> None:
        if not as_json:
            click.echo(f"… {what}", err=True)

    say("whom the register knows, to leave them out")
    people, why_not = _people(sight)
    bundle = gather(sight, Scrubber(secrets_of(sight.layout), people, places()), lines, say)
    manifest = _write(path, bundle.files, _about(people, why_not, bundle.missing))
    told = {"file": str(path.absolute()), "bytes": path.stat().st_size, "files": len(manifest["files"]) + 1}
    told |= {"missing": bundle.missing, "names_known": people.count if people else None}
    if as_json:
        print_json({"ok": True, "seconds": round(time.monotonic() - begun, 2), **told})
        return
    for why, count in Counter(bundle.missing.values()).items():
        click.echo(f"left out {'1 part' if count == 1 else f'{count} parts'} (manifest.json names them): {why}")
    click.echo(f"{told['files']} files, {told['bytes']} bytes, in {time.monotonic() - begun:.1f} s: {told['file']}")


def _people(sight: Sight) -> tuple[People | None, str]:
    try:
        return people_of(sight), ""
    except Unseen as why:
        return None, str(why)


def _about(people: People | None, why_not: str, missing: dict[str, str]) -> dict[str, Any]:
    known = {"names_known": people.count} if people is not None else {"names_known": None, "logs": f"no free text: {why_not}"}
    return {"made": datetime.now(UTC).isoformat(timespec="seconds"), "by": "nassij support-bundle", **known, "missing": missing}


def _checked(path: Path) -> Path:
    if not path.name.endswith(ENDING):
        raise BadInput(f"A bundle is a {ENDING} file; name it so, such as {path.with_suffix('')}{ENDING}.")
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder {path.parent}; make it, or name another with -o.")
    return path


def _write(path: Path, files: dict[str, str], about: dict[str, Any]) -> dict[str, Any]:
    try:
        return write(path, files, about)
    except OSError as error:
        raise Refusal(f"{path} cannot be written ({error.strerror}); name another file with -o.") from error
