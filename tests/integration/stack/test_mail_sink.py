"""The mail sink as a process, spoken to by SMTP and HTTP."""

import json
import smtplib
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from operator_cli.stack.layout import ROOT
from operator_cli.stack.ports import Ports
from operator_cli.stack.probes import http_ok

BOUND = 10.0


@pytest.fixture
def ports() -> Ports:
    return Ports.free()


@pytest.fixture
def sink(ports: Ports, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "operator_cli.stack.smtp_sink", str(tmp_path), str(ports.smtp), str(ports.smtp_reader)]
    with subprocess.Popen(command, cwd=ROOT) as process:  # noqa: S603
        ready, deadline = http_ok(ports.smtp_reader, "/livez"), time.monotonic() + BOUND
        while not ready():
            assert time.monotonic() < deadline, "the sink did not come up"
            time.sleep(0.05)
        yield process
        process.kill()


def send(ports: Ports, message_id: str, text: str) -> None:
    mail = EmailMessage()
    mail["Message-ID"], mail["To"], mail["From"] = f"<{message_id}>", "amina@example.org", "nassij@example.org"
    mail["Subject"] = "Votre certificat / شهادتكم"
    mail.set_content(text)
    with smtplib.SMTP("127.0.0.1", ports.smtp, timeout=BOUND) as connection:
        connection.send_message(mail)


def read(ports: Ports, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{ports.smtp_reader}{path}", timeout=BOUND) as response:
        return json.load(response) if response.headers["Content-Type"] == "application/json" else response.read()


@pytest.mark.usefixtures("sink")
def test_a_mail_is_kept_listed_and_readable_and_a_repeat_is_told_apart(ports: Ports) -> None:
    send(ports, "1@nassij", "مرحبا")
    send(ports, "2@nassij", "Bonjour")
    send(ports, "1@nassij", "مرحبا")
    assert read(ports, "/counts") == {"received": 3, "distinct": 2, "repeated": 1}
    listed = read(ports, "/messages?to=amina@example.org&limit=2")["messages"]
    assert [mail["message_id"] for mail in listed] == ["<1@nassij>", "<2@nassij>"]
    assert listed[0]["subject"] == "Votre certificat / شهادتكم"
    assert b"Bonjour" in read(ports, f"/messages/{listed[1]['file']}")
