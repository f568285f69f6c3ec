from datetime import date, timedelta

import pytest

from chassis.problems import Invalid, RuleBroken
from services.notifications.deliveries.model import delivery_id
from services.notifications.subscriptions.events import EndpointDisabled, EndpointSecretRotated, SubscriptionCreated
from services.notifications.subscriptions.model import FAILING_DAYS, OVERLAP, Audience, Endpoint, Standing
from services.notifications.subscriptions.offer import OFFERED, matches
from tests.unit.notifications import fakes

DAY = timedelta(days=1)


def endpoint() -> Endpoint:
    return Endpoint.at("s-1", "ofppt", "https://partner.example/hook", b"sealed")


def test_a_subscription_lasts_as_long_as_its_convention() -> None:
    made = fakes.subscription("03", "07")
    [created] = made.recorded
    assert isinstance(created, SubscriptionCreated)
    assert (created.regions, created.until) == (["03", "07"], date(2026, 12, 31))


def test_a_convention_gives_no_more_than_it_covers() -> None:
    with pytest.raises(RuleBroken, match="convention-does-not-cover"):
        fakes.subscription("03", "07", under=fakes.convention("03"))
    with pytest.raises(RuleBroken, match="convention-not-in-force"):
        fakes.subscription("03", under=fakes.convention("03", ends=fakes.TODAY - DAY))


def test_types_that_select_nothing_are_refused_with_their_place() -> None:
    with pytest.raises(Invalid) as refused:
        fakes.subscription("03", types=(fakes.CERTIFICATES, "ma.nassij.registry.person.*"))
    assert [fault["field"] for fault in refused.value.extra["fields"]] == ["types.1"]


def test_a_pattern_ends_at_a_dot() -> None:
    assert matches(fakes.CERTIFICATES, fakes.ISSUED)
    assert matches("ma.nassij.training.*", OFFERED[0])
    assert not matches("ma.nassij.certification.cert*", fakes.ISSUED)
    assert not matches("ma.nassij.certification.certificate.*", "ma.nassij.certification.certificates.x.v1")


def test_an_audience_is_sent_what_it_asked_for_while_its_convention_lasts() -> None:
    audience = Audience(region="03")
    audience.admit(fakes.subscription("03"))
    assert audience.of(fakes.ISSUED, fakes.TODAY) == ["s-1"]
    assert audience.of("ma.nassij.training.session.planned.v1", fakes.TODAY) == []
    assert audience.of(fakes.ISSUED, date(2026, 12, 31)) == ["s-1"]
    assert audience.of(fakes.ISSUED, date(2027, 1, 1)) == []
    audience.dismiss("s-1")
    assert audience.of(fakes.ISSUED, fakes.TODAY) == []


def test_two_secrets_sign_while_one_takes_over_from_the_other_and_never_three() -> None:
    where = endpoint()
    where.rotate_secret(b"second", fakes.NOW)
    assert where.live_secrets(fakes.NOW) == [b"second", b"sealed"]
    assert where.live_secrets(fakes.NOW + OVERLAP) == [b"second"]
    where.rotate_secret(b"third", fakes.NOW)
    assert where.live_secrets(fakes.NOW) == [b"third", b"second"]
    assert all(isinstance(event, EndpointSecretRotated) for event in where.recorded)


def test_five_failing_days_end_an_endpoint_however_often_it_failed_on_each() -> None:
    where = endpoint()
    for day in range(FAILING_DAYS):
        assert where.state is Standing.ACTIVE
        for _ in range(50):
            where.missed_one(fakes.TODAY + day * DAY)
    assert where.state is Standing.DISABLED
    [disabled] = where.recorded
    assert isinstance(disabled, EndpointDisabled)
    with pytest.raises(RuleBroken, match="endpoint-disabled"):
        where.rotate_secret(b"second", fakes.NOW)


def test_one_success_forgives_the_days_before() -> None:
    where = endpoint()
    for day in range(FAILING_DAYS - 1):
        where.missed_one(fakes.TODAY + day * DAY)
    assert where.took_one()
    assert not where.took_one()
    where.missed_one(fakes.TODAY + 9 * DAY)
    assert where.state is Standing.ACTIVE


def test_the_webhook_id_has_no_dot_since_a_dot_separates_what_is_signed() -> None:
    assert delivery_id("e-1", "s-1") == "e-1_s-1"
