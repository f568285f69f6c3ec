"""A partner's endpoint for the local stack: it checks the signature of every webhook, keeps it as a file, and makes all readable.

`python -m operator_cli.stack.webhook_sink FOLDER PORT`

POST /webhooks takes deliveries (Standard Webhooks): 204 when kept, 401 when the signature does not hold, 503 before there is a
secret. The secrets that hold lie in FOLDER/secrets, one a line, put there by whoever subscribed.
GET /livez; GET /counts -> {"received", "distinct", "repeated", "refused", "by_type", "by_region"} (by webhook-id);
GET /deliveries?limit=50 -> {"deliveries": [{"id", "file", "event", "type", "region"}]}, newest first;
GET /deliveries/<file> -> {"id", "body"}, as it came.
"""

import json
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from operator_cli.stack.layout import write_whole

MOST = 100_000
"""Deliveries that one listing shows at most."""
LARGEST = 2 * 1024 * 1024
SECRETS = "secrets"
OWNER_ONLY = 0o600


@dataclass(frozen=True)
class Delivery:
    """What the listing tells of one delivery; `id` is the webhook-id, `event` the id of the event it carries."""

    id: str
    file: str
    event: str
    type: str
    region: str | None


class Inbox:
    """The folder of deliveries whose signatures held; what it holds is read from the files, so a restart forgets nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        self._kept = [_described(path.name, json.loads(path.read_bytes())) for path in sorted(folder.glob("*.json"))]
        self._refused = 0

    def take(self, headers: Mapping[str, str], body: bytes) -> HTTPStatus:
        """Keep a delivery if one of the secrets signed it; it is on disk when this returns."""
        secrets = read_secrets(self._folder)
        if not secrets:
            return HTTPStatus.SERVICE_UNAVAILABLE
        if not any(_signed(secret, headers, body) for secret in secrets):
            with self._lock:
                self._refused += 1
            return HTTPStatus.UNAUTHORIZED
        self._keep({"id": headers["webhook-id"], "body": json.loads(body)})
        return HTTPStatus.NO_CONTENT

    def counts(self) -> dict[str, Any]:
        """How many came, how many different ones, how many repeats; the different ones by type and by region."""
        with self._lock:
            kept, refused = list(self._kept), self._refused
        distinct = {delivery.id: delivery for delivery in kept}
        return {
            "received": len(kept),
            "distinct": len(distinct),
            "repeated": len(kept) - len(distinct),
            "refused": refused,
            "by_type": Counter(delivery.type for delivery in distinct.values()),
            "by_region": Counter(str(delivery.region) for delivery in distinct.values()),
        }

    def newest(self, limit: int) -> list[Delivery]:
        """The latest first."""
        with self._lock:
            return self._kept[::-1][:limit]

    def read(self, name: str) -> bytes | None:
        """A delivery as it came, or None for a name that the listing does not show."""
        with self._lock:
            known = any(delivery.file == name for delivery in self._kept)
        return (self._folder / name).read_bytes() if known else None

    def _keep(self, document: dict[str, Any]) -> None:
        with self._lock:
            name = f"{len(self._kept) + 1:08}.json"
            write_whole(self._folder / name, json.dumps(document, ensure_ascii=False))
            self._kept.append(_described(name, document))


def read_secrets(folder: Path) -> list[str]:
    """The secrets that hold now."""
    try:
        return (folder / SECRETS).read_text().split()
    except FileNotFoundError:
        return []


def trust(folder: Path, secret: str) -> None:
    """Let deliveries hold that this secret signed, too."""
    known = read_secrets(folder)
    if secret not in known:
        write_whole(folder / SECRETS, "\n".join([*known, secret]), OWNER_ONLY)


def _signed(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    from standardwebhooks import Webhook, WebhookVerificationError

    try:
        Webhook(secret).verify(body, dict(headers))
    except (WebhookVerificationError, ValueError):
        return False
    return True


def _described(file: str, document: Mapping[str, Any]) -> Delivery:
    body = document["body"]
    return Delivery(document["id"], file, str(body.get("id")), str(body.get("type")), body.get("region"))


class Endpoint(BaseHTTPRequestHandler):
    """The HTTP side."""

    inbox: Inbox
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Take a delivery."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            self.close_connection = True
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"", "text/plain")
            return
        body = self.rfile.read(length)
        known = urlsplit(self.path).path == "/webhooks"
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._answer(self.inbox.take(headers, body) if known else HTTPStatus.NOT_FOUND, b"", "text/plain")

    def do_GET(self) -> None:
        """Answer one of the addresses that the module names."""
        url = urlsplit(self.path)
        if url.path == "/livez":
            self._json({"ok": True})
        elif url.path == "/counts":
            self._json(self.inbox.counts())
        elif url.path == "/deliveries":
            limit = parse_qs(url.query).get("limit", ["50"])[0]
            shown = self.inbox.newest(min(int(limit), MOST) if limit.isdecimal() else 0)
            self._json({"deliveries": [asdict(delivery) for delivery in shown]})
        else:
            self._one(url.path.removeprefix("/deliveries/"))

    def _one(self, name: str) -> None:
        content = self.inbox.read(name)
        if content is None:
            self._answer(HTTPStatus.NOT_FOUND, b'{"error": "no such delivery"}', "application/json")
        else:
            self._answer(HTTPStatus.OK, content, "application/json")

    def _json(self, body: object) -> None:
        self._answer(HTTPStatus.OK, json.dumps(body, ensure_ascii=False).encode(), "application/json")

    def _answer(self, status: HTTPStatus, body: bytes, content_type: str) -> None:
        self.send_response(status)
        if status is not HTTPStatus.NO_CONTENT:
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Each delivery is a file; a line would say no more."""


def main(folder: str, port: str) -> None:
    """Serve until the process is ended."""
    endpoint = type("WebhookEndpoint", (Endpoint,), {"inbox": Inbox(Path(folder))})
    ThreadingHTTPServer(("127.0.0.1", int(port)), endpoint).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
