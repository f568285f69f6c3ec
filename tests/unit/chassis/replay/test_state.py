from importlib import import_module

import pytest

from chassis.replay.state import NotReplayable, projections


def test_a_service_that_only_keeps_projections_may_be_replayed() -> None:
    service = import_module("services.observatory.service").service
    assert projections(service) == ["facts", "figures", "told"]


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("notifications", "sends things out"),
        ("training", "acts when time comes"),
        ("certification", "publishes events of its own"),
    ],
)
def test_a_service_that_acts_outwards_is_never_replayed(name: str, because: str) -> None:
    with pytest.raises(NotReplayable, match=because):
        projections(import_module(f"services.{name}.service").service)
