"""How many of what, in words."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """`1 notice`, `1,200 notices`; `many` where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
