"""Things one below the other, put into another order: each keeps its text, what parts them keeps its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Order = Sequence[int | str]
"""What stands where afterwards: a thing by its place before, or the text of a new one."""


def arranged(parts: Sequence[str], gaps: Sequence[str], order: Order, gap: str) -> str:
    """`gaps[i]` parts `parts[i]` from the next; `gap` parts what is new from its neighbours.

    A thing that goes takes the gap before it along (the first one: the gap behind it), so that what was put in and
    taken out again leaves nothing behind.
    """
    return "".join(_pieces(parts, gaps, order, gap))


def _pieces(parts: Sequence[str], gaps: Sequence[str], order: Order, gap: str) -> Iterator[str]:
    kept = sorted(each for each in order if isinstance(each, int))
    between = iter([gaps[place - 1] for place in kept[1:]])
    seen = False
    for number, each in enumerate(order):
        is_kept = isinstance(each, int)
        if number:
            yield next(between) if is_kept and seen else gap
        seen = seen or is_kept
        yield parts[each] if isinstance(each, int) else each
