"""The values of `vista.json`: within what every database, calendar and page can hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, TypeVar

from pydantic import AfterValidator, AwareDatetime, Field, FiniteFloat, PlainSerializer, StringConstraints

from vistas.vista.answer import Answer
from vistas.vista.notice import Notice, Stretch
from vistas.vista.written import Written

W = TypeVar("W", bound=Written)

REVISIONS_AT_MOST = 100_000
"""Far more often than anybody changes a notice; far from what a database counts to."""

_OLDEST, _NEWEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
"""So far from the ends of the calendar that every zone can show it."""
LONGEST_SPAN = timedelta(days=5000)


def _plausible(time: datetime) -> datetime:
    if not _OLDEST <= time < _NEWEST:
        raise ValueError("is not between the years 1970 and 2999")
    return time.astimezone(UTC)


def _plausible_written(written: W) -> W:
    if not 1 <= written.revision <= REVISIONS_AT_MOST:
        raise ValueError(f"has a revision that is not between 1 and {REVISIONS_AT_MOST:,}")
    changes = {
        name: _plausible(time)
        for name in ("written_at", "revised_at")
        if (time := getattr(written, name)) is not None
    }
    return written.model_copy(update=changes)


def _plausible_notice(notice: Notice) -> Notice:
    if not isinstance(notice.anchor, Stretch):
        return _plausible_written(notice)
    stretch = {"start": _plausible(notice.anchor.start), "end": _plausible(notice.anchor.end)}
    return _plausible_written(notice).model_copy(update={"anchor": notice.anchor.model_copy(update=stretch)})


Moment = Annotated[AwareDatetime, AfterValidator(_plausible)]
Seconds = Annotated[
    timedelta,
    Field(ge=timedelta(), le=timedelta(days=4000)),
    PlainSerializer(timedelta.total_seconds, return_type=float),
]
Name = Annotated[str, StringConstraints(max_length=200)]
Sentence = Annotated[str, StringConstraints(max_length=20_000)]
Query = Annotated[str, StringConstraints(max_length=100_000)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Share = Annotated[FiniteFloat, Field(ge=0, le=1)]
PlausibleNotice = Annotated[Notice, AfterValidator(_plausible_notice)]
PlausibleAnswer = Annotated[Answer, AfterValidator(_plausible_written)]
