"""What every service's schemas stand on: closed, bounded and typed, so that nothing else than a value gets in.

Unknown keys are refused, every text and list has a most, numbers and moments fit the store, and a place where a value
is wanted never takes an object: `{"$ne": null}` is a wrong type here, not a query.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from marshmallow import RAISE, ValidationError, fields, validate
from marshmallow import Schema as MarshmallowSchema

LONGEST_TEXT = 500
LONGEST_LIST = 1000
# What a double holds exactly, and so every reader of JSON.
LARGEST_NUMBER = 2**53
FIRST_YEAR, LAST_YEAR = 1900, 2199
# Control characters (line ends and tabs are text) and halves of surrogate pairs, which no UTF-8 and so no store holds.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@/+~-]{0,199}")
OPERATOR = re.compile(r"[$.]|__")


class Schema(MarshmallowSchema):
    """Base of all schemas: unknown keys are an error."""

    class Meta:
        """Options that subclasses keep."""

        unknown = RAISE


def _listed(given: Any) -> list[Any]:
    if given is None:
        return []
    return list(given) if isinstance(given, list | tuple) else [given]


class String(fields.String):
    """A text of at most `max_length` characters (500), without control characters."""

    def __init__(self, *, max_length: int = LONGEST_TEXT, min_length: int = 0, **kwargs: Any) -> None:
        bounds = validate.Length(min=min_length or None, max=max_length)
        super().__init__(validate=[bounds, *_listed(kwargs.pop("validate", None))], **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if UNPRINTABLE.search(text):
            raise ValidationError("Contains control characters.")
        return text


class Identifier(String):
    """An id or a code: letters, digits and `. _ : @ / + ~ -`, beginning with a letter or a digit, at most 200."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not IDENTIFIER.fullmatch(text):
            raise ValidationError("Not an id: it takes letters, digits and . _ : @ / + ~ - only.")
        return text


class Integer(fields.Integer):
    """A whole number, between ± 2^53 if nothing narrower is said; 5.5 is an error, not 5."""

    def __init__(self, *, low: int = -LARGEST_NUMBER, high: int = LARGEST_NUMBER, **kwargs: Any) -> None:
        super().__init__(validate=[validate.Range(low, high), *_listed(kwargs.pop("validate", None))], **kwargs)

    def _validated(self, value: Any) -> int:
        if isinstance(value, float):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class Date(fields.Date):
    """A day, YYYY-MM-DD, from 1900 to 2199."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        day: date = super()._deserialize(value, attr, data, **kwargs)
        _check_year(day.year)
        return day


class Instant(fields.AwareDateTime):
    """A moment with its offset from UTC (ISO 8601), from 1900 to 2199; loads as UTC, to the millisecond that the store keeps."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:
        moment = super()._deserialize(value, attr, data, **kwargs)
        _check_year(moment.year)
        moment = moment.astimezone(UTC)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(f"Must lie in the years {FIRST_YEAR} to {LAST_YEAR}.")


class List(fields.List[Any]):
    """A list of at most `max_items` (1000)."""

    def __init__(self, inner: Any, *, max_items: int = LONGEST_LIST, min_items: int = 0, **kwargs: Any) -> None:
        bounds = validate.Length(min=min_items or None, max=max_items)
        super().__init__(inner, validate=[bounds, *_listed(kwargs.pop("validate", None))], **kwargs)


class Map(fields.Dict):
    """An object whose keys are data, such as answers by question: at most `max_items` (200) of one type of value.

    A key may not begin with `$` nor hold a dot or `__`, which a store or a query could take for an operator.
    """

    def __init__(self, values: Any, *, max_items: int = 200, **kwargs: Any) -> None:
        key = String(max_length=100, min_length=1, validate=_plain_key)
        bounds = validate.Length(max=max_items)
        super().__init__(keys=key, values=values, validate=[bounds, *_listed(kwargs.pop("validate", None))], **kwargs)


def _plain_key(key: str) -> None:
    if OPERATOR.search(key):
        raise ValidationError("A key may not hold $, a dot or two underscores.")


class _BothLanguages(Schema):
    fr = String(required=True, min_length=1)
    ar = String(required=True, min_length=1)


class _EitherLanguage(Schema):
    fr = String(load_default="")
    ar = String(load_default="")


class Bilingual(fields.Nested):
    """A text in French and Arabic, `{"fr": ..., "ar": ...}`: in one of them at least, or in `both`. Loads as that dict."""

    def __init__(self, *, both: bool = False, **kwargs: Any) -> None:
        super().__init__(_BothLanguages if both else _EitherLanguage, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, *args: Any, **kwargs: Any) -> Any:
        loaded = super()._deserialize(value, attr, data, *args, **kwargs)
        if not (loaded["fr"].strip() or loaded["ar"].strip()):
            raise ValidationError("Give the text in French (fr) or in Arabic (ar).")
        return loaded
