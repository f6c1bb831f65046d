"""Reads several kinds of objects at once; one that cannot be read does not fail the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from connectors.kubernetes.views import View
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

See = Callable[[str], View]


@dataclass(frozen=True, slots=True)
class Several:
    """The kinds that could be seen, in the order asked for, and why the others could not."""

    views: Mapping[str, View]
    failures: Mapping[str, Unobtainable]

    @property
    def asked(self) -> str:
        return " · ".join(view.asked for view in self.views.values())

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is missing, but for what is not installed; then what was said about what is there."""
        missing = [
            f"Not checked: {kind}. {failure.gap.message}"
            for kind, failure in self.failures.items()
            if failure.gap.reason is not GapReason.NOT_HERE
        ]
        said = [warning for view in self.views.values() for warning in view.warnings]
        return tuple(dict.fromkeys((*missing, *said)))


def view_all(kinds: Sequence[str], see: See, at_once: int) -> Several:
    """Every kind's view. Unobtainable when none can be had."""
    with ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="kubernetes-kinds") as pool:
        fetched = dict(zip(kinds, pool.map(lambda kind: _view_or_failure(kind, see), kinds), strict=True))
    views = {kind: got for kind, got in fetched.items() if isinstance(got, View)}
    failures = {kind: got for kind, got in fetched.items() if isinstance(got, Unobtainable)}
    if not views:
        raise first_failure(failures.values())
    return Several(views, failures)


def _view_or_failure(kind: str, see: See) -> View | Unobtainable:
    try:
        return see(kind)
    except Unobtainable as failure:
        return failure


def first_failure(failures: Iterable[Unobtainable]) -> Unobtainable:
    """The first reason that is more than something not being installed speaks for all."""
    gaps = sorted((failure.gap for failure in failures), key=lambda gap: gap.reason is GapReason.NOT_HERE)
    return Unobtainable(gaps[0].reason, f"Nothing could be checked. {gaps[0].message}", gaps[0].hint)
