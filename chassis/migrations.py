"""Making a service's collections and indexes: by an explicit command, never at import or start."""

from datetime import timedelta

from pymongo import ASCENDING, IndexModel
from pymongo.errors import CollectionInvalid

from chassis.commands import RECORDS
from chassis.consumer.beginning import CONSUMERS
from chassis.hosted import Hosted
from chassis.settings import Settings
from chassis.store.connection import store

REQUEST_DAYS = 14


def _marked(mark: str, key: str) -> IndexModel:
    """An index over the rows whose ``mark`` is true: of rows in their usual state it holds nothing.

    Queries must say that the mark is true, in these words: a store takes a partial index only where the query plainly lies in
    it, and not every store sees that a comparison implies ``$exists``.
    """
    return IndexModel([(mark, ASCENDING), (key, ASCENDING)], partialFilterExpression={mark: True})


def _expiring(field: str, days: int) -> IndexModel:
    return IndexModel([(field, ASCENDING)], expireAfterSeconds=int(timedelta(days=days).total_seconds()))


def mechanics(settings: Settings) -> dict[str, list[IndexModel]]:
    """The collections of the chassis and their indexes."""
    return {
        "outbox": [
            _marked("pending", "_id"),
            _expiring("published", settings.outbox_retention_days),
        ],
        # One index alone, since every event moves a mark: the halted ones are few, and what is asked of them is sorted there.
        "watermarks": [_marked("halted", "since")],
        "waiting": [IndexModel([("stream", ASCENDING), ("sequence", ASCENDING)])],
        "deadlines": [IndexModel([("due", ASCENDING)])],
        "intents": [IndexModel([("state", ASCENDING), ("due", ASCENDING)])],
        RECORDS: [_expiring("at", REQUEST_DAYS)],
        "leases": [],
        "instances": [],
        CONSUMERS: [],
    }


def declared(service: Hosted, settings: Settings) -> dict[str, list[IndexModel]]:
    """Every collection of a service with the indexes that its code declares."""
    found = mechanics(settings)
    for cls in service.documents:
        specs = [dict(spec) for spec in cls._meta["index_specs"]]
        made = [IndexModel(spec.pop("fields"), **{key: spec[key] for key in spec.keys() - {"cls", "types"}}) for spec in specs]
        found.setdefault(cls.collection_name(), []).extend(made)
    return found


def migrate(service: Hosted, settings: Settings) -> list[str]:
    """Make what is missing. Run again, it changes nothing.

    Returns:
        The collections that the service has now.

    """
    database = store().database
    present = set(database.list_collection_names())
    for name, indexes in declared(service, settings).items():
        _collection(name, present)
        if indexes:
            database[name].create_indexes(indexes)
    return sorted(database.list_collection_names())


def _collection(name: str, present: set[str]) -> None:
    if name in present:
        return
    try:
        store().database.create_collection(name)
    except CollectionInvalid:
        return  # another process made it at the same moment
