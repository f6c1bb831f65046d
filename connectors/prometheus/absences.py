"""Why a query has no answer: what it reads that is not there in its window.

Asked for only where an answer is empty, a few short questions at most; what could not be found out is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from connectors.object_frame import quoted
from connectors.taking import Unobtainable
from vistas.promql import Matcher, Selector, read
from vistas.snapshot import Absence

ASKED_AT_MOST: Final = 12
"""Questions for one query."""

Has = Callable[[str], bool]
"""Whether any series matches a selector. Raises Unobtainable."""


def absences(query: str, found: frozenset[str], has: Has) -> tuple[Absence, ...]:
    """What is missing of what a query reads; nothing where all of it is there, and merely nothing meets the query.

    `found` are those of its metrics that exist.
    """
    selectors = read(query).selectors
    names = sorted({each.metric for each in selectors if each.metric})
    missing = [Absence(name) for name in names if name not in found]
    asking = _Asking(has)
    for selector in selectors:
        if selector.metric in found and selector.matchers:
            missing += asking.about(selector)
    return tuple(dict.fromkeys(missing))


class _Asking:
    def __init__(self, has: Has) -> None:
        self._has, self._left = has, ASKED_AT_MOST

    def about(self, selector: Selector) -> tuple[Absence, ...]:
        """The matchers that no series of the metric meets; none where only all of them together are too much."""
        try:
            return tuple(self._unmet(selector))
        except Unobtainable:
            return ()

    def _unmet(self, selector: Selector) -> Iterator[Absence]:
        metric, matchers = selector.metric, selector.matchers
        if self._any(metric, *map(str, matchers)):
            return
        for matcher in matchers:
            if len(matchers) > 1 and self._any(metric, str(matcher)):
                continue
            if matcher.operator in {"=", "=~"} and not self._any(metric, _has_label(matcher)):
                yield Absence(metric, matcher.label)
            else:
                yield Absence(metric, matcher.label, matcher.operator, matcher.value)

    def _any(self, metric: str, *matchers: str) -> bool:
        """True once enough was asked: what was not looked for is not said to be missing."""
        if self._left == 0:
            return True
        self._left -= 1
        return self._has(f"{{{','.join((f'__name__={quoted(metric)}', *matchers))}}}")


def _has_label(matcher: Matcher) -> str:
    return f'{_written(matcher.label)}!=""'


def _written(label: str) -> str:
    return label if label.isidentifier() and label.isascii() else quoted(label)
