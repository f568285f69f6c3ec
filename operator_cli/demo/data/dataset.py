"""The associations of the demo's first region as they are handed in: two files, and the truth about every row.

At scale 1: 350 new associations (10 of them decoys, which only look like another one), 20 planted duplicates of earlier rows
and 15 bad rows, 385 in all. Other scales keep the proportions, rounded, and at least one of each. The XLSX file comes before
the CSV file: a duplicate always stands after the row it repeats, in the same file or in the second. Equal seeds and scales give
equal bytes.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Literal

from operator_cli.demo.data import files
from operator_cli.demo.data.defects import DEFECTS
from operator_cli.demo.data.draft import Draft
from operator_cli.demo.data.maker import Maker
from operator_cli.demo.data.variants import KINDS, suits
from vocabulary import territory

REGION = "03"
Kind = Literal["new", "decoy", "duplicate", "bad"]
DECOYS = ("same-name-other-commune", "same-president-and-phone", "same-words-other-place")

_NEW, _DUPLICATES, _DECOYS, _BAD = 350, 20, 10, 15  # at scale 1; the decoys are among the new
_IN_THE_XLSX = 250 / 385


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet and the truth about it.

    cells: every column of vocabulary.association_sheet; kind: a decoy is new, too; variant: the kind of duplicate, decoy or
    defect, "" for others; of: the reference of the row that a duplicate repeats or a decoy looks like, else "";
    columns: those that a defect broke; file and line: where it stands, the heading being line 1.
    """

    cells: dict[str, str]
    kind: Kind
    variant: str
    of: str
    columns: tuple[str, ...]
    file: Literal["xlsx", "csv"]
    line: int

    @property
    def ref(self) -> str:
        """The row's own reference."""
        return self.cells["ref"]

    @property
    def is_new(self) -> bool:
        """Whether an association has to come of it."""
        return self.kind in ("new", "decoy")


@dataclass(frozen=True)
class Dataset:
    """All rows in the order in which they are handed in."""

    seed: int
    scale: float
    rows: tuple[Row, ...]

    @cached_property
    def counts(self) -> Counter[Kind]:
        """How many rows of each kind; decoys apart from the new ones."""
        return Counter(row.kind for row in self.rows)

    def of_kind(self, *kinds: Kind) -> tuple[Row, ...]:
        """The rows of these kinds in order."""
        return tuple(row for row in self.rows if row.kind in kinds)

    @cached_property
    def xlsx(self) -> bytes:
        """The first file: a workbook of one sheet with French headings."""
        return files.workbook(self._cells("xlsx"))

    @cached_property
    def csv(self) -> bytes:
        """The second file: UTF-8, commas, Arabic headings."""
        return files.comma_separated(self._cells("csv"))

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Writes both files into an existing folder and returns their paths, the XLSX first."""
        paths = folder / f"associations-{REGION}.xlsx", folder / f"associations-{REGION}.csv"
        for path, content in zip(paths, (self.xlsx, self.csv), strict=True):
            path.write_bytes(content)
        return paths

    def _cells(self, file: str) -> list[dict[str, str]]:
        return [row.cells for row in self.rows if row.file == file]


def generate(seed: int = 3, scale: float = 1.0) -> Dataset:
    """The rows for a seed and a scale (0.1 gives 35 new, 1 decoy among them, 2 duplicates and 2 bad rows).

    Raises ValueError for a scale that is not above 0, or so large that names run out.
    """
    if scale <= 0:
        raise ValueError(f"The scale has to be above 0, and {scale} is not.")
    rng = Random(f"{REGION}/{seed}/{scale}")  # noqa: S311 - made-up data, not secrets
    maker = Maker(rng, REGION)
    new = _new_entries(maker, scale)
    order = _in_order(new, [*_duplicates(new, maker, scale), *_bad(maker, scale)], rng)
    return Dataset(seed, scale, _numbered(order))


@dataclass(eq=False)
class _Entry:
    """A row before it has its place."""

    draft: Draft
    kind: Kind
    variant: str = ""
    of: "_Entry | None" = None
    changes: dict[str, str] = field(default_factory=dict)


def _new_entries(maker: Maker, scale: float) -> list[_Entry]:
    decoys, total = _share(_DECOYS, scale), _share(_NEW, scale)
    # One association in every province first, so that even a small data set reaches them all.
    provinces = [province.code for province in territory.provinces(maker.region)][: total - decoys]
    plain = [_Entry(maker.association(code), "new") for code in provinces]
    plain += [_Entry(maker.association(), "new") for _ in range(total - decoys - len(plain))]
    bases = maker.rng.sample(plain, len(plain))
    return plain + [_decoy(DECOYS[n % len(DECOYS)], bases, maker) for n in range(decoys)]


def _decoy(variant: str, bases: list[_Entry], maker: Maker) -> _Entry:
    """A decoy of the first base that suits it, which is used up."""
    in_a_place = variant == "same-words-other-place"
    base = next(entry for entry in bases if (entry.draft.neighbourhood is not None) == in_a_place)
    bases.remove(base)
    make = {
        "same-name-other-commune": maker.same_name_elsewhere,
        "same-president-and-phone": maker.same_president_and_phone,
        "same-words-other-place": maker.same_words_other_place,
    }[variant]
    return _Entry(make(base.draft), "decoy", variant, base)


def _duplicates(new: list[_Entry], maker: Maker, scale: float) -> list[_Entry]:
    """Duplicates of associations that no decoy is about, so that the truth of each pair is plain."""
    looked_like = {id(entry.of) for entry in new}
    free = [entry for entry in new if entry.kind == "new" and id(entry) not in looked_like]
    maker.rng.shuffle(free)
    planted = []
    for n in range(_share(_DUPLICATES, scale)):
        variant = list(KINDS)[n % len(KINDS)]
        base = next(entry for entry in free if suits(variant, entry.draft))
        free.remove(base)
        planted.append(_Entry(base.draft, "duplicate", variant, base, KINDS[variant](base.draft, maker)))
    return planted


def _bad(maker: Maker, scale: float) -> list[_Entry]:
    variants = [list(DEFECTS)[n % len(DEFECTS)] for n in range(_share(_BAD, scale))]
    return [_Entry(maker.association(), "bad", variant, None, DEFECTS[variant](maker.rng, maker.region)) for variant in variants]


def _in_order(new: list[_Entry], others: list[_Entry], rng: Random) -> list[_Entry]:
    """All entries shuffled, and each duplicate somewhere after the row that it repeats."""
    order = rng.sample(new, len(new))
    for entry in others:
        earliest = order.index(entry.of) + 1 if entry.of else 0
        order.insert(rng.randint(earliest, len(order)), entry)
    return order


def _numbered(order: list[_Entry]) -> tuple[Row, ...]:
    refs = {id(entry): f"FM-{number:04d}" for number, entry in enumerate(order, 1)}
    in_the_first = round(len(order) * _IN_THE_XLSX)
    rows = []
    for index, entry in enumerate(order):
        first = index < in_the_first
        cells = {"ref": refs[id(entry)], **entry.draft.row(), **entry.changes}
        of, columns = refs[id(entry.of)] if entry.of else "", tuple(entry.changes) if entry.kind == "bad" else ()
        line = index + 2 if first else index - in_the_first + 2
        rows.append(Row(cells, entry.kind, entry.variant, of, columns, "xlsx" if first else "csv", line))
    return tuple(rows)


def _share(at_scale_one: int, scale: float) -> int:
    return max(1, round(at_scale_one * scale))
