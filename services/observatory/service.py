"""The observatory."""

from chassis.service import Service

service = Service("observatory", title="Observatory: figures of the roll-out, and what every event led to", subjects=[])
