"""The stack under Prometheus, shared by all tests of this folder."""

import shutil
from collections.abc import Iterator

import pytest

from operator_cli.errors import BadInput
from operator_cli.stack import monitoring
from tests.monitoring_stack import Monitored, monitored_stack


@pytest.fixture(scope="session")
def promtool() -> str:
    """Where Prometheus' own checker lies."""
    found = shutil.which("promtool")
    if found is None:
        pytest.skip(f"promtool is not installed: `{monitoring.INSTALL}`")
    return found


@pytest.fixture(scope="session")
def monitored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monitored]:
    """A stack under the real Prometheus after a small demo; `.query(promql)`, `.alerts()`, `.stack`."""
    try:
        monitoring.refuse_missing()
    except BadInput as error:
        pytest.skip(error.message)
    with monitored_stack(tmp_path_factory.mktemp("monitored")) as found:
        yield found
