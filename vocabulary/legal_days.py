"""Legal days: a date in law is a day in Morocco, whatever the zone of the machine."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

CASABLANCA = ZoneInfo("Africa/Casablanca")


def legal_day(moment: datetime) -> date:
    """The day in Morocco at `moment`, which must know its zone.

    Raises ValueError for a naive datetime: guessing its zone would move deadlines by a day.
    """
    if moment.tzinfo is None:
        raise ValueError("A legal day needs a datetime with a time zone.")
    return moment.astimezone(CASABLANCA).date()
