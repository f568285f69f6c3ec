import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import count

import pytest

from chassis import identity
from chassis.context import Context, entered
from chassis.metrics import domain_gauges
from chassis.migrations import migrate
from chassis.scope import EVERYWHERE
from chassis.service import Service
from chassis.settings import Settings
from chassis.store import connection
from chassis.store.connection import Store
from tests.backing import Backing, containers, native

with warnings.catch_warnings():
    # kafka-python reads its message schemas by a function of importlib that Python 3.11 calls deprecated.
    warnings.simplefilter("ignore", DeprecationWarning)
    import kafka  # noqa: F401 - imported here so that tests meet it loaded

_numbers = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--stack", choices=("native", "containers"), default="native", help="What broker and store run on.")
    parser.addoption("--store", default=None, help="Run against this store (mongodb://...) instead.")


@pytest.fixture(scope="session")
def backing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backing]:
    """A broker and a store for the whole run."""
    uri = request.config.getoption("--store")
    if uri is not None:
        yield Backing("", uri)
        return
    chosen = containers() if request.config.getoption("--stack") == "containers" else native(tmp_path_factory.mktemp("stack"))
    with chosen as found:
        yield found


@pytest.fixture
def open_store(backing: Backing) -> Iterator[Callable[[Service], Store]]:
    """Opens a fresh, migrated database as the store of this process, which then is that service."""
    opened: list[Store] = []

    def open_for(service: Service) -> Store:
        store = Store.connect(backing.database(f"test_{service.name}_{next(_numbers)}"))
        opened.append(store)
        connection.use(store)
        domain_gauges.forget()
        identity.use(identity.Identity(service.name))
        migrate(service, Settings(service=service.name, store_uri="mongodb://unused/unused"))
        return store

    yield open_for
    for store in opened:
        store.client.drop_database(store.database.name)
        store.close()
    connection.use(None)
    identity.use(None)


@pytest.fixture
def service_store(request: pytest.FixtureRequest, open_store: Callable[[Service], Store]) -> Store:
    """The store of the service whose tests these are, by their folder: tests/integration/<service>/."""
    folder = request.path.relative_to(request.config.rootpath).parts[2]
    return open_store(import_module(f"services.{folder}.service").service)


@pytest.fixture
def everywhere() -> Iterator[Context]:
    """Work in the whole country."""
    with entered(Context(by="test", role="national", scope=EVERYWHERE)) as context:
        yield context


