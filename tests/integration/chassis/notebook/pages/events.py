from chassis.events import event


@event("ma.nassij.notebook.page.turned.v1", example={"turns": 1})
class PageTurned:
    turns: int
