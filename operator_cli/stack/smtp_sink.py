"""A mail server that delivers nothing: every mail it takes becomes an `.eml` file, and a small HTTP listing makes them readable.

`python -m operator_cli.stack.smtp_sink FOLDER SMTP_PORT HTTP_PORT [HOST]`

GET /livez; GET /counts -> {"received", "distinct", "repeated"} (by Message-ID);
GET /messages?to=ADDRESS&limit=50 -> {"messages": [{"file", "message_id", "to", "from", "subject"}]}, newest first;
GET /messages/<file> -> the mail itself.
"""

import asyncio
import email
import email.policy
import json
import sys
import threading
from collections import Counter
from dataclasses import asdict, dataclass
from email.parser import BytesHeaderParser
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

MOST = 1000
"""Mails that one listing shows at most."""


@dataclass(frozen=True)
class Mail:
    """What the listing tells of one mail."""

    file: str
    message_id: str
    to: str
    sender: str
    subject: str


class Mailbox:
    """The folder of received mails; what it holds is read from the files themselves, so a restart forgets nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._mails = [describe(path.name, path.read_bytes()) for path in sorted(folder.glob("*.eml"))]

    def take(self, content: bytes) -> Mail:
        """Keep one mail; it is on disk when this returns."""
        with self._lock:
            name = f"{len(self._mails) + 1:08}.eml"
            draft = self._folder / f".{name}"
            draft.write_bytes(content)
            draft.replace(self._folder / name)
            mail = describe(name, content)
            self._mails.append(mail)
        return mail

    def counts(self) -> dict[str, int]:
        """How many mails came, how many different ones, and how many were repeats of an earlier one."""
        with self._lock:
            by_id = Counter(mail.message_id for mail in self._mails)
        return {"received": by_id.total(), "distinct": len(by_id), "repeated": by_id.total() - len(by_id)}

    def newest(self, to: str | None, limit: int) -> list[Mail]:
        """The latest mails first, of one recipient if asked."""
        with self._lock:
            found = [mail for mail in reversed(self._mails) if to is None or to in mail.to]
        return found[:limit]

    def read(self, name: str) -> bytes | None:
        """A mail as it came, or None for a name that the listing does not show."""
        with self._lock:
            known = any(mail.file == name for mail in self._mails)
        return (self._folder / name).read_bytes() if known else None


def describe(file: str, content: bytes) -> Mail:
    """The headers that tell a mail apart."""
    headers = BytesHeaderParser(policy=email.policy.default).parsebytes(content)

    def header(name: str) -> str:
        return str(headers.get(name, ""))

    return Mail(file, header("Message-ID"), header("To"), header("From"), header("Subject"))


class Sink:
    """Takes every mail (the interface that aiosmtpd calls)."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep the mail, then say so: a sink killed in between gets it again, and counts it as a repeat."""
        content = envelope.content
        await asyncio.to_thread(self._mailbox.take, content if isinstance(content, bytes) else (content or "").encode())
        return "250 kept"


class Reader(BaseHTTPRequestHandler):
    """The HTTP listing."""

    mailbox: Mailbox

    def do_GET(self) -> None:
        """Answer one of the addresses that the module names."""
        url = urlsplit(self.path)
        if url.path == "/livez":
            self._json({"ok": True})
        elif url.path == "/counts":
            self._json(self.mailbox.counts())
        elif url.path == "/messages":
            self._list(parse_qs(url.query))
        else:
            self._one(url.path.removeprefix("/messages/"))

    def _list(self, query: dict[str, list[str]]) -> None:
        limit = query.get("limit", ["50"])[0]
        if not limit.isdecimal():
            self._answer(HTTPStatus.BAD_REQUEST, b'{"error": "limit is a number"}', "application/json")
            return
        mails = self.mailbox.newest(query.get("to", [None])[0], min(int(limit), MOST))
        self._json({"messages": [asdict(mail) for mail in mails]})

    def _one(self, name: str) -> None:
        content = self.mailbox.read(name)
        if content is None:
            self._answer(HTTPStatus.NOT_FOUND, b'{"error": "no such mail"}', "application/json")
        else:
            self._answer(HTTPStatus.OK, content, "message/rfc822")

    def _json(self, body: object) -> None:
        self._answer(HTTPStatus.OK, json.dumps(body, ensure_ascii=False).encode(), "application/json")

    def _answer(self, status: HTTPStatus, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Reads are not worth a line."""


def main(folder: str, smtp_port: str, http_port: str, host: str = "127.0.0.1") -> None:
    """Serve until the process is ended."""
    mailbox = Mailbox(Path(folder))
    controller = Controller(Sink(mailbox), hostname=host, port=int(smtp_port), enable_SMTPUTF8=True)
    controller.start()
    reader = type("MailReader", (Reader,), {"mailbox": mailbox})
    ThreadingHTTPServer((host, int(http_port)), reader).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
