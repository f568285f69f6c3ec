"""Trainers: who is certified, and when they hold sessions."""

from collections.abc import Iterable
from datetime import date

from mongoengine import DateField, EmbeddedDocument, EmbeddedDocumentField, EmbeddedDocumentListField, StringField

from chassis.aggregate import Stored
from chassis.problems import RuleBroken
from services.training.attendance.model import HalfDay


class TrainerCertificate(EmbeddedDocument):
    """A trainer's certificate in force; without `expires_on` it has no end."""

    number = StringField(required=True)
    expires_on = DateField()


class Booking(EmbeddedDocument):
    """A half-day that a session takes of its trainer."""

    session = StringField(required=True)
    half_day = EmbeddedDocumentField(HalfDay, required=True)


class Trainer(Stored):
    """A person whom a trainer certificate of the region allows to hold sessions.

    The bookings lie here, not in a query over sessions: two sessions planned at once for the same trainer change the same
    document, and one of them is refused.
    """

    territory = ("region",)

    person = StringField(primary_key=True)
    region = StringField(required=True)
    certificates = EmbeddedDocumentListField(TrainerCertificate)
    bookings = EmbeddedDocumentListField(Booking)

    meta = {"collection": "trainers", "indexes": ["region", "certificates.number"]}

    @property
    def certified(self) -> bool:
        """Whether any certificate is in force; whether it lasts is a question of the day (``must_be_certified``)."""
        return bool(self.certificates)

    def certify(self, number: str, expires_on: date | None) -> None:
        """A certificate was issued."""
        if number not in [certificate.number for certificate in self.certificates]:
            self.certificates.append(TrainerCertificate(number=number, expires_on=expires_on))

    def lose(self, number: str) -> None:
        """A certificate was revoked. Sessions that are planned already stay as they are: a person decides about them."""
        self.certificates = [certificate for certificate in self.certificates if certificate.number != number]

    def must_be_certified(self, until: date) -> None:
        """Refuse a trainer whose certificates do not last.

        Raises:
            RuleBroken: none is in force on that day.

        """
        if not any(c.expires_on is None or c.expires_on >= until for c in self.certificates):
            raise RuleBroken(
                "trainer-not-certified",
                "This person has no trainer certificate that holds to the end of the session: choose a certified trainer.",
                person=self.person,
            )

    def book(self, session: str, half_days: Iterable[HalfDay]) -> None:
        """Take these half-days for a session.

        Raises:
            RuleBroken: another session has one of them already.

        """
        half_days = list(half_days)
        taken = {booking.half_day.begins: booking.session for booking in self.bookings}
        for half_day in half_days:
            if half_day.begins in taken:
                raise RuleBroken(
                    "trainer-booked",
                    "This trainer holds another session then: choose another trainer or other half-days.",
                    person=self.person,
                    session=taken[half_day.begins],
                    half_day={"date": half_day.date.isoformat(), "part": half_day.part.value},
                )
        self.bookings.extend(Booking(session=session, half_day=half_day) for half_day in half_days)

    def free(self, session: str) -> None:
        """Give back the half-days of a session that is not held."""
        self.bookings = [booking for booking in self.bookings if booking.session != session]
