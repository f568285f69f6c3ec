"""The web process: gunicorn with threads, told everything by the settings and nothing by files or flags."""

import errno
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn import glogging, util
from gunicorn.app.base import BaseApplication

from chassis.http import answers
from chassis.metrics import workers
from chassis.metrics.workers import MULTIPROCESS_DIR
from chassis.settings import Address, Settings, SettingsError

# A request may wait this long for its worker to stop, and a worker this long for a sign of life.
GRACEFUL_SECONDS = 20
SILENT_SECONDS = 60
KEEPALIVE_SECONDS = 15
PATIENCE_SECONDS = 5.0


class WebServer(BaseApplication):
    """Gunicorn for one service. `connect` and then `make_app` run in every worker, after the fork: clients never cross it."""

    def __init__(self, settings: Settings, make_app: Callable[[], Flask], connect: Callable[[], None]) -> None:
        self._settings = settings
        self._make_app = make_app
        self._connect = connect
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its configuration."""
        for name, value in self.configuration().items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application, in the worker."""
        return self._make_app()

    def configuration(self) -> dict[str, Any]:
        """What gunicorn is told."""
        settings = self._settings
        return {
            "bind": str(settings.bind),
            "workers": settings.web_workers,
            "worker_class": "gthread",
            "threads": settings.web_threads,
            "graceful_timeout": GRACEFUL_SECONDS,
            "timeout": SILENT_SECONDS,
            "keepalive": KEEPALIVE_SECONDS,
            "proc_name": f"nassij-{settings.service}-web",
            "logger_class": RoutedLogger,
            "control_socket_disable": True,
            "post_fork": lambda _server, _worker: self._connect(),
            "child_exit": forget_worker,
        }


class RoutedLogger(glogging.Logger):
    """Gunicorn's logger, which leaves writing to the process's own structured log."""

    def setup(self, cfg: Any) -> None:
        """Take away the handlers that gunicorn adds."""
        super().setup(cfg)
        for logger in (self.error_log, self.access_log):
            logger.handlers.clear()
            logger.propagate = True


def serve(settings: Settings, make_app: Callable[[], Flask], connect: Callable[[], None]) -> None:
    """Serve until told to stop; requests under way are answered first.

    Raises SettingsError, one sentence, if the address cannot be had.
    """
    check_free(settings.bind)
    if settings.web_workers > 1 and MULTIPROCESS_DIR not in os.environ:
        _start_again_with_shared_metrics(settings)
    # The page with which gunicorn answers what it cannot read: it has no setting for it.
    util.write_error = write_refusal
    WebServer(settings, make_app, connect).run()


def write_refusal(client: socket.socket, status: int, reason: str, _message: str) -> None:
    """Answer what is no request: with a problem, like everything else, and without repeating what was sent."""
    util.write_nonblock(client, answers.of_unreadable(status, reason))


def check_free(address: Address, patience: float = PATIENCE_SECONDS) -> None:
    """Wait until one can listen here, and raise SettingsError if that does not come: gunicorn would end in a traceback.

    The wait is for the workers of a predecessor that was killed: they notice within a second or two that they are alone.
    """
    until = time.monotonic() + patience
    while (error := _why_not(address)) is not None:
        if time.monotonic() >= until or error.errno != errno.EADDRINUSE:
            raise SettingsError(
                f"NASSIJ_BIND is {address}, where this process cannot listen ({error.strerror}): choose another address."
            ) from error
        time.sleep(0.1)


def _why_not(address: Address) -> OSError | None:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host.strip("[]"), address.port))
        except OSError as error:
            return error
    return None


def _start_again_with_shared_metrics(settings: Settings) -> None:
    # prometheus_client decides when it is imported whether workers share their figures, so this very process begins anew.
    os.environ[MULTIPROCESS_DIR] = str(fresh_metrics_folder(settings))
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - ourselves, with our own arguments


def fresh_metrics_folder(settings: Settings) -> Path:
    """Return an empty folder for the figures of this service's workers: those of a former start would be counted again."""
    folder = Path(tempfile.gettempdir()) / f"nassij-metrics-{os.getuid()}-{settings.service}-{settings.bind.port}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return folder


def forget_worker(_server: Any, worker: Any) -> None:
    """Take a worker that has ended out of the gauges, and its files away."""
    workers.forget(worker.pid)
