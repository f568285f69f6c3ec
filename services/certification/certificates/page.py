"""The page that a person sees who checks a certificate: French and, from right to left, Arabic."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import date
from string import Template

from markupsafe import escape

from services.certification.certificates.model import Status
from services.certification.certificates.queries import Verification

_STYLE = (
    "body{font-family:system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;line-height:1.5}"
    "section{border-top:.4rem solid #777;padding:1rem 0;margin-bottom:1rem}"
    ".valid{border-color:#17693a}.revoked{border-color:#a11}.expired{border-color:#a60}"
    "dt{font-weight:600}dd{margin:0 0 .6rem}.status{font-size:1.4rem;font-weight:700}"
)
POLICY = (
    "default-src 'none'; frame-ancestors 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)
"""The Content-Security-Policy of the page: its own style and nothing else."""

_PAGE = Template(
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<meta name="robots" content="noindex"><title>Nassij – ${number}</title><style>${style}</style></head>'
    "<body><h1>Nassij · نسيج</h1>${fr}${ar}</body></html>"
)
_SECTION = Template(
    '<section class="${status}" lang="${language}" dir="${direction}">'
    '<p class="status">${status_text}</p><dl>${lines}</dl></section>'
)

_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "number": "Numéro",
        "holder": "Titulaire",
        "title": "Titre",
        "course": "Formation",
        "issuer": "Délivré par",
        "issued_on": "Délivré le",
        "expires_on": "Valable jusqu'au",
        "revoked_on": "Retiré le",
        "reason": "Motif",
        "valid": "Certificat authentique et valable",
        "expired": "Certificat authentique, arrivé à expiration",
        "revoked": "Certificat retiré : il n'est plus valable",
        "unknown": "Certificat inconnu : ce numéro ne prouve rien",
    },
    "ar": {
        "number": "الرقم",
        "holder": "صاحب الشهادة",
        "title": "العنوان",
        "course": "التكوين",
        "issuer": "الجهة المصدرة",
        "issued_on": "تاريخ التسليم",
        "expires_on": "صالحة إلى غاية",
        "revoked_on": "تاريخ السحب",
        "reason": "السبب",
        "valid": "شهادة صحيحة وسارية المفعول",
        "expired": "شهادة صحيحة انتهت مدة صلاحيتها",
        "revoked": "شهادة مسحوبة ولم تعد صالحة",
        "unknown": "شهادة غير معروفة: هذا الرقم لا يثبت شيئا",
    },
}


def as_page(found: Verification) -> str:
    """The page for a verification; whatever comes from the store is escaped."""
    return _PAGE.substitute(number=escape(found.number), style=_STYLE, fr=_section(found, "fr"), ar=_section(found, "ar"))


def _section(found: Verification, language: str) -> str:
    words = _WORDS[language]
    lines = "".join(
        f'<dt>{words[name]}</dt><dd><bdi dir="auto">{escape(value)}</bdi></dd>'
        for name, value in _lines(found, language).items()
        if value
    )
    direction = "rtl" if language == "ar" else "ltr"
    status_text = words[found.status.value if found.signature_ok else Status.UNKNOWN.value]
    return _SECTION.substitute(
        status=found.status.value, language=language, direction=direction, status_text=status_text, lines=lines
    )


def _lines(found: Verification, language: str) -> dict[str, str]:
    shown = {"number": found.number}
    if found.status is Status.UNKNOWN:
        return shown  # nothing that looks like a certificate beside a number that proves nothing
    both = {"holder": found.holder, "title": found.title, "course": found.course}
    shown |= {name: _in(value, language) for name, value in both.items()}
    shown["issuer"] = _in(found.issuer["name"], language) if found.issuer else ""
    shown |= {name: _day(getattr(found, name)) for name in ("issued_on", "expires_on", "revoked_on")}
    return shown | {"reason": found.reason or ""}


def _in(value: Mapping[str, str] | None, language: str) -> str:
    value = value or {}
    return value.get(language) or value.get("fr") or value.get("ar") or ""


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
