"""`nassij doctor`."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

import click

from operator_cli.doctor.examine import examine, is_well, worst_first
from operator_cli.doctor.finding import FAIL, OK, SEVERITIES, UNSEEN, WARN, Finding
from operator_cli.doctor.sight import Sight
from operator_cli.output import as_json, print_json

MARKS = {OK: ("✓", "green"), UNSEEN: ("?", "blue"), WARN: ("!", "yellow"), FAIL: ("✗", "red")}


@click.command(
    epilog="""\b
Examples:
  nassij doctor
  nassij doctor --json | jq '.findings[] | select(.severity == "fail")'"""
)
@as_json
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Look at everything that is known to go wrong, and say what to do about what is found.

    Topics, lag and everything that waits, contracts, clocks, disk, keys, users and rights, indexes, versions, ports. It
    changes nothing, takes less than ten seconds, and says of each check that it cannot make why. Ends with 1 when
    anything was found.
    """
    begun = time.monotonic()
    sight = Sight.chosen()
    findings = examine(sight)
    seconds = time.monotonic() - begun
    if as_json:
        print_json(as_object(sight, findings, seconds))
    else:
        _tell(findings, seconds)
    ctx.exit(0 if is_well(findings) else 1)


def as_object(sight: Sight, findings: Sequence[Finding], seconds: float) -> dict[str, object]:
    """The whole examination as JSON has it."""
    counts = Counter(finding.severity for finding in findings)
    stack = ("running" if sight.addresses else "stopped") if sight.here else "elsewhere"
    return {
        "ok": is_well(findings),
        "stack": stack,
        "seconds": round(seconds, 2),
        "counts": {severity: counts[severity] for severity in SEVERITIES},
        "findings": [asdict(finding) for finding in worst_first(findings)],
    }


def _tell(findings: Sequence[Finding], seconds: float) -> None:
    for finding in reversed(worst_first(findings)):
        mark, colour = MARKS[finding.severity]
        click.echo(f"{click.style(mark, fg=colour)} {finding.check:<10} {finding.where}: {finding.found}")
        if finding.advice:
            click.echo(f"{'':13}{click.style('do:', bold=True)} {finding.advice}")
    bad = sum(finding.bad for finding in findings)
    told = f"{bad} of {len(findings)} findings want something done" if bad else f"{len(findings)} findings, nothing to be done"
    click.echo(f"{told}; {seconds:.1f} s.")
