from ipaddress import ip_address

import pytest

from chassis.problems import Invalid
from services.notifications.subscriptions.addresses import check_url, may_be_reached

REFUSED = [
    "http://partner.example/hook",
    "ftp://partner.example/hook",
    "https://user:secret@partner.example/",
    "https://partner.example/#part",
    "https:///hook",
    "https://10.0.0.7/hook",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://[fd00::1]/",
    "https://store.internal/",
    "https://0.0.0.0/",
    "https://partner.example:99999/",
    "not a url",
]


@pytest.mark.parametrize("url", REFUSED)
@pytest.mark.parametrize("allow_local", [False, True])
def test_such_an_address_is_never_taken(url: str, allow_local: bool) -> None:
    with pytest.raises(Invalid, match="webhook-address-refused"):
        check_url(url, allow_local=allow_local)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/hook", "http://localhost:9000/", "https://[::1]/"])
def test_this_machine_itself_is_taken_only_where_the_setting_allows(url: str) -> None:
    check_url(url, allow_local=True)
    with pytest.raises(Invalid):
        check_url(url, allow_local=False)


def test_a_partners_public_address_is_taken() -> None:
    check_url("https://partner.example:8443/hooks/nassij?source=1", allow_local=False)


def test_what_a_name_resolves_to_is_judged_the_same_way() -> None:
    assert may_be_reached(ip_address("8.8.8.8"), allow_local=False)
    for private in ("127.0.0.1", "::1", "10.1.2.3", "100.64.0.1", "fe80::1", "224.0.0.1", "::ffff:10.1.2.3", "::ffff:127.0.0.1"):
        assert not may_be_reached(ip_address(private), allow_local=False)
    assert may_be_reached(ip_address("::ffff:127.0.0.1"), allow_local=True)
    assert not may_be_reached(ip_address("10.1.2.3"), allow_local=True)
