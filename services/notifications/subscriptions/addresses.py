"""Which addresses webhooks may go to: a partner's own, on the public network, never ours."""

import ipaddress
from urllib.parse import urlsplit

import httpx

from chassis.problems import Invalid

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_LOCAL_NAMES = ("localhost",)
_LOCAL_ENDINGS = (".localhost", ".local", ".internal", ".home.arpa")


def check_url(url: str, *, allow_local: bool) -> None:
    """Refuse an address that webhooks may not go to, as far as the address alone tells.

    What its name resolves to is looked at again at each attempt.

    Raises:
        Invalid: with a sentence that says which addresses are taken.

    """
    problem = _problem(url, allow_local=allow_local)
    if problem:
        fault = {"field": "url", "problem": problem}
        raise Invalid("webhook-address-refused", f"Give another address for webhooks: {problem}", fields=[fault])


def may_be_reached(address: IpAddress, *, allow_local: bool) -> bool:
    """Whether webhooks may go to this address of the network: public ones, and this machine's own where the setting allows."""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        return may_be_reached(mapped, allow_local=allow_local)
    if address.is_loopback:
        return allow_local
    return address.is_global and not address.is_multicast


def _problem(url: str, *, allow_local: bool) -> str | None:
    try:
        httpx.URL(url)  # it is stricter than the library's, and it is what will be asked
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except (ValueError, httpx.InvalidURL):
        return "it is no URL."
    if not host or parts.username or parts.password or parts.fragment:
        return "it is https://, a host and a path, without user, password or fragment."
    local = _is_local(host)
    if parts.scheme != "https" and not (parts.scheme == "http" and allow_local and local):
        return "it begins with https://."
    return _problem_of_host(host, local=local, allow_local=allow_local)


def _problem_of_host(host: str, *, local: bool, allow_local: bool) -> str | None:
    private = "it lies on the public network, not on a private one or on this machine."
    if local:
        return None if allow_local else private
    if host.endswith(_LOCAL_ENDINGS):
        return private
    address = _literal(host)
    return private if address is not None and not may_be_reached(address, allow_local=allow_local) else None


def _is_local(host: str) -> bool:
    address = _literal(host)
    return host in _LOCAL_NAMES or (address is not None and address.is_loopback)


def _literal(host: str) -> IpAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
