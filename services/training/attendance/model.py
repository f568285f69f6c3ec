"""Half-days, the sheets signed in them, and what they add up to."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import Self

from mongoengine import DateField, EmbeddedDocument, EmbeddedDocumentListField, EnumField, IntField, ListField, StringField

from chassis.problems import Invalid, RuleBroken
from vocabulary.legal_days import CASABLANCA


class Part(StrEnum):
    """The half of a day."""

    MORNING = "am"
    AFTERNOON = "pm"


# The programme's documents fix no hours. These are the usual ones of a training day, in legal time.
HOURS = {Part.MORNING: (time(9, 0), time(12, 30)), Part.AFTERNOON: (time(14, 0), time(17, 30))}


class HalfDay(EmbeddedDocument):
    """One half of a legal day: 09:00 to 12:30 or 14:00 to 17:30 in Africa/Casablanca."""

    date = DateField(required=True)
    part = EnumField(Part, required=True)

    @property
    def begins(self) -> datetime:
        """When it begins, in UTC."""
        return self._moment(0)

    @property
    def ends(self) -> datetime:
        """When it ends, in UTC."""
        return self._moment(1)

    def _moment(self, which: int) -> datetime:
        return datetime.combine(self.date, HOURS[self.part][which], CASABLANCA).astimezone(UTC)


class Sheet(EmbeddedDocument):
    """Who signed in one half-day, by its number from 1."""

    half_day = IntField(required=True, min_value=1)
    present = ListField(StringField())


class Register(EmbeddedDocument):
    """The planned half-days of an activity in order, the sheets so far, and how many half-days complete it."""

    half_days = EmbeddedDocumentListField(HalfDay)
    sheets = EmbeddedDocumentListField(Sheet)
    needed = IntField(required=True, min_value=1)

    @classmethod
    def planned(cls, half_days: Sequence[HalfDay], *, length: int, needed: int, now: datetime) -> Self:
        """A register without sheets; half-days may come in any order.

        Raises:
            RuleBroken: they are not as many as the course plans (``length``), one comes twice, or the first has begun.

        """
        ordered = sorted(half_days, key=lambda half_day: half_day.begins)
        if len(ordered) != length:
            raise RuleBroken(
                "half-days-not-as-planned",
                f"This is planned with {length} half-days and {len(ordered)} were given: give {length}.",
                planned=length,
                given=len(ordered),
            )
        if len({half_day.begins for half_day in ordered}) != length:
            raise RuleBroken("half-day-twice", "A half-day was given twice: give each once.")
        if ordered[0].begins <= now:
            raise RuleBroken("starts-in-the-past", "The first half-day has begun already: give half-days still to come.")
        return cls(half_days=ordered, needed=needed)

    @property
    def length(self) -> int:
        """How many half-days are planned."""
        return len(self.half_days)

    @property
    def starts(self) -> datetime:
        """When the first half-day begins."""
        return self.half_days[0].begins  # type: ignore[no-any-return]

    @property
    def ends(self) -> datetime:
        """When the last half-day ends."""
        return self.half_days[-1].ends  # type: ignore[no-any-return]

    def note(self, number: int, present: Collection[str], *, expected: Collection[str], now: datetime) -> bool:
        """Keep the sheet of one half-day; a corrected sheet replaces the one before.

        Returns:
            Whether it says anything new.

        Raises:
            Invalid: there is no half-day of this number.
            RuleBroken: the half-day has not begun, or somebody signed who is not expected.

        """
        self._must_have_begun(number, now)
        strangers = sorted(set(present) - set(expected))
        if strangers:
            raise RuleBroken("not-enrolled", "Somebody on the sheet has no seat here: take them off.", persons=strangers)
        signed = sorted(set(present))
        sheet = self._sheet(number)
        if sheet is None:
            self.sheets.append(Sheet(half_day=number, present=signed))
            return True
        changed = list(sheet.present) != signed
        sheet.present = signed
        return changed

    def _must_have_begun(self, number: int, now: datetime) -> None:
        if not 1 <= number <= self.length:
            raise Invalid("no-such-half-day", f"There is no half-day {number}: they are numbered 1 to {self.length}.")
        begins = self.half_days[number - 1].begins
        if now < begins:
            raise RuleBroken(
                "half-day-not-begun", "This half-day has not begun: record its sheet once it has.", begins=begins.isoformat()
            )

    def _sheet(self, number: int) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.half_day == number), None)

    def must_be_over(self, now: datetime) -> None:
        """Refuse to count before the end.

        Raises:
            RuleBroken: the last half-day has not ended, or a sheet is missing. A half-day that was not held, or to which
                nobody came, has an empty sheet: it counts among the planned ones all the same.

        """
        if now < self.ends:
            raise RuleBroken("not-over", "The last half-day has not ended: close it after that.", ends=self.ends.isoformat())
        missing = sorted(set(range(1, self.length + 1)) - {sheet.half_day for sheet in self.sheets})
        if missing:
            raise RuleBroken(
                "sheets-missing", "Record the sheet of every half-day first, an empty one where nobody came.", half_days=missing
            )

    def attended(self, person: str) -> int:
        """How many half-days somebody attended."""
        return sum(person in sheet.present for sheet in self.sheets)

    def completes(self, person: str) -> bool:
        """Whether somebody attended enough of all planned half-days, those not held included."""
        return self.attended(person) >= self.needed  # type: ignore[no-any-return]
