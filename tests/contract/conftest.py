import pytest

from chassis.contracts.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Everything that all services declare."""
    return Catalogue.load()
