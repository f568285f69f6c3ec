import json
from collections.abc import Callable

import jwt

from operator_cli.stack.layout import Layout
from tests.unit.operator_cli.commands.conftest import FakeService, Nassij


def test_it_says_where_the_page_is_and_prints_a_token_that_reads_it(
    stack_of: Callable[[str], None], service: FakeService, call: Nassij
) -> None:
    stack_of("observatory")
    found = json.loads(call("console", "--role", "regional", "--region", "03", "--json").stdout)
    assert found["address"] == f"http://127.0.0.1:{service.port}/sign-in"
    claims = jwt.decode(found["token"], options={"verify_signature": False})
    assert (claims["role"], claims["regions"]) == ("regional", ["03"])
    assert found["address"] in call("console").stdout


def test_a_regional_token_needs_its_region_here_too(layout: Layout, call: Nassij) -> None:
    found = call("console", "--role", "regional")
    assert (found.exit_code, found.stderr) == (2, "nassij: A regional token needs its region: --region 03.\n")


def test_a_stack_without_the_observatory_has_no_page(stack_of: Callable[[str], None], call: Nassij) -> None:
    stack_of("registry")
    found = call("console")
    assert found.exit_code == 3
    assert "runs no observatory" in found.stderr


def test_without_a_stack_it_says_what_to_do(layout: Layout, call: Nassij) -> None:
    assert call("console").exit_code == 3
