from pathlib import Path

import pytest

from operator_cli.stack.smtp_sink import Mailbox


def mail(message_id: str, to: str = "amina@example.org", subject: str = "Session") -> bytes:
    return f"Message-ID: <{message_id}>\r\nTo: {to}\r\nFrom: nassij@example.org\r\nSubject: {subject}\r\n\r\nBonjour\r\n".encode()


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    return Mailbox(tmp_path)


def test_a_mail_that_comes_again_is_counted_as_a_repeat(mailbox: Mailbox) -> None:
    for message_id in ("1@nassij", "2@nassij", "1@nassij"):
        mailbox.take(mail(message_id))
    assert mailbox.counts() == {"received": 3, "distinct": 2, "repeated": 1}


def test_a_restart_forgets_no_mail(mailbox: Mailbox, tmp_path: Path) -> None:
    mailbox.take(mail("1@nassij"))
    again = Mailbox(tmp_path)
    again.take(mail("2@nassij"))
    assert again.counts()["distinct"] == 2
    assert len(list(tmp_path.glob("*.eml"))) == 2


def test_the_newest_of_one_recipient_comes_first(mailbox: Mailbox) -> None:
    for number, to in enumerate(("amina@example.org", "driss@example.org", "amina@example.org")):
        mailbox.take(mail(f"{number}@nassij", to))
    assert [found.message_id for found in mailbox.newest("amina@example.org", 10)] == ["<2@nassij>", "<0@nassij>"]


def test_an_arabic_subject_is_listed_as_it_reads(mailbox: Mailbox) -> None:
    taken = mailbox.take(mail("1@nassij", subject="=?utf-8?b?2K/ZiNix2Kk=?="))
    assert taken.subject == "دورة"


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "00000009.eml", ""])
def test_only_what_the_listing_shows_can_be_read(mailbox: Mailbox, name: str) -> None:
    mailbox.take(mail("1@nassij"))
    assert mailbox.read(name) is None
    assert mailbox.read("00000001.eml") == mail("1@nassij")
