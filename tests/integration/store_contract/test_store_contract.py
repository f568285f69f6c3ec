"""What the code relies on in a store. Run it against any: ``./nassij test -k store_contract --store mongodb://...``."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from pymongo import ASCENDING, DeleteOne, InsertOne, MongoClient, ReplaceOne, ReturnDocument, UpdateOne
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import OperationFailure, PyMongoError
from pymongo.read_preferences import ReadPreference

from chassis.store.connection import DURABLE, SNAPSHOT, Store
from chassis.store.faults import Conflict, meaning
from tests.backing import Backing

Row = dict[str, Any]


@pytest.fixture
def store(backing: Backing) -> Iterator[Store]:
    store = Store.connect(backing.database(f"contract_{uuid4().hex[:8]}"), instance="contract-0")
    for name in ("things", "others", "instances"):
        store.database.create_collection(name)
    yield store
    store.client.drop_database(store.database.name)
    store.close()


@pytest.fixture
def database(store: Store) -> "Database[Row]":
    return store.database


@pytest.fixture
def sessions(store: Store) -> Iterator[tuple[ClientSession, ClientSession]]:
    with store.client.start_session() as first, store.client.start_session() as second:
        yield first, second


def begin(session: ClientSession) -> None:
    session.start_transaction(SNAPSHOT, DURABLE, ReadPreference.PRIMARY)


def abort(session: ClientSession) -> None:
    with suppress(PyMongoError):
        if session.in_transaction:
            session.abort_transaction()


Sessions = tuple[ClientSession, ClientSession]


def test_a_transaction_is_whole_or_nothing_over_several_collections(database: "Database[Row]", sessions: Sessions) -> None:
    session, _ = sessions
    begin(session)
    database.things.insert_one({"_id": 1}, session=session)
    database.others.insert_one({"_id": 1}, session=session)
    assert database.things.find_one({"_id": 1}, session=session) is not None
    session.abort_transaction()
    assert database.things.count_documents({}) == database.others.count_documents({}) == 0


def test_of_two_transactions_that_change_one_document_one_conflicts(database: "Database[Row]", sessions: Sessions) -> None:
    database.things.insert_one({"_id": 1, "n": 0})
    first, second = sessions
    begin(first)
    begin(second)
    for session in sessions:
        database.things.find_one({"_id": 1}, session=session)
    database.things.update_one({"_id": 1}, {"$inc": {"n": 1}}, session=first)
    with pytest.raises(PyMongoError) as refused:
        database.things.update_one({"_id": 1}, {"$inc": {"n": 1}}, session=second)
    assert isinstance(meaning(refused.value), Conflict)
    abort(second)
    first.commit_transaction()
    assert database.things.find_one({"_id": 1}) == {"_id": 1, "n": 1}


def test_a_transaction_reads_one_snapshot(database: "Database[Row]", sessions: Sessions) -> None:
    database.things.insert_one({"_id": 1, "n": 0})
    session, _ = sessions
    begin(session)
    assert database.things.find_one({"_id": 1}, session=session) == {"_id": 1, "n": 0}
    database.things.update_one({"_id": 1}, {"$set": {"n": 9}})
    assert database.things.find_one({"_id": 1}, session=session) == {"_id": 1, "n": 0}
    session.abort_transaction()


def test_a_write_to_what_changed_since_the_snapshot_conflicts(database: "Database[Row]", sessions: Sessions) -> None:
    database.things.insert_one({"_id": 1, "n": 0})
    session, _ = sessions
    begin(session)
    database.things.find_one({"_id": 1}, session=session)
    database.things.update_one({"_id": 1}, {"$set": {"n": 9}})
    with pytest.raises(PyMongoError) as refused:
        database.things.update_one({"_id": 1}, {"$set": {"n": 1}}, session=session)
    assert isinstance(meaning(refused.value), Conflict)
    abort(session)


def test_a_guard_written_into_what_was_read_prevents_write_skew(database: "Database[Row]", sessions: Sessions) -> None:
    database.things.insert_many([{"_id": "a", "on": True}, {"_id": "b", "on": True}])
    first, second = sessions
    begin(first)
    begin(second)
    for session in sessions:
        assert database.things.count_documents({"on": True}, session=session) == 2
    database.things.update_one({"_id": "a"}, {"$set": {"on": False}}, session=first)
    database.things.update_one({"_id": "b"}, {"$inc": {"guard": 1}}, session=first)
    first.commit_transaction()
    with pytest.raises(PyMongoError) as refused:  # noqa: PT012 - either step may refuse
        database.things.update_one({"_id": "b"}, {"$set": {"on": False}}, session=second)
        second.commit_transaction()
    assert isinstance(meaning(refused.value), Conflict)
    abort(second)
    assert database.things.count_documents({"on": True}) == 1


def test_a_unique_value_is_given_to_one_of_two_transactions_only(database: "Database[Row]", sessions: Sessions) -> None:
    database.things.create_index("k", unique=True)
    first, second = sessions
    begin(first)
    begin(second)
    for session in sessions:
        assert database.things.find_one({"k": 1}, session=session) is None
    database.things.insert_one({"k": 1}, session=first)
    with pytest.raises(PyMongoError) as refused:  # noqa: PT012 - which of the steps refuses is the store's choice
        # Depending on the store the second waits for the first, so the first commits before it where it would wait.
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(database.things.insert_one, {"k": 1}, session=second)
            with suppress(TimeoutError):
                waiting.result(timeout=0.5)
            first.commit_transaction()
            waiting.result(timeout=10)
        second.commit_transaction()
    assert isinstance(meaning(refused.value), Conflict)
    abort(second)
    abort(first)
    assert database.things.count_documents({"k": 1}) <= 1


def test_a_partial_unique_index_binds_only_the_rows_it_covers(database: "Database[Row]") -> None:
    database.things.create_index("who", unique=True, partialFilterExpression={"live": True})
    database.things.insert_many([{"who": 1, "live": False}, {"who": 1, "live": False}, {"who": 1, "live": True}])
    with pytest.raises(OperationFailure):
        database.things.insert_one({"who": 1, "live": True})


def test_a_bulk_write_in_a_transaction_says_how_many_it_matched(database: "Database[Row]", sessions: Sessions) -> None:
    database.things.insert_many([{"_id": number, "version": 1} for number in range(4)])
    session, _ = sessions
    begin(session)
    writes = [
        ReplaceOne({"_id": 0, "version": 1}, {"_id": 0, "version": 2}),
        ReplaceOne({"_id": 1, "version": 7}, {"_id": 1, "version": 8}),
        UpdateOne({"_id": 9}, {"$setOnInsert": {"new": True}}, upsert=True),
        DeleteOne({"_id": 2}),
        InsertOne({"_id": 10}),
    ]
    result = database.things.bulk_write(writes, ordered=False, session=session)
    found = (result.matched_count, result.upserted_count, result.deleted_count, result.inserted_count)
    assert found == (1, 1, 1, 1)
    session.commit_transaction()
    assert database.things.count_documents({}) == 5


def test_a_commit_that_is_asked_for_twice_commits_once(database: "Database[Row]", sessions: Sessions) -> None:
    session, _ = sessions
    begin(session)
    database.things.insert_one({"_id": 1}, session=session)
    session.commit_transaction()
    session.commit_transaction()
    assert database.things.count_documents({}) == 1


def test_the_open_transaction_of_a_dead_process_is_ended_by_its_successor(store: Store, backing: Backing) -> None:
    store.database.things.insert_one({"_id": 1, "n": 0})
    dead = Store.connect(backing.database(store.database.name), instance="worker-0")
    session = dead.session()
    begin(session)
    dead.database.things.update_one({"_id": 1}, {"$set": {"n": 1}}, session=session)
    successor = Store.connect(backing.database(store.database.name), instance="worker-0")
    assert successor.end_predecessor() == 1
    store.database.things.update_one({"_id": 1}, {"$set": {"n": 2}})
    assert store.database.things.find_one({"_id": 1}) == {"_id": 1, "n": 2}
    with pytest.raises(PyMongoError):
        session.commit_transaction()
    successor.close()
    dead.close()


def test_one_of_many_takes_a_lease_that_is_free(database: "Database[Row]") -> None:
    def take(holder: int) -> bool:
        try:
            database.others.find_one_and_update(
                {"_id": "lease", "until": {"$lte": 0}},
                {"$set": {"holder": holder, "until": 1}},
                upsert=True,
                return_document=ReturnDocument.AFTER,
            )
        except OperationFailure as error:
            assert isinstance(meaning(error), Conflict)  # noqa: PT017 - the losers' error is what is looked at
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(take, range(6))) == 1


def test_forty_concurrent_transactions_on_one_counter_all_count(store: Store) -> None:
    store.database.things.insert_one({"_id": 1, "n": 0})

    def add(_: int) -> None:
        with store.client.start_session() as session:
            session.with_transaction(
                lambda inner: store.database.things.update_one({"_id": 1}, {"$inc": {"n": 1}}, session=inner),
                read_concern=SNAPSHOT,
                write_concern=DURABLE,
            )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(40)))
    assert store.database.things.find_one({"_id": 1}) == {"_id": 1, "n": 40}


def test_rows_come_in_the_order_that_is_asked_for_and_ranges_over_texts_hold(database: "Database[Row]") -> None:
    database.things.create_index([("key", ASCENDING)])
    database.things.insert_many([{"_id": f"{number:03d}", "key": "éab"[number % 3] + str(number)} for number in range(30)])
    assert [row["_id"] for row in database.things.find({"_id": {"$gt": "010"}}).sort("_id", 1).limit(3)] == ["011", "012", "013"]
    found = database.things.find({"key": {"$gte": "a", "$lt": "b"}})
    assert all(row["key"].startswith("a") for row in found)
    assert database.things.count_documents({"key": {"$gte": "a", "$lt": "b"}}) == 10


def test_any_of_several_values_in_a_list_field_is_found_by_its_index(database: "Database[Row]") -> None:
    database.things.create_index("keys")
    database.things.insert_many([{"_id": 1, "keys": ["a", "b"]}, {"_id": 2, "keys": ["c"]}, {"_id": 3, "keys": []}])
    assert sorted(row["_id"] for row in database.things.find({"keys": {"$in": ["b", "c", "z"]}})) == [1, 2]


def test_a_partial_index_finds_only_and_all_rows_that_have_the_field(database: "Database[Row]") -> None:
    database.things.create_index([("pending", 1), ("_id", 1)], partialFilterExpression={"pending": {"$exists": True}})
    database.things.insert_many([{"_id": f"{number:02d}", **({"pending": True} if number % 2 else {})} for number in range(10)])
    database.things.update_many({"_id": {"$in": ["01", "03"]}}, {"$unset": {"pending": ""}})
    assert [row["_id"] for row in database.things.find({"pending": True}).sort("_id", 1)] == ["05", "07", "09"]


def test_moments_keep_their_zone_and_their_milliseconds(database: "Database[Row]") -> None:
    moment = datetime(2026, 3, 2, 9, 30, 15, 123000, tzinfo=UTC)
    database.things.insert_one({"_id": 1, "at": moment})
    assert database.things.find_one({"at": {"$lte": moment}}) == {"_id": 1, "at": moment}


def test_a_change_stream_tells_of_an_insert(database: "Database[Row]") -> None:
    with database.others.watch([{"$match": {"operationType": "insert"}}], max_await_time_ms=2000) as stream:
        database.others.insert_one({"_id": 1})
        assert next(iter(stream))["documentKey"] == {"_id": 1}


def test_a_user_of_another_database_is_refused(backing: Backing) -> None:
    if "@" not in backing.store:
        pytest.skip("this store was given without users")
    name = f"owner_{uuid4().hex[:6]}"
    with MongoClient[Row](backing.store, serverSelectionTimeoutMS=3000) as admin:
        admin[name].command("createUser", name, pwd="secret", roles=[{"role": "readWrite", "db": name}])
        host = backing.store.partition("@")[2].partition("/")[0]
        with MongoClient[Row](f"mongodb://{name}:secret@{host}/{name}?authSource={name}") as owner:
            owner[name].things.insert_one({"_id": 1})
            with pytest.raises(OperationFailure):
                owner[f"{name}_other"].things.insert_one({"_id": 1})
        admin[name].command("dropUser", name)
        admin.drop_database(name)
