"""Notifications, as they are put together."""

from chassis.service import Service

service = Service(
    "notifications",
    title="Notifications: messages to people, events to partners",
    subjects=["people", "preparation", "channels", "messages", "deliveries", "subscriptions"],
    demands=["key_secret"],  # seals what it keeps of secrets
)
