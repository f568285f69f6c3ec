from chassis.events import Received
from chassis.reactions import reaction
from tests.integration.chassis.notebook.pages import commands


@reaction("ma.nassij.notebook.page.turned.v1")
def mark(event: Received) -> None:
    """Keep a page for each turn, and turn that one too."""
    commands.open_page(f"mark-{event.sequence}")
    commands.turn(f"mark-{event.sequence}")
    if event.data["turns"] > 1:
        raise KeyError("worn")
