"""Secrets and people that tests plant, in the ways in which they get written down, and a look for them in every file."""

import base64
import json
import tarfile
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

PASSWORD = "q7Zt-Vb2_mEx9RkLw4Ny8Uo1"
KEY_SECRET = "sealing wax of 32 characters, no more"
WEBHOOK = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhbWluYSJ9.c2lnbmF0dXJlLW9mLWl0"
PEM_BODY = "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF"
PEM = f"-----BEGIN PRIVATE KEY-----\n{PEM_BODY}\n-----END PRIVATE KEY-----\n"
SECRETS = (PASSWORD, KEY_SECRET, WEBHOOK, TOKEN, PEM_BODY, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

ACTORS = (
    {"names": {"fr": "Amina El Idrissi", "ar": "أمينة الإدريسي"}, "phone": "+212661234567", "mail": "amina.idrissi@example.ma"},
    {"names": {"fr": "Noureddine Bensaïd", "ar": "نور الدين بنسعيد"}, "phone": "+212537654321", "mail": "n.bensaid@example.ma"},
)
NAMES = (
    "Amina El Idrissi", "AMINA EL IDRISSI", "El Idrissi Amina", "Idrissi, Amina", "amina_idrissi", "Amina", "Idrissi",
    "أمينة الإدريسي", "أَمِينَة", "امينة الادريسي", "الإدريسي أمينة", "Noureddine Bensaid", "BENSAÏD", "AminaElIdrissi",
    "نور الدين بنسعيد",
)  # fmt: skip
PHONES = (
    "+212661234567", "00212661234567", "0661234567", "06 61 23 45 67", "06-61-23-45-67", "06.61.23.45.67", "+212 6 61 23 45 67",
    "+212 (0) 661-234567", "(+212) 661 234 567", "661234567", "٠٦٦١٢٣٤٥٦٧", "+212537654321", "05 37 65 43 21",
    "+33 6 12 34 56 78",
)  # fmt: skip
MAILS = (
    "amina.idrissi@example.ma",
    "Someone+else@mail.example.org",
    "someone%40mail.example.org",
    "someone [at] mail.example.org",
)
URIS = (f"mongodb://registry:{PASSWORD}@127.0.0.1:27117/nassij_registry", "https://admin:p@ss/w0rd@example.org/hook")
CIN = ("AB123456",)

# What must be found nowhere, folded to small letters: parts suffice.
TELLTALE = (
    *(secret.lower() for secret in SECRETS),
    "c2lnbmf0dxjllw9mlwl0",
    "amina", "idrissi", "إدريسي", "ادريسي", "أمينة", "أَمِينَة", "امينة", "bensaid", "bensaïd", "بنسعيد", "noureddine", "نور الدين",
    "661234567", "61 23 45 67", "61-23-45-67", "61.23.45.67", "661 234 567", "661-234567", "٦٦١٢٣٤٥٦٧", "37654321", "12 34 56 78",
    "37 65 43 21", "example.ma", "mail.example.org", "p@ss", "w0rd", "ab123456", "hunter2",
)  # fmt: skip


def everything() -> Iterator[str]:
    """Every planted thing in a sentence, plain and in the encodings in which things get written down."""
    for thing in (*SECRETS, *NAMES, *PHONES, *MAILS, *URIS, *CIN):
        yield f"could not go on with {thing}, sorry"
        yield f"value={thing}"
    for thing in (
        PASSWORD,
        KEY_SECRET,
        WEBHOOK,
        "Amina El Idrissi",
        "أمينة الإدريسي",
        "amina.idrissi@example.ma",
        "+212661234567",
    ):
        raw = thing.encode()
        # Beside something else, as in an Authorization header, so that groups of three do not fall together.
        for text in (raw, b"registry:" + raw, b"x=" + raw + b";yz"):
            yield f"sent {base64.b64encode(text).decode()} there"
            yield f"sent {base64.urlsafe_b64encode(text).decode().rstrip('=')} there"
        yield f"GET /v1/x?q={urllib.parse.quote(thing, safe='')}&limit=1"
        yield f"GET /v1/x?q={urllib.parse.quote_plus(thing)}"
        yield f"twice {urllib.parse.quote(base64.b64encode(raw).decode(), safe='')}"
        yield f"hex {raw.hex()}"
        yield "escaped " + json.dumps({"x": thing})
    yield f"Authorization: Basic {base64.b64encode(f'registry:{PASSWORD}'.encode()).decode()}"
    yield f"password: {PASSWORD[:10]} and 'api_key': 'hunter2hunter2'"


def files_of(bundle: Path) -> dict[str, str]:
    """Every file of a bundle by its path in it."""
    with tarfile.open(bundle) as archive:
        found = {member.name.partition("/")[2]: archive.extractfile(member) for member in archive.getmembers()}
        return {name: file.read().decode() for name, file in found.items() if file is not None}


def betrayals(text: str) -> list[str]:
    """Which telltale pieces a text holds, also once every long run of it is decoded."""
    return sorted({piece for form in _forms(text) for piece in TELLTALE if piece in form})


def _forms(text: str) -> Iterator[str]:
    small = text.lower()
    yield small
    yield urllib.parse.unquote_plus(small)
    if "\\u" in small:
        yield small.encode("ascii", "backslashreplace").decode("unicode-escape", "replace").lower()
    # Independent of the code under test on purpose: from each of four places on, in both alphabets.
    plain = urllib.parse.unquote(text).replace("-", "+").replace("_", "/")
    for run in plain.translate({ord(character): " " for character in "\"',:;()<>{}[]=&?\n"}).split():
        yield from (_decoded(run[shift:]) for shift in range(4))
        try:
            yield bytes.fromhex(run).decode("utf-8", "ignore").lower()
        except ValueError:
            continue


def _decoded(run: str) -> str:
    whole = run[:-1] if len(run) % 4 == 1 else run
    try:
        return base64.b64decode(whole + "=" * (-len(whole) % 4), validate=True).decode("utf-8", "ignore").lower()
    except ValueError:
        return ""
