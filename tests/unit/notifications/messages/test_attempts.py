from datetime import timedelta

from chassis.intents import GaveUp, Retry
from services.notifications.channels.gateways import NotTaken
from services.notifications.messages.gateways import WAITS, after_refusal

AWAY = NotTaken("the mail server does not answer (TimeoutError)", for_good=False)


def test_a_server_that_is_away_is_tried_again_soon_and_then_ever_more_slowly() -> None:
    waits = [outcome.after for attempts in range(len(WAITS)) if isinstance(outcome := after_refusal(AWAY, attempts), Retry)]
    assert waits == sorted(waits)
    assert waits[0] <= timedelta(seconds=5)
    assert sum(waits, timedelta()) > timedelta(days=1)


def test_in_the_end_it_is_given_up() -> None:
    assert after_refusal(AWAY, len(WAITS)) == GaveUp(AWAY.reason)


def test_what_is_refused_for_good_is_not_tried_again() -> None:
    refused = NotTaken("the mail server refused the recipient (550)", for_good=True)
    assert after_refusal(refused, 0) == GaveUp(refused.reason)
