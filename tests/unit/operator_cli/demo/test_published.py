from types import SimpleNamespace
from typing import Any

from operator_cli.demo.published import Published, _count

ISSUED, PLANNED = "ma.nassij.certification.certificate.issued.v1", "ma.nassij.training.session.planned.v1"


def counted(*events: tuple[str, str, str]) -> Published:
    found = Published()
    for number, (kind, name, region) in enumerate(events):
        headers = [("ce_type", kind.encode()), ("ce_id", name.encode()), ("ce_region", region.encode())]
        record: Any = SimpleNamespace(headers=headers, value=b"{}", topic="t", partition=0, offset=number)
        _count(record, found)
    return found


def test_what_was_published_twice_is_one_event_and_one_repeat() -> None:
    found = counted((ISSUED, "a", "03"), (ISSUED, "a", "03"), (PLANNED, "b", "03"))
    assert (found.total, found.repeated) == (2, 1)
    assert found.by_type == {"certification.certificate.issued.v1": 1, "training.session.planned.v1": 1}


def test_events_of_another_region_or_subject_are_not_those_that_were_asked_for() -> None:
    found = counted((ISSUED, "a", "03"), (ISSUED, "b", "07"), (PLANNED, "c", "03"))
    assert found.of(("certification.certificate.",), "03") == {"a"}
    assert found.of(("certification.", "training.session."), "03") == {"a", "c"}
