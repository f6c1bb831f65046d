"""`vista.json`: everything of a vista but its frames, in a shape of its own that outlives changes of the code.

Times are ISO 8601 in UTC, spans are seconds. A frame is named by the SHA-256 of its Parquet bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    PlainSerializer,
    StringConstraints,
    model_validator,
)

from vistas.notice import Notice, Stretch
from vistas.routine import Look, Routine, Slug
from vistas.snapshot import FrameKind, GapReason

SCHEMA = 1

_OLDEST, _NEWEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
"""So far from the ends of the calendar that every zone can show it."""
_LONGEST = timedelta(days=5000)


def _plausible(time: datetime) -> datetime:
    if not _OLDEST <= time < _NEWEST:
        raise ValueError("is not between the years 1970 and 2999")
    return time.astimezone(UTC)


def _plausible_notice(notice: Notice) -> Notice:
    changes = {
        name: _plausible(time)
        for name in ("written_at", "revised_at")
        if (time := getattr(notice, name)) is not None
    }
    if isinstance(notice.anchor, Stretch):
        stretch = {"start": _plausible(notice.anchor.start), "end": _plausible(notice.anchor.end)}
        return notice.model_copy(update={**changes, "anchor": notice.anchor.model_copy(update=stretch)})
    return notice.model_copy(update=changes)


Moment = Annotated[AwareDatetime, AfterValidator(_plausible)]
Seconds = Annotated[
    timedelta,
    Field(ge=timedelta(), le=timedelta(days=4000)),
    PlainSerializer(timedelta.total_seconds, return_type=float),
]
Name = Annotated[str, StringConstraints(max_length=200)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Share = Annotated[FiniteFloat, Field(ge=0, le=1)]


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SpanEntry(Entry):
    start: Moment
    end: Moment

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> SpanEntry:
        if not timedelta() < self.end - self.start <= _LONGEST:
            raise ValueError(f"is not a span of time between nothing and {_LONGEST.days} days")
        return self


class FrameEntry(Entry):
    kind: FrameKind
    sha256: Digest
    key: tuple[Name, ...] = ()
    step_seconds: Seconds | None = None


class GapEntry(Entry):
    reason: GapReason
    says: str
    hint: str = ""


class ProvenanceEntry(Entry):
    source: Name
    source_type: Name
    query: str
    asked: SpanEntry
    taken_at: Moment
    took_seconds: Seconds
    obtained: SpanEntry | None = None
    warnings: tuple[str, ...] = ()
    redacted: dict[str, Annotated[int, Field(ge=0, lt=1 << 63)]] = {}


class SnapshotEntry(Entry):
    stop: Slug
    look: Slug
    frame: FrameEntry | None = None
    gap: GapEntry | None = None
    provenance: ProvenanceEntry

    @model_validator(mode="after")
    def _is_a_frame_or_a_gap(self) -> SnapshotEntry:
        if (self.frame is None) == (self.gap is None):
            raise ValueError("is either a frame or a gap")
        return self


class StepEntry(Entry):
    stop: Slug
    arrived_at: Moment
    left_at: Moment | None = None


class WalkEntry(Entry):
    id: UUID
    walker: Name
    steps: tuple[StepEntry, ...] = ()


class DetourEntry(Entry):
    stop: Slug
    look: Look
    walker: Name
    taken_at: Moment


class VistaEntry(Entry):
    id: UUID
    routine: Routine
    window: SpanEntry
    author: Name
    begun_at: Moment
    title: str = ""
    saved_at: Moment | None = None
    origin: Literal["live", "recording", "imported"]
    snapshots: tuple[SnapshotEntry, ...] = ()
    walks: tuple[WalkEntry, ...] = ()
    detours: tuple[DetourEntry, ...] = ()
    notices: tuple[Annotated[Notice, AfterValidator(_plausible_notice)], ...] = ()
    ridges: Annotated[tuple[Annotated[tuple[Share, ...], Field(max_length=1000)], ...], Field(max_length=16)] = ()

    @model_validator(mode="after")
    def _no_twins(self) -> VistaEntry:
        """A snapshot is known by its stop, look and source; a walk and a notice by their ids."""
        snapshots = [(each.stop, each.look, each.provenance.source) for each in self.snapshots]
        for what, names in (
            ("snapshot", snapshots),
            ("walk", [walk.id for walk in self.walks]),
            ("notice", [notice.id for notice in self.notices]),
        ):
            if len(set(names)) < len(names):
                raise ValueError(f"holds the same {what} twice")
        return self


class Version(BaseModel):
    """What every version of the document has, read before the rest."""

    version: int = Field(alias="schema", ge=1, strict=True)


class Document(Entry):
    version: Literal[1] = Field(default=1, alias="schema")
    vista: VistaEntry

    model_config = ConfigDict(serialize_by_alias=True)
