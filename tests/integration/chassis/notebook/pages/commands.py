from datetime import timedelta

from chassis import clock
from chassis.commands import command
from chassis.deadlines import deadline, set_deadline
from chassis.events import Received
from chassis.intents import GaveUp, Intent, Outcome, Retry, Sent, intend, sender, settled
from chassis.queries import find, get, hold
from chassis.reactions import NotYet, reaction
from tests.integration.chassis.notebook.pages.model import Page

sent: list[str] = []
answers: list[Outcome] = []


@command
def open_page(page: str, region: str = "03", title: str | None = None) -> Page:
    return Page(id=page, region=region, title=title).save()


@command
def turn(page: str) -> Page:
    found = get(Page, page)
    found.turn()
    return found.save()


@command
def turn_while_other_is_open(page: str, other: str) -> Page:
    """Relies on another page's having no turns, which it holds."""
    if hold(get(Page, other)).turns:
        return get(Page, page)
    return turn(page)


@command
def post(page: str) -> Page:
    found = get(Page, page)
    intend("letter", "someone", cause=f"{page}@{found.turns}", payload={"page": page}, region=found.region)
    return found


@command
def turn_later(page: str, after: timedelta) -> Page:
    set_deadline("turn", page, due=clock.now() + after, region="03")
    return get(Page, page)


@deadline("turn")
def turn_now(page: str) -> None:
    turn(page)


@sender("letter")
def deliver(intent: Intent) -> Outcome:
    sent.append(intent.id)
    return answers.pop(0) if answers else Sent()


@settled("letter")
def delivered(intent: Intent, outcome: Outcome) -> None:
    if isinstance(outcome, (Sent, GaveUp)):
        turn(intent.payload["page"])
    assert isinstance(outcome, (Sent, GaveUp, Retry))


@reaction("ma.nassij.registry.note.written.v1", loads=lambda event: {Page: [event.data["page"]]})
def copy_note(event: Received) -> None:
    if event.data.get("needs") and find(Page, event.data["needs"]) is None:
        raise NotYet("registry", f"note/{event.data['needs']}")
    page = find(Page, event.data["page"]) or open_page(event.data["page"], event.region or "03")
    page.turn()
    page.turns, page.title = event.data.get("turns", page.turns), event.data.get("title", page.title)
    page.save()
    if event.data.get("tear"):
        raise KeyError("torn")
