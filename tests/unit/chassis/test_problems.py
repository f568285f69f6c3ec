import pytest

from chassis.problems import (
    Forbidden,
    Invalid,
    NotFound,
    PreconditionFailed,
    Problem,
    RuleBroken,
    TooLarge,
    Unauthorized,
    Unavailable,
)


def test_a_broken_rule_says_what_to_do_and_carries_its_figures() -> None:
    problem = RuleBroken("region-already-joined", "Region 03 has joined; look at its readiness.", region="03")
    assert problem.as_dict() == {
        "type": "urn:nassij:problem:region-already-joined",
        "title": "Region already joined",
        "status": 409,
        "detail": "Region 03 has joined; look at its readiness.",
        "region": "03",
    }


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (RuleBroken("a", "b"), 409),
        (NotFound("region", "03"), 404),
        (Forbidden("a", "b"), 403),
        (Unauthorized("a", "b"), 401),
        (Invalid("a", "b"), 422),
        (PreconditionFailed("a", "b"), 412),
        (TooLarge("a", "b"), 413),
        (Unavailable("a", "b"), 503),
    ],
)
def test_each_kind_has_its_status(problem: Problem, status: int) -> None:
    assert problem.as_dict()["status"] == status


def test_what_is_not_found_is_named() -> None:
    problem = NotFound("review", "r-1")
    assert problem.slug == "review-not-found"
    assert "review r-1" in problem.detail


def test_extra_fields_never_hide_the_standard_ones() -> None:
    with pytest.raises(TypeError, match="status"):
        RuleBroken("a", "b", status="closed")


def test_an_invalid_body_lists_its_fields() -> None:
    problem = Invalid("a", "b", fields=[{"field": "names.fr", "problem": "is missing"}])
    assert problem.as_dict()["fields"] == [{"field": "names.fr", "problem": "is missing"}]


def test_answers_carry_the_headers_that_belong_to_them() -> None:
    assert Unauthorized("a", "b").headers["WWW-Authenticate"].startswith("Bearer")
    assert Unavailable("a", "b", retry_after=5).headers == {"Retry-After": "5"}
