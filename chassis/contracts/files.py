"""The files that contracts become, and how they differ from those that lie there."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from chassis.contracts.asyncapi import document
from chassis.contracts.catalogue import Catalogue
from chassis.contracts.examples import example_of
from chassis.contracts.page import page
from chassis.contracts.places import ASYNCAPI, CONTRACTS, EXAMPLES, PAGE, ROOT, SUBJECTS, example_path, release, schema_path
from chassis.contracts.schemas import schema_of

Files = Mapping[Path, str]
_HEAD = "# Made by `nassij contracts write` from the services' event classes. Do not edit.\n"


class _Plain(yaml.SafeDumper):
    """Writes shared parts out wherever they stand, instead of naming them once."""

    def ignore_aliases(self, _: Any) -> bool:
        """Nothing is ever referred to."""
        return True


def generated(catalogue: Catalogue) -> Files:
    """Every generated file's text, by its path in the project."""
    files = {schema_path(event): _json(schema_of(event)) for event in catalogue.events}
    files |= {example_path(event): _json(example_of(event, catalogue)) for event in catalogue.events}
    text = yaml.dump(document(catalogue), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=130)
    return files | {ASYNCAPI: _HEAD + text, PAGE: page(catalogue)}


def drift(files: Files, root: Path = ROOT) -> list[str]:
    """How the files that lie there differ from ``files``, a line each."""
    differing = ((path, _difference(path, text, root)) for path, text in sorted(files.items()))
    lines = [f"{path} {difference}" for path, difference in differing if difference]
    return lines + [f"{path} belongs to no event that is declared" for path in stale(files, root)]


def write(files: Files, root: Path = ROOT) -> list[Path]:
    """Write what differs and remove what belongs to no declared event. Examples of earlier releases stay as they are.

    Returns:
        The paths that were written or removed.

    """
    changed = [path for path, text in sorted(files.items()) if _difference(path, text, root)]
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(files[path], encoding="utf-8")
    gone = list(stale(files, root))
    for path in gone:
        (root / path).unlink()
    return changed + gone


def stale(files: Files, root: Path = ROOT) -> Iterator[Path]:
    """Generated files that no event declares any more."""
    for found in sorted((root / CONTRACTS).rglob("*")):
        path = found.relative_to(root)
        if found.is_file() and path not in files and path != SUBJECTS and not _is_earlier_example(path):
            yield path


def _is_earlier_example(path: Path) -> bool:
    return path.is_relative_to(EXAMPLES) and not path.is_relative_to(EXAMPLES / release())


def _difference(path: Path, text: str, root: Path) -> str:
    found = root / path
    if not found.exists():
        return "is missing"
    return "" if found.read_text(encoding="utf-8") == text else "is not what the event classes say"


def _json(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
