"""Which events partners can be sent: none that carries personal data, by design of the events themselves."""

OFFERED = (
    "ma.nassij.training.session.planned.v1",
    "ma.nassij.training.session.enrolled.v1",
    "ma.nassij.training.session.waitlisted.v1",
    "ma.nassij.training.session.seat-offered.v1",
    "ma.nassij.training.session.offer-declined.v1",
    "ma.nassij.training.session.offer-expired.v1",
    "ma.nassij.training.session.withdrawn.v1",
    "ma.nassij.training.session.attendance-recorded.v1",
    "ma.nassij.training.session.closed.v1",
    "ma.nassij.training.session.cancelled.v1",
    "ma.nassij.training.completion.recorded.v1",
    "ma.nassij.certification.certificate.issued.v1",
    "ma.nassij.certification.certificate.revoked.v1",
)


def matches(pattern: str, event_type: str) -> bool:
    """Whether an event type is the pattern, or begins as the pattern does before its final ``*``."""
    if pattern.endswith(".*"):
        return event_type.startswith(pattern[:-1])
    return pattern == event_type


def selects_something(pattern: str) -> bool:
    """Whether any offered event matches."""
    return any(matches(pattern, offered) for offered in OFFERED)
