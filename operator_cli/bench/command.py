"""`nassij bench`."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from operator_cli.errors import Refusal
from operator_cli.output import as_json, print_json, print_table
from operator_cli.stack.environment import python_environment
from operator_cli.stack.layout import ROOT, Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import Ports

RATIOS = ("ratio_same_guarantees", "ratio_unsafe", "ratio_faststream", "ratio_faststream_batch", "cpu_per_event_ratio")

store_option = click.option("--store", metavar="URI", help="Another store, such as mongodb://127.0.0.1:27017.")
kafka_option = click.option("--kafka", metavar="ADDRESS", help="Another broker, such as 127.0.0.1:9192.")
pairs_option = click.option("--pairs", type=click.IntRange(min=1), default=5, show_default=True, help="Rounds to compare.")


@click.group(
    epilog="""\b
Examples:
  nassij bench pipeline
  nassij bench pipeline --store mongodb://127.0.0.1:27017 --json
  nassij bench http"""
)
def bench() -> None:
    """Measure the event path and the HTTP path against others that do the same work.

    A broker and a store of their own are started for it, beside any stack that runs; figures of a busy machine mean little.
    """


@bench.command()
@store_option
@kafka_option
@pairs_option
@click.option("--seconds", type=click.FloatRange(min=0.5), default=3.0, show_default=True, help="How long a turn is to take.")
@click.option("--rate", type=click.FloatRange(min=1), default=40.0, show_default=True, help="Commands a second, for the latency.")
@as_json
def pipeline(store: str | None, kafka: str | None, pairs: int, seconds: float, rate: float, as_json: bool) -> None:
    """Consume, watermark, effect, outbox, commit, publish: events a second and client CPU against four others.

    Six minutes with the defaults. A ratio above 1 says that ours is faster, for CPU that ours takes more.
    """
    with _ground(store, kafka) as ground:
        found = _run("tests.bench.pipeline", ground, "--pairs", str(pairs), "--seconds", str(seconds), "--rate", str(rate))
    if as_json:
        print_json(found)
        return
    print_table(
        ("row", "contestant", "events/s", "least", "most", "CPU us/event"),
        [
            (row, name, rate["median"], rate["min"], rate["max"], each["cpu_us_per_event"]["median"])
            for row in ("bulk", "reaction")
            for name, each in found[row]["contestants"].items()
            for rate in (each["events_per_second"],)
        ],
    )
    print_table(("ours to", "bulk", "reaction"), [(name, found["bulk"][name], found["reaction"][name]) for name in RATIOS])
    waited = found["latency_ms"]
    click.echo(f"From commit to effect: p50 {waited['p50']} ms, p99 {waited['p99']} ms at {waited['at_rate']} commands/s.")


@bench.command()
@store_option
@kafka_option
@pairs_option
@click.option("--seconds", type=click.FloatRange(min=0.5), default=4.0, show_default=True, help="How long a turn takes.")
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True, help="Of each server, and callers.")
@as_json
def http(store: str | None, kafka: str | None, pairs: int, seconds: float, threads: int, as_json: bool) -> None:
    """Measure a POST that saves and emits against a plain Flask + PyMongo insert, also with Kafka stopped.

    With a broker of your own (--kafka) nothing is stopped. Ratios are ours to plain.
    """
    with _ground(store, kafka) as ground:
        asked = ["--pairs", str(pairs), "--seconds", str(seconds), "--threads", str(threads)]
        found = _run("tests.bench.http", ground, *asked, *(["--home", str(ground.home)] if not kafka else []))
    if as_json:
        print_json(found)
        return
    parts = {"with Kafka": found, "Kafka stopped": found["kafka_stopped"]}
    print_table(
        ("", "server", "requests/s", "p50 ms", "p99 ms"),
        [
            (part, name, *(figures[name][what]["median"] for what in ("requests_per_second", "p50_ms", "p99_ms")))
            for part, figures in parts.items()
            if figures
            for name in ("ours", "plain")
        ],
    )
    for part, figures in parts.items():
        if figures:
            ratios = (f"{name.removesuffix('_ratio')} {figures[name]}" for name in ("p50_ratio", "p99_ratio", "throughput_ratio"))
            click.echo(f"Ours to plain, {part}: {', '.join(ratios)}")


@dataclass(frozen=True)
class Ground:
    """What is measured on; ``home`` is that of the throw-away stack."""

    store: str
    kafka: str
    home: Path | None = None


@contextmanager
def _ground(store: str | None, kafka: str | None) -> Iterator[Ground]:
    """The broker and store that were named, and for what was not, those of a stack of its own."""
    if store and kafka:
        yield Ground(store, kafka)
        return
    with tempfile.TemporaryDirectory(prefix="nassij-bench-") as home:
        stack = LocalStack(Layout(Path(home)), Ports.free())
        with stack.infrastructure():
            yield Ground(store or stack.admin_uri(), kafka or stack.kafka, Path(home))


def _run(module: str, ground: Ground, *arguments: str) -> dict[str, Any]:
    """Run a benchmark; its progress goes to standard error. Raises Refusal where it has no figure to give."""
    command = [sys.executable, "-m", module, "--store", ground.store, "--kafka", ground.kafka, *arguments]
    env = {**python_environment(), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refusal("The benchmark gives no figure, for the reason above; nothing of it was left behind.")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
