"""Text that exists in the country's two working languages."""

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["fr", "ar"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True, order=True)
class Bilingual:
    """The same text in French and in Arabic; an empty string says that one of them is not known."""

    fr: str = ""
    ar: str = ""

    def __bool__(self) -> bool:
        """Whether it says anything in either language."""
        return bool(self.fr or self.ar)

    def best(self, language: Language) -> str:
        """The text in `language`, or in the other one where that is all there is."""
        return (self.ar or self.fr) if language == "ar" else (self.fr or self.ar)
