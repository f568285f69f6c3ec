"""What a run tells at its end: the JSON object for programs, tables and addresses for people."""

from typing import Any

import click

from operator_cli.demo.stage import Run
from operator_cli.demo.wire import REGION
from operator_cli.output import print_table

ORDER = (
    "communes",
    "associations",
    "duplicates_flagged",
    "decoys_flagged",
    "rejected_rows",
    "actors",
    "diagnostics",
    "needs",
    "plans",
    "trainers",
    "sessions",
    "enrolments",
    "waitlisted",
    "attendances",
    "completions",
    "certificates",
    "revoked",
    "notifications_sent",
    "webhooks_delivered",
)


def as_object(run: Run) -> dict[str, Any]:
    """The run as one JSON object."""
    figures = run.figures
    told = {
        "ok": not figures.problems,
        "seconds": run.seconds,
        "region": {"code": REGION, "state": figures.region},
        "regions_preparing": figures.preparing,
        "counts": {name: figures.counts[name] for name in ORDER},
        "events": {"published": figures.published.total, "by_type": dict(sorted(figures.published.by_type.items()))},
        **figures.ops,
        "changed": run.changed,
        "repeats": repeats(run),
    }
    if run.killed:
        told["killed"] = run.killed
    return told | ({"problems": figures.problems} if figures.problems else {})


def repeats(run: Run) -> dict[str, int]:
    """What came more than once under one id, at those who may get it twice: the topics, the mail sink, the partner."""
    figures = run.figures
    return {
        "events": figures.published.repeated,
        "mails": figures.mails["repeated"],
        "webhooks": figures.webhooks["repeated"],
    }


def tell(run: Run) -> None:
    """Tables of what happened and where to look."""
    figures = run.figures
    click.echo()
    if not run.changed:
        click.echo("The programme was played on this stack before: nothing was changed, these are its figures.")
    print_table(["what", "how many"], [(name.replace("_", " "), figures.counts[name]) for name in ORDER])
    print_table(["event", "published"], sorted(figures.published.by_type.items()))
    print_table(["where to look", "address"], addresses(run))
    for killed in run.killed:
        click.echo(f"Killed {killed['process']} after {killed['after_events']} events; started again {killed['restarts']} times.")
    again = ", ".join(f"{count} {name}" for name, count in repeats(run).items())
    click.echo(f"Came more than once under one id, and count once: {again}.")
    click.echo(_sentence(run))


def _sentence(run: Run) -> str:
    figures = run.figures
    end = f"Region {REGION} is {figures.region}, {', '.join(figures.preparing)} are preparing; {run.seconds:.0f} s."
    return f"{end} Not as it should be: {'; '.join(figures.problems)}." if figures.problems else end


def addresses(run: Run) -> list[tuple[str, str]]:
    """Where to look, with a certificate that holds and the one that was revoked."""
    play = run.play
    ports = play.stack.ports
    found = [(f"{name}'s API", f"{play.wire.base(name)}/openapi.json") for name in play.services.names]
    found += [("readiness of region 01", f"{play.wire.base('registry')}/v1/regions/01/readiness (with `nassij token`)")]
    found += [(f"a {state} certificate", url) for state, url in run.figures.certificates.items()]
    found += [("mails", f"http://127.0.0.1:{ports.smtp_reader}/messages (or `nassij mail`)")]
    found += [("what the partner received", f"http://127.0.0.1:{ports.webhooks}/deliveries, /counts")]
    return found
