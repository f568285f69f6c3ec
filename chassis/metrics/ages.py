"""How old events are when they come and when they are done, in the machine's time whatever day the programme has."""

import time
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from chassis.events import Received
from chassis.ids import made_at
from chassis.metrics.mechanics import EVENT_AGE_SECONDS, EVENT_TRANSIT_SECONDS, OTHER


class Ages:
    """What one consumer observes; what is from before its first start is a replay, and left out."""

    def __init__(self, topics: Collection[str], started: datetime) -> None:
        self._topics = frozenset(topics)
        self._started = started.timestamp()

    def arrived(self, topic: str, stamps: Sequence[int]) -> None:
        """Records of a topic came, with Kafka's timestamps in milliseconds (-1 for none)."""
        now = time.time()
        seconds = (stamp / 1000 for stamp in stamps)
        EVENT_TRANSIT_SECONDS.labels(topic).observe_all(max(0.0, now - at) for at in seconds if at >= self._started)

    def settled(self, events: Sequence[Received]) -> None:
        """These events were applied or ignored just now."""
        now = time.time()
        ages: defaultdict[tuple[str, bool], list[float]] = defaultdict(list)
        for event in events:
            recorded = _recorded(event)
            if recorded >= self._started:
                ages[event.source, event.personal].append(max(0.0, now - recorded))
        for (source, personal), found in ages.items():
            EVENT_AGE_SECONDS.labels(self._topic(source, personal=personal)).observe_all(found)

    def _topic(self, source: str, *, personal: bool) -> str:
        """The topic that a source publishes on; a foreign source may call itself anything and is one of the others."""
        topic = source.strip("/").replace("/", ".") + (".personal" if personal else "")
        return topic if topic in self._topics else OTHER


def _recorded(event: Received) -> float:
    """When it was recorded, in seconds since 1970: its id tells, or, where a foreign publisher's does not, its own time."""
    made = made_at(event.id)
    return event.time.timestamp() if made is None else made
