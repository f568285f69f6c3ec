"""Keeping packs and giving regions their catalogue."""

from datetime import date
from typing import Any

from chassis.commands import command
from chassis.queries import find, get
from services.training.catalogue.model import Catalogue, Curriculum, PackCopy, Preparation


@command
def keep_pack(reference: str, pack: dict[str, Any]) -> PackCopy:
    """Keep what a published pack says about training. A version never changes once it is published."""
    kept = find(PackCopy, reference)
    return kept or PackCopy(id=reference, curriculum=Curriculum.of(pack)).save()


@command
def adopt(region: str, pack: PackCopy) -> Catalogue:
    """Give a region that joined the catalogue of its pack, once."""
    catalogue = find(Catalogue, region)
    if catalogue is not None:
        return catalogue
    catalogue = Catalogue(region=region, pack=pack.id, curriculum=pack.curriculum)
    Preparation.completed(catalogue).save()
    return catalogue.save()


@command
def open_region(region: str, on: date) -> Catalogue:
    """Let sessions be planned in a region that the registry has opened."""
    catalogue = get(Catalogue, region)
    catalogue.open(on)
    return catalogue.save()
