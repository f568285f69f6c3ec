"""Finding messages and the sessions they tell of."""

from chassis.queries import get
from services.notifications.messages.model import Session


def session(session_id: str) -> Session:
    """The copy of a session. It is there: every event of a session comes after the one that planned it.

    Raises:
        NotFound: no such session was planned.

    """
    return get(Session, session_id)
