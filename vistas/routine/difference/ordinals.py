"""Counting in words."""

from __future__ import annotations

from typing import Final

_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905
)
_NUMBERS: Final = "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_TEENS: Final = range(11, 14)


def ordinal(place: int) -> str:
    """The place, counted from 0, as `third` or `23rd`."""
    if place < len(_ORDINALS):
        return _ORDINALS[place]
    number = place + 1
    ending = "th" if number % 100 in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def spelled(number: int) -> str:
    """`three`, or `13`."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
