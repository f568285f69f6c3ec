import socket
import warnings
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest

from chassis.settings import Address
from services.notifications.channels.gateways import NotTaken, SmtpMailer

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from aiosmtpd.controller import Controller


class Answers:
    """Answers each recipient as the test says, and keeps what it takes."""

    def __init__(self) -> None:
        self.recipient = "250 OK"
        self.taken: list[bytes] = []

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken.append(envelope.content)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server() -> Iterator[tuple[Answers, SmtpMailer]]:
    answers, port = Answers(), free_port()
    controller = Controller(answers, "127.0.0.1", port)
    controller.start()
    yield answers, SmtpMailer(Address("127.0.0.1", port))
    controller.stop()


def mail() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "nassij@example.org", "amina@example.org", "Inscription"
    made.set_content("Bonjour")
    return made


def test_a_mail_is_handed_over(server: tuple[Answers, SmtpMailer]) -> None:
    answers, mailer = server
    mailer.deliver(mail())
    assert b"Bonjour" in answers.taken[0]


@pytest.mark.parametrize(("answer", "for_good"), [("550 No such user amina", True), ("451 Try later", False)])
def test_a_refusal_says_whether_it_is_for_good_and_never_the_address(
    server: tuple[Answers, SmtpMailer], answer: str, for_good: bool
) -> None:
    answers, mailer = server
    answers.recipient = answer
    with pytest.raises(NotTaken, match=answer[:3]) as refused:
        mailer.deliver(mail())
    assert refused.value.for_good is for_good
    assert "amina" not in refused.value.reason


def test_a_server_that_is_away_is_no_refusal_for_good() -> None:
    with pytest.raises(NotTaken, match="does not answer") as refused:
        SmtpMailer(Address("127.0.0.1", free_port())).deliver(mail())
    assert not refused.value.for_good
