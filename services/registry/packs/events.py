"""What the registry says about roll-out packs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from chassis.events import event
from services.registry.packs.example import EXAMPLE
from vocabulary.pack import Certificates, Condition, Family, Grid, Module, Targets, Template, TrainerCourse
from vocabulary.pack import Pack as Content
from vocabulary.text import Bilingual


@dataclass(frozen=True, slots=True)
class PackRef:
    """Which pack: its name and version."""

    name: str
    version: str

    @classmethod
    def parse(cls, reference: str) -> Self:
        """The pack that a reference such as `fes-meknes@1.0` names."""
        name, _, version = reference.partition("@")
        return cls(name, version)

    @property
    def reference(self) -> str:
        """What names the pack everywhere: `fes-meknes@1.0`."""
        return f"{self.name}@{self.version}"


@event("ma.nassij.registry.pack.published.v1", example=EXAMPLE)
class PackPublished:
    """A roll-out pack was published, with all that is in it. The data is the pack's document, part by part."""

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
    def of(cls, content: Content) -> Self:
        """The event that publishes this content."""
        return cls(**vars(content))
