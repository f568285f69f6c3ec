"""Finding sessions and enrolments."""

from dataclasses import dataclass

from chassis.queries import get
from services.training.sessions.model import Session
from services.training.sessions.places import Decision, Entry, EntryState


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An entry together with the session that it belongs to, whose version and last event are its own."""

    session: Session
    entry: Entry

    @property
    def subject(self) -> str:
        """The subject of the session's events."""
        return self.session.subject

    @property
    def pk(self) -> str:
        """The session's id."""
        return str(self.session.pk)

    @property
    def version(self) -> int:
        """The session's version."""
        return int(self.session.version)

    @property
    def sequence(self) -> int:
        """How many events the session has recorded."""
        return int(self.session.sequence)

    @property
    def position(self) -> int | None:
        """Its place in line from 1, while it waits."""
        if self.entry.state is not EntryState.WAITING:
            return None
        return self.session.places.waiting.index(self.entry) + 1  # type: ignore[no-any-return]

    @property
    def decision(self) -> Decision | None:
        """What followed when it gave up a seat: who was offered it, or why nobody was."""
        return next((decision for decision in self.session.places.decisions if decision.after == self.entry.id), None)


def enrolment(session_id: str, entry_id: str) -> Enrolment:
    """An enrolment as it stands now.

    Raises:
        NotFound: there is no such session that the scope admits, or no such entry in it.

    """
    session = get(Session, session_id)
    return Enrolment(session, session.places.entry(entry_id))
