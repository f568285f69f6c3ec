"""A whole stack with a programme on it, shared by the tests of bad input and faults; the demo's have stacks of their own."""

from collections.abc import Iterator

import pytest

from operator_cli.stack.layout import Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import Ports
from tests.e2e.api import Api
from tests.e2e.demo import Played, play_undisturbed
from tests.e2e.kafka import Kafka
from tests.e2e.programme import Programme, Story


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Everything that `nassij up` starts, elsewhere."""
    with LocalStack(Layout(tmp_path_factory.mktemp("faults")), Ports.free()).borrowed() as stack:
        yield stack


@pytest.fixture(scope="session")
def api(stack: LocalStack) -> Iterator[Api]:
    """The services of the stack, over HTTP."""
    api = Api(stack)
    yield api
    api.close()


@pytest.fixture(scope="session")
def kafka(stack: LocalStack) -> Kafka:
    """The topics of the stack."""
    return Kafka(stack.kafka)


@pytest.fixture(scope="session")
def programme(api: Api) -> Programme:
    """One of everything in region 03."""
    return Story(api).told()


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The demo at a tenth of its size, played to its end and once more."""
    return play_undisturbed(tmp_path_factory.mktemp("demo"))
