"""The roll-out pack as a whole."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from vocabulary.pack import folder
from vocabulary.pack.certificates import Certificates, read_certificates
from vocabulary.pack.coherence import check_coherence
from vocabulary.pack.grid import Grid, read_grid
from vocabulary.pack.messages import Template, read_template
from vocabulary.pack.modules import Family, Module, TrainerCourse, read_family, read_module, read_trainer_course
from vocabulary.pack.reading import Node, PackInvalid, Problem
from vocabulary.pack.rollout import Condition, Targets, read_gates, read_targets
from vocabulary.text import Bilingual

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9]+\.[0-9]+(?:-[a-z0-9]+(?:\.[0-9]+)*)?")
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Pack:
    """All that a region takes over when it joins. `year` is the year the content refers to.

    `gates` holds the conditions before a state of the roll-out: {"open": (...)}.
    """

    name: str
    version: str
    title: Bilingual
    year: int
    families: tuple[Family, ...]
    modules: tuple[Module, ...]
    trainer_course: TrainerCourse
    grid: Grid
    templates: tuple[Template, ...]
    gates: Mapping[str, tuple[Condition, ...]]
    targets: Targets
    certificates: Certificates

    @classmethod
    def from_folder(cls, path: Path) -> "Pack":
        """The pack whose YAML files lie in a folder. Raises PackInvalid, whose problems name the files."""
        document = folder.read(path)
        try:
            return cls.from_document(document)
        except PackInvalid as invalid:
            raise PackInvalid([folder.locate(problem, document) for problem in invalid.problems]) from None

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Pack":
        """The pack in its JSON form, checked as a folder is. Raises PackInvalid with every problem."""
        problems: list[Problem] = []
        pack = _read(Node(document, problems))
        if not problems:
            problems.extend(check_coherence(pack))
        if problems:
            raise PackInvalid(problems)
        return pack

    def to_document(self) -> dict[str, Any]:
        """The JSON form: dicts, lists, texts and numbers, keys named as the fields. `from_document` gives the same pack back."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @property
    def reference(self) -> str:
        """What names this pack everywhere: `fes-meknes@1.0`."""
        return f"{self.name}@{self.version}"

    def module(self, code: str) -> Module:
        """The module with a code. Raises KeyError."""
        return {module.code: module for module in self.modules}[code]

    def template(self, code: str) -> Template:
        """The message with a code. Raises KeyError."""
        return {template.code: template for template in self.templates}[code]

    def unmet(self, state: str, measured: Mapping[str, int]) -> tuple[Condition, ...]:
        """The conditions before `state` that do not hold; `measured` has a number for each measure (KeyError without).

        A state without a gate has none.
        """
        return tuple(condition for condition in self.gates.get(state, ()) if not condition.holds(measured[condition.measure]))

    def variant(self, version: str, needed: Mapping[str, int]) -> "Pack":
        """The same pack under another version, with other numbers in its gates: {condition code: needed}.

        For a roll-out of another size. Raises PackInvalid where a number or the version is not allowed, KeyError for a condition
        that the gates do not have.
        """
        unknown = set(needed) - {condition.code for conditions in self.gates.values() for condition in conditions}
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))
        gates = {
            state: tuple(replace(condition, needed=needed.get(condition.code, condition.needed)) for condition in conditions)
            for state, conditions in self.gates.items()
        }
        return Pack.from_document(replace(self, version=version, gates=gates).to_document())


def _read(node: Node) -> Pack:
    node.holds(Pack)
    return Pack(
        name=node["name"].matching(_NAME, "a name of small letters, digits and dashes, such as fes-meknes"),
        version=node["version"].matching(_VERSION, 'a version in quotes, such as "1.0" or "1.0-trial"'),
        title=node["title"].bilingual(),
        year=node["year"].whole(2000, 2100),
        families=_each(node["families"], read_family),
        modules=_each(node["modules"], read_module),
        trainer_course=read_trainer_course(node["trainer_course"]),
        grid=read_grid(node["grid"]),
        templates=_each(node["templates"], read_template),
        gates=read_gates(node["gates"]),
        targets=read_targets(node["targets"]),
        certificates=read_certificates(node["certificates"]),
    )


def _each(node: Node, read: Callable[[Node], _Item]) -> tuple[_Item, ...]:
    return tuple(read(item) for item in node.items())


def _plain(value: Any) -> Any:
    """A value of the pack without its classes."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value
