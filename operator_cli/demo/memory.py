"""What a stack remembers of the programme that is played on it, so that a second run takes it up or leaves it alone."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from operator_cli.errors import Refusal
from operator_cli.stack.layout import Layout, write_whole


@dataclass(frozen=True)
class Programme:
    """One programme: what its data and keys are drawn from, its first day, and whether it was played to its end."""

    seed: int
    scale: float
    begins: date
    finished: bool = False


class Memory:
    """The file `demo.json` in the stack's folder."""

    def __init__(self, layout: Layout) -> None:
        self._path: Path = layout.demo

    def recall(self, seed: int, scale: float) -> Programme | None:
        """The programme that was begun here, if any. Raises Refusal when it was another one."""
        try:
            found: dict[str, Any] = json.loads(self._path.read_text())
        except FileNotFoundError:
            return None
        known = Programme(found["seed"], found["scale"], date.fromisoformat(found["begins"]), found["finished"])
        if (known.seed, known.scale) != (seed, scale):
            raise Refusal(
                f"This stack has played the programme with seed {known.seed} and scale {known.scale:g}; `nassij reset` clears "
                "it, and NASSIJ_HOME with NASSIJ_PORT_BASE plays another one beside it."
            )
        return known

    def keep(self, programme: Programme) -> None:
        """Remember it."""
        write_whole(self._path, json.dumps({**asdict(programme), "begins": programme.begins.isoformat()}))

    def finish(self, programme: Programme) -> Programme:
        """Remember that it was played to its end."""
        finished = replace(programme, finished=True)
        self.keep(finished)
        return finished
