"""When a benchmark has no figure to give."""


class TurnFailed(Exception):  # noqa: N818 - it says what it is
    """A contestant did not do its work, with what it said."""
