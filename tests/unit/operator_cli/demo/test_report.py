from collections import Counter
from types import SimpleNamespace
from typing import Any

from operator_cli.demo.figures import Figures
from operator_cli.demo.published import Published
from operator_cli.demo.report import ORDER, as_object
from operator_cli.demo.stage import Run

WEBHOOKS = {"distinct": 5, "repeated": 0, "missing": 0, "unexpected": 0, "of_other_regions": 0, "refused": 0}
OPS = {"dead_letters": 0, "waiting_keys": 0, "outbox_pending": 0}


def run_with(**changes: Any) -> Run:
    given: dict[str, Any] = {
        "region": "open",
        "preparing": ["01", "07", "09"],
        "counts": dict.fromkeys(ORDER, 1),
        "published": Published(Counter({"registry.region.joined.v1": 4})),
        "ops": OPS,
        "mails": {"repeated": 2},
        "webhooks": WEBHOOKS,
        "expected": {"associations": 1},
    }
    play: Any = SimpleNamespace()
    return Run(play, Figures(**given | changes), changed=True, seconds=12.3, killed=[])


def test_the_object_has_the_fields_that_were_asked_for() -> None:
    told = as_object(run_with())
    assert list(told)[:9] == [
        "ok",
        "seconds",
        "region",
        "regions_preparing",
        "counts",
        "events",
        "dead_letters",
        "waiting_keys",
        "outbox_pending",
    ]
    assert told["ok"] is True
    assert told["region"] == {"code": "03", "state": "open"}
    assert told["events"] == {"published": 4, "by_type": {"registry.region.joined.v1": 4}}
    assert tuple(told["counts"]) == ORDER


def test_repeats_are_told_and_are_no_fault() -> None:
    told = as_object(run_with())
    assert told["repeats"] == {"events": 0, "mails": 2, "webhooks": 0}
    assert told["ok"] is True


def test_a_figure_that_is_not_what_it_should_be_is_named() -> None:
    told = as_object(run_with(expected={"associations": 2}))
    assert (told["ok"], told["problems"]) == (False, ["associations is 1, not 2"])


def test_a_dead_letter_or_a_webhook_of_another_region_is_a_fault() -> None:
    told = as_object(run_with(ops={**OPS, "dead_letters": 1}, webhooks={**WEBHOOKS, "of_other_regions": 1}))
    assert told["problems"] == ["dead_letters is 1, not 0", "webhooks of_other_regions is 1, not 0"]


def test_a_region_that_did_not_open_is_a_fault() -> None:
    assert as_object(run_with(region="preparing"))["problems"] == ["region 03 is preparing, not open"]
