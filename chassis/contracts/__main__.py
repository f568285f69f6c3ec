"""`python -m chassis.contracts write|check`."""

import sys

from chassis.contracts.catalogue import Catalogue, Unloadable
from chassis.contracts.examples import Unfit
from chassis.contracts.files import drift, generated, write
from chassis.contracts.subjects import Unknown

USAGE = "usage: python -m chassis.contracts write|check"


def main(arguments: list[str]) -> int:
    """Write the contracts, or say how they differ from the code. Returns the exit code."""
    if arguments not in (["write"], ["check"]):
        print(USAGE, file=sys.stderr)  # noqa: T201 - this is the command's own answer, here and below
        return 2
    try:
        files = generated(Catalogue.load())
    except (Unloadable, Unfit, Unknown) as error:
        print(error.args[0], file=sys.stderr)  # noqa: T201
        return 1
    if arguments == ["write"]:
        print(f"{len(files)} files, {len(write(files))} of them changed.")  # noqa: T201
        return 0
    differences = drift(files)
    for line in differences:
        print(f"{line}; run `nassij contracts write` and commit what it makes.")  # noqa: T201
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
