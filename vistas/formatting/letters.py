"""Letters in the place of numbers, as spreadsheets name columns and Grafana names queries."""

from __future__ import annotations

from string import ascii_uppercase


def letters(number: int) -> str:
    """`A` for 0, `Z` for 25, `AA` for 26."""
    more, last = divmod(number, len(ascii_uppercase))
    return (letters(more - 1) if more else "") + ascii_uppercase[last]
