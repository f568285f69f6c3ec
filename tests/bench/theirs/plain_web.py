"""The least that takes the same POST: Flask and one PyMongo insert, as durable as ours. Served by gunicorn."""

from datetime import datetime
from typing import Any

from flask import Flask, request
from pymongo import MongoClient

from chassis.ids import new_id
from tests.bench.work import Run

app = Flask(__name__)
database = MongoClient[dict[str, Any]](Run.current().store_uri, tz_aware=True, w="majority", journal=True).get_default_database()


@app.post("/v1/sessions")
def plan() -> tuple[dict[str, Any], int]:
    """Insert a session."""
    body = request.get_json()
    row = {"_id": new_id(), **body, "starts": datetime.fromisoformat(body["starts"])}
    database.sessions.insert_one(row)
    return {**body, "id": row["_id"]}, 201
