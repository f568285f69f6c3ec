import pytest

from chassis.problems import RuleBroken
from services.notifications.messages.events import MessageFailed, MessageSent
from services.notifications.messages.model import State, message_id
from tests.unit.notifications import fakes


def test_a_message_is_in_the_persons_language_and_keeps_nothing_of_the_person_but_the_id() -> None:
    message = fakes.message(fakes.person("ar"))
    assert message.language == "ar"
    kept = repr(dict(message.to_mongo()))
    assert "Amina" not in kept
    assert "amina@example.org" not in kept


def test_there_is_one_message_for_each_event_person_and_template() -> None:
    assert message_id("e", "p", "t") == message_id("e", "p", "t")
    assert len({message_id("e", "p", "t"), message_id("f", "p", "t"), message_id("e", "q", "t"), message_id("e", "p", "u")}) == 4


def test_what_became_of_it_is_said_once() -> None:
    message = fakes.message(fakes.person())
    message.sent(2, fakes.NOW)
    assert message.state is State.SENT
    assert message.recorded == [
        MessageSent(person="p-1", template="session-enrolled", language="fr", channel="mail", cause="e-1", attempts=2)
    ]
    with pytest.raises(RuleBroken, match="message-already-settled"):
        message.failed("too late", 3, fakes.NOW)


def test_a_failure_says_why() -> None:
    message = fakes.message(fakes.person())
    message.failed("the mail server refused the recipient (550)", 1, fakes.NOW)
    [failed] = message.recorded
    assert isinstance(failed, MessageFailed)
    assert failed.reason.endswith("(550)")
