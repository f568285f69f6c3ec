"""What a check says: how bad it is, what was found, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass

OK, UNSEEN, WARN, FAIL = "ok", "unseen", "warn", "fail"
SEVERITIES = (OK, UNSEEN, WARN, FAIL)
"""In rising order. `unseen` says that nobody looked, and why: neither good nor bad."""


class Unseen(Exception):  # noqa: N818 - it reads as what it says
    """A check cannot be made here, with the reason as a clause: `the stack is not running`."""


class Unreachable(Unseen):
    """What should answer does not: a fault of its own, which one check tells and the others only name as their reason."""


@dataclass(frozen=True)
class Finding:
    """One sentence about one thing. `advice` names a command that exists; it is empty only where nothing is to be done."""

    check: str
    severity: str
    where: str
    found: str
    advice: str = ""

    @property
    def bad(self) -> bool:
        """Whether somebody should do something."""
        return self.severity in {WARN, FAIL}


def fine(check: str, where: str, found: str) -> Finding:
    """All is as it should be."""
    return Finding(check, OK, where, found)


def warn(check: str, where: str, found: str, advice: str) -> Finding:
    """Something will become a fault if nobody looks at it."""
    return Finding(check, WARN, where, found, advice)


def fail(check: str, where: str, found: str, advice: str) -> Finding:
    """Something is at fault now."""
    return Finding(check, FAIL, where, found, advice)


def unseen(check: str, where: str, why: str, advice: str = "") -> Finding:
    """Nobody looked."""
    return Finding(check, UNSEEN, where, f"not looked at: {why}", advice)


def broke_off(check: str, where: str, error: Exception) -> Finding:
    """A check stumbled over an answer that nobody foresaw. The error's words are not told: they may hold what was answered."""
    return warn(check, where, f"The check broke off: {type(error).__name__}.", "nassij support-bundle, and report it")


def by_limit(value: float, warn_from: float, fail_from: float) -> str:
    """The severity of a figure that is better the smaller it is."""
    return FAIL if value >= fail_from else WARN if value >= warn_from else OK


def or_fine(findings: Iterable[Finding], check: str, where: str, found: str) -> list[Finding]:
    """The findings, or one that says all is well if there are none."""
    return list(findings) or [fine(check, where, found)]
