"""Every figure of the domain can be read on the real store, and says which values its labels take."""

from collections.abc import Callable

import pytest

from chassis.contracts.catalogue import Catalogue
from chassis.metrics import DomainGauge, domain_gauges
from chassis.metrics.page import PLACES
from chassis.service import Service
from chassis.store.connection import Store

SERVICES = {service.name: service for service in Catalogue.load().services}


def gauges_of(name: str) -> list[DomainGauge]:
    return [gauge for gauge in domain_gauges if gauge.read.__module__.startswith(f"services.{name}.")]


@pytest.mark.parametrize("name", SERVICES)
def test_every_figure_of_a_service_can_be_read(name: str, open_store: Callable[[Service], Store]) -> None:
    open_store(SERVICES[name])
    assert gauges_of(name)
    for gauge in gauges_of(name):
        gauge.forget()
        assert gauge.family().name == gauge.name


@pytest.mark.parametrize("gauge", [gauge for name in SERVICES for gauge in gauges_of(name)], ids=lambda gauge: gauge.name)
def test_every_label_says_which_values_it_takes(gauge: DomainGauge) -> None:
    assert set(gauge.labels) <= {*PLACES, *gauge.values}
