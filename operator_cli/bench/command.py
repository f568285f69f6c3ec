"""`nassij bench`."""

from collections.abc import Mapping
from typing import Any

import click

from operator_cli.bench.ground import ground, run
from operator_cli.output import as_json, print_json, print_table

RATIOS = ("ratio_same_guarantees", "ratio_unsafe", "ratio_faststream", "ratio_faststream_batch", "cpu_per_event_ratio")

store_option = click.option("--store", metavar="URI", help="Another store, such as mongodb://127.0.0.1:27017.")
kafka_option = click.option("--kafka", metavar="ADDRESS", help="Another broker, such as 127.0.0.1:9192.")
pairs_option = click.option("--pairs", type=click.IntRange(min=1), default=5, show_default=True, help="Rounds to compare.")


@click.group(
    epilog="""\b
Examples:
  nassij bench pipeline
  nassij bench pipeline --store mongodb://127.0.0.1:27017 --json
  nassij bench http
  nassij bench metrics --json | jq .pipeline"""
)
def bench() -> None:
    """Measure the event path and the HTTP path against others that do the same work, and what it costs to measure them.

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
    with ground(store, kafka) as on:
        found = run("tests.bench.pipeline", on, "--pairs", str(pairs), "--seconds", str(seconds), "--rate", str(rate))
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
    with ground(store, kafka) as on:
        asked = ["--pairs", str(pairs), "--seconds", str(seconds), "--threads", str(threads)]
        found = run("tests.bench.http", on, *asked, *(["--home", str(on.home)] if not kafka else []))
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


@bench.command()
@store_option
@kafka_option
@pairs_option
@click.option("--seconds", type=click.FloatRange(min=0.5), default=3.0, show_default=True, help="How long a turn takes.")
@click.option("--scrapes/--no-scrapes", default=True, show_default=True, help="Also time scrapes of a country's processes.")
@as_json
def metrics(store: str | None, kafka: str | None, pairs: int, seconds: float, scrapes: bool, as_json: bool) -> None:
    """What it costs that everything is measured: pipeline and HTTP with and without it, and a scrape of every process.

    Costs are per cent of what there is without; below 0 the machine was less busy with. Ends with 1 when one is above 5.
    """
    with ground(store, kafka) as on:
        asked = ["--pairs", str(pairs), "--seconds", str(seconds), *([] if scrapes else ["--no-scrapes"])]
        found = run("tests.bench.metrics", on, *asked)
    if as_json:
        print_json(found)
    else:
        rows = {**found["pipeline"], "http": found["http"]}
        _print("", ("cost_percent", "cpu_cost_percent"), rows)
        _print("scrape of", ("ms", "cached_ms", "bytes", "series"), found.get("scrape", {}))
    click.get_current_context().exit(0 if found["ok"] else 1)


def _print(what: str, columns: tuple[str, ...], rows: Mapping[str, Mapping[str, Any]]) -> None:
    if rows:
        print_table((what, *columns), [(name, *(row[column] for column in columns)) for name, row in rows.items()])
