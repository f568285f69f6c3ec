"""Finding what regions and packs say about messages."""

from chassis.queries import find, get
from chassis.reactions import NotYet
from services.notifications.preparation.model import PackPart, Preparation, Template, template_id


def awaited_part(reference: str) -> PackPart:
    """What is kept of a pack (``fes-meknes@1.0``).

    Raises:
        NotYet: the pack has not been published here yet.

    """
    part = find(PackPart, reference)
    if part is None:
        raise NotYet("registry", f"pack/{reference}")
    return part


def awaited_preparation(region: str) -> Preparation:
    """A region that is ready.

    Raises:
        NotYet: the region has not joined here yet.

    """
    prepared = find(Preparation, region)
    if prepared is None:
        raise NotYet("registry", f"region/{region}")
    return prepared


def wording_of(pack: str, code: str) -> tuple[Template, PackPart]:
    """A message's template and the titles that may stand in it.

    Raises:
        NotFound: the pack has no such message.

    """
    return get(Template, template_id(pack, code)), get(PackPart, pack)
