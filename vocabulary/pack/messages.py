"""The messages people receive: which exist, what may be said in each, and the wording a pack gives them."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template as Placeholders

from vocabulary.pack.reading import Node
from vocabulary.text import Language

_SESSION = frozenset({"person", "region", "module", "session_start", "commune"})
_CERTIFICATE = frozenset({"person", "region", "module", "number", "verify_url"})

# What the programme writes to people about, and the values it has at hand when it does: a wording may use these and no other.
# person: the name in the message's language; region, commune, module: titles in it; session_start, until: date and hour in
# Africa/Casablanca; issued_on: date; verify_url: the certificate's public address; reason: as it was given, in its own language.
MESSAGES: Mapping[str, frozenset[str]] = {
    "session-enrolled": _SESSION,
    "session-waitlisted": _SESSION,
    "seat-offered": _SESSION | {"until"},
    "offer-expired": _SESSION | {"until"},
    "session-cancelled": _SESSION | {"reason"},
    "certificate-issued": _CERTIFICATE | {"issued_on"},
    "certificate-revoked": _CERTIFICATE | {"reason"},
    "cohort-selected": frozenset({"person", "region", "module"}),
}


@dataclass(frozen=True)
class Wording:
    """A message in one language: subject in one line, body in plain text, values marked as `${name}`."""

    subject: str
    body: str

    @property
    def variables(self) -> frozenset[str]:
        """The names marked in subject or body."""
        return frozenset(Placeholders(f"{self.subject}\n{self.body}").get_identifiers())

    def fill(self, values: Mapping[str, str]) -> "Wording":
        """The wording with its values in place; values it does not mark are left aside.

        Raises KeyError with the name of a value that it marks and that is not given. Line breaks in a value become spaces in the
        subject, so that no value can add a header to a mail.
        """
        in_line = {name: " ".join(value.split()) for name, value in values.items()}
        return Wording(subject=Placeholders(self.subject).substitute(in_line), body=Placeholders(self.body).substitute(values))


@dataclass(frozen=True)
class Template:
    """A message's wording in both languages; `code` is one of MESSAGES."""

    code: str
    fr: Wording
    ar: Wording

    def wording(self, language: Language) -> Wording:
        """The wording in one language."""
        return self.ar if language == "ar" else self.fr


def read_template(node: Node) -> Template:
    """One message: known, and with the same values marked in both languages."""
    node.holds(Template)
    code = node["code"].choice(tuple(MESSAGES))
    template = Template(code=code, fr=_wording(node["fr"], code, arabic=False), ar=_wording(node["ar"], code, arabic=True))
    _check_same_variables(node, template)
    return template


def _wording(node: Node, code: str, *, arabic: bool) -> Wording:
    node.holds(Wording)
    subject, body = (_marked(node[part], code, arabic=arabic) for part in ("subject", "body"))
    if "\n" in subject:
        node["subject"].refuse("has a line break", "write the subject in one line")
    return Wording(subject, body)


def _marked(node: Node, code: str, *, arabic: bool) -> str:
    """A text with `${name}` marks that this message can fill; empty where its marks cannot be read."""
    text = node.arabic() if arabic else node.french()
    if not Placeholders(text).is_valid():
        node.refuse("has a $ that marks no value", "write ${name} for a value and $$ for the sign itself")
        return ""
    marked = frozenset(Placeholders(text).get_identifiers())
    allowed = MESSAGES.get(code, marked)  # an unknown message is a problem already, its marks are not another
    for name in sorted(marked - allowed):
        node.refuse(f"uses ${{{name}}}, which {code} does not have", f"write one of {', '.join(sorted(allowed))}")
    return text


def _check_same_variables(node: Node, template: Template) -> None:
    for here, there, name in ((template.fr, template.ar, "ar"), (template.ar, template.fr, "fr")):
        for variable in sorted(here.variables - there.variables):
            wrong = f"does not use ${{{variable}}}, the other language does"
            node[name].refuse(wrong, f"write ${{{variable}}} in it, or take it out there")
