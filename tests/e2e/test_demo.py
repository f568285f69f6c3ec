"""`nassij demo` from beginning to end, at a tenth of its size."""

import pytest

from tests.e2e.demo import Played

COUNTS = {
    "communes": 1503,
    "associations": 35,
    "duplicates_flagged": 2,
    "decoys_flagged": 0,
    "rejected_rows": 2,
    "diagnostics": 35,
    "plans": 9,
    "trainers": 24,
    "sessions": 3,
    "revoked": 1,
}
FIELDS = [
    "ok",
    "seconds",
    "region",
    "regions_preparing",
    "counts",
    "events",
    "dead_letters",
    "waiting_keys",
    "outbox_pending",
]


def test_the_region_opens_and_the_next_ones_prepare_themselves(undisturbed: Played) -> None:
    told = undisturbed.first
    assert list(told)[: len(FIELDS)] == FIELDS
    assert told["ok"] is True
    assert told["region"] == {"code": "03", "state": "open"}
    assert told["regions_preparing"] == ["01", "07", "09"]


def test_what_was_handed_in_is_what_is_in_the_register(undisturbed: Played) -> None:
    counts = undisturbed.first["counts"]
    assert {name: counts[name] for name in COUNTS} == COUNTS
    assert counts["actors"] >= 3 * counts["associations"]


def test_who_completed_something_holds_a_certificate_and_was_told(undisturbed: Played) -> None:
    counts, by_type = undisturbed.first["counts"], undisturbed.first["events"]["by_type"]
    assert counts["certificates"] == counts["completions"] == by_type["certification.certificate.issued.v1"]
    assert 0 < counts["waitlisted"] < counts["enrolments"]
    assert counts["notifications_sent"] == by_type["notifications.message.sent.v1"]


def test_every_way_of_a_waiting_list_was_gone(undisturbed: Played) -> None:
    by_type = undisturbed.first["events"]["by_type"]
    assert (by_type["training.session.offer-declined.v1"], by_type["training.session.offer-expired.v1"]) == (1, 1)
    assert by_type["training.session.withdrawn.v1"] == 3
    assert by_type["training.session.seat-offered.v1"] == 5


def test_the_partner_received_each_session_and_certificate_event_once(undisturbed: Played) -> None:
    by_type = undisturbed.first["events"]["by_type"]
    sent_on = sum(
        count for name, count in by_type.items() if name.startswith(("training.session.", "certification.certificate."))
    )
    assert undisturbed.first["counts"]["webhooks_delivered"] == sent_on


def test_nothing_is_left_behind(undisturbed: Played) -> None:
    told = undisturbed.first
    assert (told["dead_letters"], told["waiting_keys"], told["outbox_pending"]) == (0, 0, 0)
    assert told["events"]["published"] == sum(told["events"]["by_type"].values())


@pytest.mark.parametrize("what", ["region", "regions_preparing", "counts", "events"])
def test_a_second_run_changes_nothing(undisturbed: Played, what: str) -> None:
    assert undisturbed.second[what] == undisturbed.first[what]


def test_a_second_run_says_so(undisturbed: Played) -> None:
    assert (undisturbed.first["changed"], undisturbed.second["changed"]) == (True, False)
    assert "nothing was changed" in undisturbed.printed


def test_anybody_can_check_the_certificates_that_it_names(undisturbed: Played) -> None:
    standings = sorted(found["status"] for found in undisturbed.standings.values())
    assert standings == ["revoked", "valid"]
    assert all(found["signature_ok"] for found in undisturbed.standings.values())


@pytest.mark.parametrize("place", ["/openapi.json", "/v1/regions/01/readiness", "/messages", "/deliveries"])
def test_it_names_the_addresses_to_look_at(undisturbed: Played, place: str) -> None:
    assert place in undisturbed.printed
