"""Publishing packs."""

from chassis import clock
from chassis.commands import command
from chassis.queries import find
from services.registry.packs.model import Pack
from vocabulary.pack import Pack as Content


@command
def publish_pack(content: Content) -> Pack:
    """Publish a pack. The same content under the same version again changes nothing.

    Raises:
        RuleBroken: ``pack-version-taken``, the version is published with another content.

    """
    published = find(Pack, content.reference)
    if published is None:
        return Pack.publish(content, clock.now()).save()
    published.must_hold(content)
    return published
