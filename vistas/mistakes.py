"""What is wrong with a value, in words of ours: no sentence of pydantic's reaches a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from pydantic_core import ErrorDetails

Context = Mapping[str, Any]

FALLBACK: Final = "has a value that cannot be used here"
_TABLE = "must be a mapping of keys to values"
_LIST = "must be a list"
_TEXT = "must be text"
_SWITCH = "must be true or false"
_WHOLE = "must be a whole number"
_NUMBER = "must be a number"
_TIME = "must be a date and time, such as 2026-11-23T08:00:00Z"
_SPAN = "must be a duration"
_UUID = "must be a UUID"

_FIXED: Final[Mapping[str, str]] = MappingProxyType({
    "missing": "is missing",
    "extra_forbidden": "is not a known key",
    "invalid_key": "has a key that is not text",
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "dataclass_type": _TABLE,
    "dict_type": _TABLE,
    "mapping_type": _TABLE,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "iterable_type": _LIST,
    "string_type": _TEXT,
    "string_unicode": "has characters that are not text",
    "bytes_type": _TEXT,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": "is too large a number",
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": "must be a finite number",
    "datetime_type": _TIME,
    "datetime_parsing": _TIME,
    "datetime_from_date_parsing": _TIME,
    "datetime_object_invalid": _TIME,
    "timezone_aware": "must have a time zone, such as Z or +01:00",
    "time_delta_type": _SPAN,
    "time_delta_parsing": _SPAN,
    "uuid_type": _UUID,
    "uuid_parsing": _UUID,
    "uuid_version": _UUID,
    "path_type": "must be a path",
    "is_instance_of": "is of the wrong kind",
    "none_required": "must be left out",
    "json_type": "must be JSON",
    "recursion_loop": "contains itself",
})  # fmt: skip
"""By type of error, where nothing else needs to be said."""


def in_words(mistake: ErrorDetails) -> str:
    """What follows the key, such as `must be a list`; what a validator of ours said stays as it is."""
    context: Context = mistake.get("ctx") or {}
    if mistake["type"] in {"value_error", "assertion_error"}:
        return str(context.get("error", FALLBACK))
    if told := _TOLD.get(mistake["type"]):
        return told(context)
    return _FIXED.get(mistake["type"], FALLBACK)


def _too_short(context: Context, what: str) -> str:
    least = context["min_length"]
    return "must not be empty" if least == 1 else f"must have at least {least} {what}s"


def _too_long(context: Context, what: str) -> str:
    most = context["max_length"]
    return f"must have at most {most} {what}{'' if most == 1 else 's'}"


def _json(context: Context) -> str:
    place = re.search(r"line \d+ column \d+", str(context["error"]))
    return f"is not valid JSON ({place[0].replace(' column', ', column')})" if place else "is not valid JSON"


_TOLD: Final[Mapping[str, Callable[[Context], str]]] = MappingProxyType({
    "string_too_short": lambda context: _too_short(context, "character"),
    "string_too_long": lambda context: _too_long(context, "character"),
    "too_short": lambda context: _too_short(context, "item"),
    "too_long": lambda context: _too_long(context, "item"),
    "string_pattern_mismatch": lambda context: f"must match the pattern {context['pattern']}",
    "literal_error": lambda context: f"must be {context['expected']}",
    "enum": lambda context: f"must be {context['expected']}",
    "greater_than": lambda context: f"must be more than {context['gt']}",
    "greater_than_equal": lambda context: f"must be at least {context['ge']}",
    "less_than": lambda context: f"must be less than {context['lt']}",
    "less_than_equal": lambda context: f"must be at most {context['le']}",
    "union_tag_invalid": lambda context: (
        f"needs {context['discriminator']} to be one of {context['expected_tags']}"
    ),
    "union_tag_not_found": lambda context: f"needs {context['discriminator']}",
    "json_invalid": _json,
})  # fmt: skip
"""By type of error, where it names a bound, a choice or a place."""
