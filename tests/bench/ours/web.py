"""`python -m tests.bench.ours.web PORT THREADS JWKS`: the feed's web process, as `python -m chassis.run SERVICE web` runs it."""

import sys

from chassis.http.app import create_app
from chassis.http.server import serve
from chassis.settings import Address
from chassis.store import connection
from chassis.store.connection import Store
from chassis.testing.tokens import ISSUER
from tests.bench.ours.service import become, feed_service
from tests.bench.work import Run


def main(port: int, threads: int, jwks: str) -> None:
    """Serve until SIGTERM."""
    run = Run.current()
    service = feed_service(run)
    given = {"bind": Address("127.0.0.1", port), "web_threads": threads, "jwks": jwks, "issuer": ISSUER}
    settings = become(service, run, run.feed_store_uri, instance=f"{run.feed}-web", log_level="WARNING", **given)

    def connect() -> None:
        connection.use(Store.connect(run.feed_store_uri, instance=settings.instance))

    connection.store().close()
    serve(settings, lambda: create_app(service, settings), connect)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
