"""`python -m tests.bench.load URL THREADS SECONDS [TOKEN]`: POSTs sessions over kept connections; prints the times it took.

One line of JSON: {"requests", "seconds", "p50_ms", "p99_ms"}. Any answer but 201 is an error.
"""

import http.client
import json
import sys
import threading
import time
from urllib.parse import urlsplit

from chassis.ids import new_id
from tests.bench.figures import percentile

BODY = json.dumps(
    {"region": "03", "title": "A session of the programme " + "n" * 180, "starts": "2026-11-02T09:00:00+00:00", "capacity": 24}
)
CREATED = 201


class Client(threading.Thread):
    """One caller that sends its next request when the last one was answered."""

    def __init__(self, url: str, until: float, token: str) -> None:
        super().__init__(daemon=True)
        parts = urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        self._path, self._until = parts.path, until
        self._headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        self.took: list[float] = []
        self.trouble = ""

    def run(self) -> None:
        """Call until time is over."""
        try:
            while time.monotonic() < self._until and not self.trouble:
                self._call()
        except (OSError, http.client.HTTPException) as error:
            self.trouble = f"{type(error).__name__}: {error}"

    def _call(self) -> None:
        began = time.perf_counter()
        self._connection.request("POST", self._path, BODY, {**self._headers, "Idempotency-Key": new_id()})
        answer = self._connection.getresponse()
        said = answer.read()
        self.took.append(time.perf_counter() - began)
        if answer.status != CREATED:
            self.trouble = f"{answer.status}: {said.decode(errors='replace')[:300]}"


def main(url: str, threads: int, seconds: float, token: str = "") -> int:
    """Load it. Returns the exit code."""
    began = time.monotonic()
    clients = [Client(url, began + seconds, token) for _ in range(threads)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    took = [each * 1000 for client in clients for each in client.took]
    trouble = next((client.trouble for client in clients if client.trouble), "")
    if trouble or not took:
        print(trouble or "No request was answered.", file=sys.stderr)  # noqa: T201
        return 1
    found = {"requests": len(took), "seconds": time.monotonic() - began}
    print(json.dumps({**found, "p50_ms": percentile(took, 0.5), "p99_ms": percentile(took, 0.99)}))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), *sys.argv[4:]))
