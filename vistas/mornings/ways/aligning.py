"""Two ways through stops, aligned by their longest common subsequence."""

from __future__ import annotations

from collections.abc import Sequence


def aligned(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Places in both with equal stops, ascending in both, as many as there can be.

    The other way round it is the same pairs turned.
    """
    if list(one) > list(other):
        return [(left, right) for right, left in _aligned(other, one)]
    return _aligned(one, other)


def _aligned(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    longest = _lengths(one, other)
    found: list[tuple[int, int]] = []
    left = right = 0
    while left < len(one) and right < len(other):
        if one[left] == other[right]:
            found.append((left, right))
            left, right = left + 1, right + 1
        elif longest[left + 1][right] >= longest[left][right + 1]:
            left += 1
        else:
            right += 1
    return found


def _lengths(one: Sequence[str], other: Sequence[str]) -> list[list[int]]:
    """How much the rests from each pair of places have in common."""
    found = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for left in reversed(range(len(one))):
        for right in reversed(range(len(other))):
            if one[left] == other[right]:
                found[left][right] = found[left + 1][right + 1] + 1
            else:
                found[left][right] = max(found[left + 1][right], found[left][right + 1])
    return found
