import jwt
import pytest

from operator_cli.stack.layout import Layout
from tests.unit.operator_cli.commands.conftest import Nassij


def test_a_regional_token_names_its_region(layout: Layout, call: Nassij) -> None:
    token = call("token", "--role", "regional", "--region", "03", "--subject", "desk-7").stdout.strip()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["role"], claims["regions"], claims["sub"]) == ("regional", ["03"], "desk-7")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--role", "regional"),
        ("--role", "provincial", "--region", "03"),
        ("--role", "partner"),
        ("--partner", "ofppt"),
        ("--role", "king"),
        ("--region", "3"),
        ("--days", "0"),
    ],
)
def test_a_token_that_would_be_of_no_use_is_refused(layout: Layout, call: Nassij, arguments: tuple[str, ...]) -> None:
    assert call("token", *arguments).exit_code == 2
