"""A message as a mail: in the person's language, with titles and days as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from string import Template as Placeholders

from markupsafe import Markup, escape

from chassis.clock import LEGAL_ZONE
from services.notifications.messages.model import Message
from services.notifications.people.model import Person
from services.notifications.preparation.model import PackPart
from vocabulary import territory
from vocabulary.pack.messages import Wording
from vocabulary.text import Language

_HTML = Placeholders(
    '<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>${subject}</title></head>'
    '<body dir="rtl" style="font-family:Tahoma,Arial,sans-serif;font-size:16px;line-height:1.8;text-align:right">'
    "${body}</body></html>"
)
_HOUR: Mapping[Language, str] = {"fr": "%d/%m/%Y à %H:%M", "ar": "%d/%m/%Y على الساعة %H:%M"}
_MOMENTS, _DAYS = ("session_start", "until"), ("issued_on",)


class UnusableAddress(ValueError):  # noqa: N818 - named for what is wrong
    """The person has no mail address, or one that no mail can carry."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every mail of this service carries: who sends it, and the domain of its Message-ID."""

    sender: str
    domain: str


def as_mail(message: Message, person: Person, wording: Wording, part: PackPart, envelope: Envelope) -> EmailMessage:
    """The mail of a message: plain text, and for Arabic also HTML from right to left.

    Its Message-ID is the message's id, the same at each attempt.

    Raises:
        UnusableAddress: the person cannot be written to.
        KeyError: the wording marks a value that this message does not have.

    """
    values = _values(message, person, part)
    filled = wording.fill(values)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = envelope.sender
    mail["To"] = _address(person)
    mail["Subject"] = filled.subject
    mail["Message-ID"] = f"<{message.id}@{envelope.domain}>"
    mail["Date"] = message.written_at
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(filled.body)
    if message.language == "ar":
        mail.add_alternative(_as_html(wording, values, filled.subject), subtype="html")
    mail["Content-Language"] = message.language  # last: setting the content takes such headers away
    return mail


def _values(message: Message, person: Person, part: PackPart) -> dict[str, str]:
    """The message's values as people read them."""
    language: Language = message.language
    values = {name: _readable(name, value, part, language) for name, value in message.variables.items()}
    region = territory.region(message.region).names.best(language)
    return values | {"person": person.name(language), "region": region}


def _readable(name: str, value: str, part: PackPart, language: Language) -> str:
    if name in _MOMENTS:
        return datetime.fromisoformat(value).astimezone(LEGAL_ZONE).strftime(_HOUR[language])
    if name in _DAYS:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    if name == "module":
        return part.title(value).best(language)
    return territory.commune(value).names.best(language) if name == "commune" else value


def _address(person: Person) -> Address:
    """The person's address without a display name, which the To line of a mail in transit need not tell."""
    if not person.mail:
        raise UnusableAddress("the person has no mail address")
    try:
        return Address(addr_spec=person.mail)
    except (MessageError, ValueError, IndexError):
        raise UnusableAddress("the person's mail address cannot be used") from None  # the cause repeats the address


def _as_html(wording: Wording, values: Mapping[str, str], subject: str) -> str:
    """The Arabic body, each value with its own direction so that numbers and addresses keep their order."""
    marked = {name: _isolated(name, value) for name, value in values.items()}
    body = Placeholders(str(escape(wording.body))).substitute(marked)
    paragraphs = "".join(f"<p>{part}</p>" for part in body.strip().replace("\n\n", "\0").replace("\n", "<br>").split("\0"))
    return _HTML.substitute(subject=escape(subject), body=paragraphs)


def _isolated(name: str, value: str) -> Markup:
    if name == "verify_url":
        return Markup('<a href="{0}" dir="ltr">{0}</a>').format(value)
    return Markup('<bdi dir="auto">{0}</bdi>').format(value)
