"""`python -m chassis.metrics write|check`."""

import sys

from chassis.contracts.catalogue import Catalogue, Unloadable
from chassis.contracts.places import ROOT
from chassis.metrics.page import page

USAGE = "usage: python -m chassis.metrics write|check"
PAGE = ROOT / "docs" / "metrics.md"


def main(arguments: list[str]) -> int:
    """Write docs/metrics.md, or say whether it differs from the code. Returns the exit code."""
    if arguments not in (["write"], ["check"]):
        print(USAGE, file=sys.stderr)  # noqa: T201 - this is the command's own answer, here and below
        return 2
    try:
        Catalogue.load()  # importing the services declares their figures
    except Unloadable as error:
        print(error.args[0], file=sys.stderr)  # noqa: T201
        return 1
    text, name = page(), PAGE.relative_to(ROOT)
    same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
    if arguments == ["write"]:
        PAGE.write_text(text, encoding="utf-8")
        print(f"{name} {'is as it was' if same else 'is written'}.")  # noqa: T201
        return 0
    if not same:
        print(f"{name} is not what the code declares; run `nassij contracts write` and commit what it makes.")  # noqa: T201
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
