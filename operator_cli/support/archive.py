"""The file that a bundle becomes: a .tar.gz with a manifest of checksums and a README."""

import hashlib
import io
import json
import os
import tarfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

OWNER_ONLY = 0o600
README = """Support bundle of a Nassij stack
================================

What one needs to judge a fault from afar. Made by `nassij support-bundle`.

manifest.json       every file with its size and SHA-256, and what could not be gathered, with the reason
doctor.json         what `nassij doctor` found, with what to do about it
status.json         each process: state, readiness, restarts, lag, outbox, waiting keys, dead letters
versions.json       this checkout, and the code that each service runs
settings/           each service's settings; of a secret only whether there is one
ops/                each service: status, clocks, contracts, indexes, waiting streams (the longest first)
topics.json         topics with their settings, ends by partition, what each consumer group has committed
deadletters.json    types, places and kinds of error; never an event's data or an error's words
metrics/            what each process answers to Prometheus
logs/               the last lines of each process
machine.json        processors, memory, disk, system

What is not in it: passwords, keys, tokens, secrets in any encoding that is known to be used, and personal data. Mail addresses,
phone numbers and identity numbers are found by their form; names by asking the register whom it knows (manifest.json says
whether it could be asked: if not, logs of services hold no free text). Ids that are neither UUIDs nor codes of territories are
replaced by a short hash, which within one bundle is the same for the same id; so is who acted. A name that no register knows
cannot be found: look through logs/ before you give this file to somebody outside.
"""


def write(path: Path, files: Mapping[str, str], about: Mapping[str, Any]) -> dict[str, Any]:
    """Write the archive, readable by its owner alone, and answer its manifest. The file appears whole or not at all."""
    contents = {"README.txt": README, **files}
    manifest = {**about, "files": [_entry(name, text) for name, text in sorted(contents.items())]}
    whole = {"manifest.json": json.dumps(manifest, indent=2, ensure_ascii=False), **contents}
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(opened, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, text in whole.items():
            _add(archive, f"{path.name.removesuffix('.tar.gz')}/{name}", text.encode())
    draft.replace(path)
    return manifest


def _entry(name: str, text: str) -> dict[str, Any]:
    raw = text.encode()
    return {"path": name, "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}


def _add(archive: tarfile.TarFile, name: str, raw: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = len(raw), int(time.time()), OWNER_ONLY
    archive.addfile(info, io.BytesIO(raw))
