"""What is wrong with a value is told in words of ours, whatever pydantic calls it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, core_schema

import connectors
import vistas
from vistas.mistakes import FALLBACK, in_words

CONTEXTS: dict[str, dict[str, Any]] = {
    "string_too_short": {"min_length": 3},
    "string_too_long": {"max_length": 80},
    "too_short": {"field_type": "Tuple", "min_length": 1, "actual_length": 0},
    "too_long": {"field_type": "Tuple", "max_length": 40, "actual_length": 41},
    "string_pattern_mismatch": {"pattern": "^[a-z]+$"},
    "literal_error": {"expected": "'start' or 'end'"},
    "enum": {"expected": "'number', 'ratio' or 'percent'"},
    "greater_than": {"gt": 0.0},
    "greater_than_equal": {"ge": 1},
    "less_than": {"lt": 10},
    "less_than_equal": {"le": timedelta(days=400)},
    "union_tag_invalid": {"discriminator": "'at'", "tag": "moon", "expected_tags": "'stop', 'row'"},
    "union_tag_not_found": {"discriminator": "'at'"},
    "json_invalid": {"error": "EOF while parsing a value at line 2 column 5"},
    "value_error": {"error": ValueError("'soon' is not a time span")},
    "assertion_error": {"error": AssertionError("that is not so")},
}
"""What pydantic says besides the type; for the others it is nothing that is told."""

BY_SCHEMA: dict[str, tuple[str, ...]] = {
    "bool": ("bool_type", "bool_parsing"),
    "datetime": ("datetime_type", "datetime_parsing", "datetime_from_date_parsing", "datetime_object_invalid"),
    "dict": ("dict_type",),
    "enum": ("enum",),
    "float": ("float_type", "float_parsing"),
    "frozenset": ("frozen_set_type",),
    "function-after": ("value_error",),
    "function-before": ("value_error",),
    "function-plain": ("value_error",),
    "int": ("int_type", "int_parsing", "int_parsing_size", "int_from_float"),
    "is-instance": ("is_instance_of", "path_type"),
    "list": ("list_type",),
    "literal": ("literal_error",),
    "model": ("model_type",),
    "model-fields": ("missing", "extra_forbidden", "invalid_key"),
    "str": ("string_type", "string_unicode"),
    "tagged-union": ("union_tag_invalid", "union_tag_not_found"),
    "timedelta": ("time_delta_type", "time_delta_parsing"),
    "tuple": ("tuple_type",),
    "uuid": ("uuid_type", "uuid_parsing"),
    **dict.fromkeys(
        ("any", "default", "definition-ref", "definitions", "json-or-python", "lax-or-strict", "model-field"), ()
    ),
    **dict.fromkeys(("no-info", "nullable", "union"), ()),
}
"""The types of error by the type of schema. A schema that is not here is one that nobody thought of."""

BY_BOUND: dict[str, dict[str, str]] = {
    "str": {
        "min_length": "string_too_short",
        "max_length": "string_too_long",
        "pattern": "string_pattern_mismatch",
    },
    "tuple": {"min_length": "too_short", "max_length": "too_long"},
    "list": {"min_length": "too_short", "max_length": "too_long"},
    "datetime": {"tz_constraint": "timezone_aware"},
    "*": {
        "ge": "greater_than_equal",
        "gt": "greater_than",
        "le": "less_than_equal",
        "lt": "less_than",
        "allow_inf_nan": "finite_number",
    },
}


def told(kind: str) -> str:
    mistake: ErrorDetails = {
        "type": kind,
        "loc": ("key",),
        "msg": "Input should be a valid dictionary or instance of Routine",
        "input": None,
        "ctx": CONTEXTS.get(kind, {}),
    }
    return in_words(mistake)


def models(of: type[BaseModel] = BaseModel) -> Iterator[type[BaseModel]]:
    for model in of.__subclasses__():
        yield model
        yield from models(model)


def possible(schema: Any) -> Iterator[str]:
    """Types of error that validating against a core schema can end in."""
    if isinstance(schema, dict):
        kind = schema.get("type")
        if isinstance(kind, str):
            yield from BY_SCHEMA[kind]
            bounds = BY_BOUND["*"] | BY_BOUND.get(kind, {})
            yield from (error for bound, error in bounds.items() if bound in schema)
        schema = schema.values()
    elif not isinstance(schema, list | tuple):
        return
    for part in schema:
        yield from possible(part)


def of_our_models() -> set[str]:
    for package in (vistas, connectors):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__") and ".migrations" not in module.name:
                import_module(module.name)
    ours = [model for model in models() if model.__module__.split(".")[0] in {"vistas", "connectors"}]
    assert ours
    return {error for model in ours for error in possible(model.__pydantic_core_schema__)}


def test_every_error_that_our_models_can_raise_has_words_of_its_own() -> None:
    found = of_our_models() | {"json_invalid"}
    assert {"model_type", "string_type", "timezone_aware", "union_tag_invalid"} <= found
    assert not {kind for kind in found if told(kind) == FALLBACK}


@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_no_sentence_of_pydantics_is_told(kind: str) -> None:
    """Also where a later model or version raises what none raises today."""
    says = told(kind)
    assert says
    assert "Input" not in says
    assert "instance" not in says


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("model_type", "must be a mapping of keys to values"),
        ("string_too_long", "must have at most 80 characters"),
        ("string_too_short", "must have at least 3 characters"),
        ("too_short", "must not be empty"),
        ("too_long", "must have at most 40 items"),
        ("enum", "must be 'number', 'ratio' or 'percent'"),
        ("less_than_equal", "must be at most 400 days, 0:00:00"),
        ("union_tag_invalid", "needs 'at' to be one of 'stop', 'row'"),
        ("json_invalid", "is not valid JSON (line 2, column 5)"),
        ("value_error", "'soon' is not a time span"),
        ("complex_type", FALLBACK),
    ],
)
def test_words_name_what_is_expected(kind: str, says: str) -> None:
    assert told(kind) == says


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (int, "many", "must be a whole number"),
        (float, [], "must be a number"),
        (bool, "perhaps", "must be true or false"),
        (list[int], 3, "must be a list"),
        (dict[str, int], [], "must be a mapping of keys to values"),
    ],
)
def test_what_pydantic_raises_is_told(kind: Any, value: object, says: str) -> None:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(kind).validate_python(value)
    assert in_words(raised.value.errors()[0]) == says
