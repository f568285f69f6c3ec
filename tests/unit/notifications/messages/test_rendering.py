from email.message import EmailMessage

import pytest

from services.notifications.messages.model import Message
from services.notifications.messages.rendering import Envelope, UnusableAddress, as_mail
from services.notifications.people.model import Person
from services.notifications.preparation.model import templates_of
from tests.unit.notifications import fakes

ENVELOPE = Envelope("nassij@example.org", "national.nassij")


def rendered(message: Message, person: Person) -> EmailMessage:
    template = {template.code: template for template in templates_of(fakes.PACK)}[message.template]
    return as_mail(message, person, template.wording(message.language), fakes.part(), ENVELOPE)


def test_a_french_mail_is_plain_text_with_titles_places_and_hours_as_people_read_them() -> None:
    person = fakes.person("fr")
    mail = rendered(fakes.message(person), person)
    assert mail["Subject"] == "Inscription : Gouvernance associative"
    assert mail["To"] == "amina@example.org"
    assert mail.get_content_type() == "text/plain"
    body = mail.get_content()
    assert "Bonjour Amina Exemple" in body
    assert "05/03/2026 à 08:00" in body  # Ramadan: Morocco is on UTC
    assert "Fès-Meknès" in body


def test_an_arabic_mail_has_text_and_html_from_right_to_left() -> None:
    person = fakes.person("ar")
    mail = rendered(fakes.message(person), person)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    plain, html = (part.get_content() for part in mail.iter_parts())
    assert "أمينة مثال" in plain
    assert '<html lang="ar" dir="rtl">' in html
    assert '<bdi dir="auto">أمينة مثال</bdi>' in html


def test_each_attempt_carries_the_same_message_id() -> None:
    person = fakes.person()
    message = fakes.message(person)
    assert rendered(message, person)["Message-ID"] == rendered(message, person)["Message-ID"] == f"<{message.id}@national.nassij>"


def test_a_value_can_add_neither_a_header_nor_html() -> None:
    person = fakes.person("ar")
    person.names.ar = "<img src=x>"
    reason = "a\r\nBcc: everybody@example.org"
    mail = rendered(fakes.message(person, "session-cancelled", {**fakes.SESSION, "module": reason, "reason": "<b>"}), person)
    assert mail["Bcc"] is None
    html = mail.get_body(("html",))
    assert html is not None
    assert "<img" not in html.get_content()
    assert "<b>" not in html.get_content()


@pytest.mark.parametrize("address", [None, "", "nobody", "a@b\r\nBcc: c@d", "@", "a b@c"])
def test_who_has_no_usable_address_is_not_written_to(address: str | None) -> None:
    person = fakes.person(mail=address)
    with pytest.raises(UnusableAddress) as refused:
        rendered(fakes.message(person), person)
    assert not address or address not in str(refused.value)
