from collections.abc import Callable

import pytest

from chassis.service import Service
from chassis.store.connection import Store
from tests.integration.chassis.notebook.service import service


@pytest.fixture
def notebook(open_store: Callable[[Service], Store]) -> Store:
    return open_store(service)
