"""Converts decoded JSON to the type that an API promises; an answer of another shape raises Misshapen."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

Shape = TypeVar("Shape")


class Misshapen(ValueError):
    """What a tool told has not the shape that its API promises."""


def shaped(told: Any, shape: type[Shape]) -> Shape:
    """JSON as decoded, as a `shape`: of objects only what the shape has a field for. Raises Misshapen."""
    try:
        return msgspec.convert(told, shape)
    except (msgspec.ValidationError, UnicodeError, ArithmeticError, RecursionError) as error:
        # Other JSON readers than ours let through half a character, numbers without end, and any depth.
        raise Misshapen(str(error)) from error


def number(text: str) -> float:
    """A number that is told as text, as Go writes it: `NaN` and `+Inf` included. Raises Misshapen."""
    try:
        return float(text)
    except ValueError as error:
        raise Misshapen(f"not a number: {text[:40]!r}") from error
