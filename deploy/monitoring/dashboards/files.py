"""The JSON files beside the code: written, and compared."""

from pathlib import Path

from deploy.monitoring.dashboards import events, region, rollout, services
from deploy.monitoring.dashboards.board import Board

FOLDER = Path(__file__).parent
BOARDS: tuple[Board, ...] = (rollout.BOARD, region.BOARD, events.BOARD, services.BOARD)


def wanted() -> dict[Path, str]:
    """Every file as the code makes it."""
    return {FOLDER / f"{board.uid}.json": board.text() for board in BOARDS}


def write() -> list[Path]:
    """Write what differs and remove what no board makes; the paths that changed."""
    texts = wanted()
    changed = drift()
    for path in changed:
        if path in texts:
            path.write_text(texts[path], encoding="utf-8")
        else:
            path.unlink()
    return changed


def drift() -> list[Path]:
    """The files that are not as the code makes them: others, missing, or too many."""
    texts = wanted()
    differing = [path for path, text in texts.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    return sorted(differing + [path for path in FOLDER.glob("*.json") if path not in texts])
