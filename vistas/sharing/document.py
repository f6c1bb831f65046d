"""`vista.json`: everything of a vista but its frames, in a shape of its own that outlives changes of the code.

Times are ISO 8601 in UTC, spans are seconds. A frame is named by the SHA-256 of its Parquet bytes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, FailFast, Field, model_validator

from vistas.routine import Look, Routine, Slug
from vistas.sharing.document_values import (
    LONGEST_SPAN,
    Digest,
    Moment,
    Name,
    PlausibleAnswer,
    PlausibleNotice,
    Query,
    Seconds,
    Sentence,
    Share,
)
from vistas.snapshot import FrameKind, GapReason
from vistas.vista.notice import Stretch

SCHEMA = 3
"""The newest. The first knows neither answers nor earlier vistas, the second nothing of what was absent; they are
still written where there is nothing of that."""

SNAPSHOTS_AT_MOST = 2_000
NOTICES_AT_MOST = 1_000
ANSWERS_AT_MOST = 2_000
WALKS_AT_MOST = 500
STEPS_AT_MOST = 5_000
DETOURS_AT_MOST = 500
WARNINGS_AT_MOST = 1_000
ABSENCES_AT_MOST = 200
KEYS_AT_MOST = 100
SERIES_AT_MOST = 1_000
"""How many series all notices of a vista name together.

These bounds hold for a vista and the earlier one that it follows together.
"""


class BundleModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SpanEntry(BundleModel):
    start: Moment
    end: Moment

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> SpanEntry:
        if not timedelta() < self.end - self.start <= LONGEST_SPAN:
            raise ValueError(f"is not a span of time between 0 and {LONGEST_SPAN.days} days")
        return self


class FrameEntry(BundleModel):
    kind: FrameKind
    sha256: Digest
    key: Annotated[tuple[Name, ...], FailFast(), Field(max_length=KEYS_AT_MOST)] = ()
    step_seconds: Seconds | None = None


class GapEntry(BundleModel):
    reason: GapReason
    says: Sentence
    hint: Sentence = ""


class AbsenceEntry(BundleModel):
    metric: Name
    label: Name = ""
    operator: Literal["", "=", "!=", "=~", "!~"] = ""
    value: Sentence = ""


class ProvenanceEntry(BundleModel):
    source: Name
    source_type: Name
    query: Query
    asked: SpanEntry
    taken_at: Moment
    took_seconds: Seconds
    obtained: SpanEntry | None = None
    warnings: Annotated[tuple[Sentence, ...], FailFast(), Field(max_length=WARNINGS_AT_MOST)] = ()
    redacted: dict[Name, Annotated[int, Field(ge=0, lt=1 << 63)]] = {}
    absent: Annotated[tuple[AbsenceEntry, ...], FailFast(), Field(max_length=ABSENCES_AT_MOST)] = Field(
        default=(), exclude_if=lambda absent: not absent
    )


class SnapshotEntry(BundleModel):
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


class StepEntry(BundleModel):
    stop: Slug
    arrived_at: Moment
    left_at: Moment | None = None


class WalkEntry(BundleModel):
    id: UUID
    walker: Name
    steps: Annotated[tuple[StepEntry, ...], FailFast(), Field(max_length=STEPS_AT_MOST)] = ()


class DetourEntry(BundleModel):
    stop: Slug
    look: Look
    walker: Name
    taken_at: Moment


class EarlierEntry(BundleModel):
    """A vista by itself: as one that another follows is kept, which follows none."""

    id: UUID
    routine: Routine
    window: SpanEntry
    author: Name
    begun_at: Moment
    title: Sentence = ""
    saved_at: Moment | None = None
    origin: Literal["live", "recording", "imported"]
    snapshots: Annotated[tuple[SnapshotEntry, ...], FailFast(), Field(max_length=SNAPSHOTS_AT_MOST)] = ()
    walks: Annotated[tuple[WalkEntry, ...], FailFast(), Field(max_length=WALKS_AT_MOST)] = ()
    detours: Annotated[tuple[DetourEntry, ...], FailFast(), Field(max_length=DETOURS_AT_MOST)] = ()
    notices: Annotated[tuple[PlausibleNotice, ...], FailFast(), Field(max_length=NOTICES_AT_MOST)] = ()
    ridges: Annotated[tuple[Annotated[tuple[Share, ...], Field(max_length=1000)], ...], Field(max_length=16)] = ()
    answers: Annotated[tuple[PlausibleAnswer, ...], FailFast(), Field(max_length=ANSWERS_AT_MOST)] = ()

    @property
    def series_named(self) -> int:
        """By the anchors of its notices."""
        return sum(len(each.anchor.series) for each in self.notices if isinstance(each.anchor, Stretch))

    @model_validator(mode="after")
    def _names_few_series(self) -> Self:
        if self.series_named > SERIES_AT_MOST:
            raise ValueError(f"has notices on more than {SERIES_AT_MOST:,} series")
        return self

    @model_validator(mode="after")
    def _answers_its_notices(self) -> Self:
        noticed = {notice.id for notice in self.notices}
        if any(answer.notice not in noticed for answer in self.answers):
            raise ValueError("has an answer to a notice that it does not hold")
        return self

    @model_validator(mode="after")
    def _no_twins(self) -> Self:
        """A snapshot is known by its stop, look and source; a walk, a notice and an answer by their ids."""
        snapshots = [(each.stop, each.look, each.provenance.source) for each in self.snapshots]
        for what, names in (
            ("snapshot", snapshots),
            ("walk", [walk.id for walk in self.walks]),
            ("notice", [notice.id for notice in self.notices]),
            ("answer", [answer.id for answer in self.answers]),
        ):
            if len(set(names)) < len(names):
                raise ValueError(f"holds the same {what} twice")
        return self


class EyesEntry(BundleModel):
    walker: Name
    earlier: EarlierEntry


class VistaEntry(EarlierEntry):
    eyes: EyesEntry | None = None

    @model_validator(mode="after")
    def _follows_another(self) -> Self:
        if self.eyes is not None and self.eyes.earlier.id == self.id:
            raise ValueError("follows itself")
        return self

    @model_validator(mode="after")
    def _holds_no_more_with_the_earlier_one(self) -> Self:
        if (eyes := self.eyes) is None:
            return self
        for what, at_most in TOGETHER_AT_MOST.items():
            if len(getattr(self, what)) + len(getattr(eyes.earlier, what)) > at_most:
                raise ValueError(f"has more than {at_most:,} {what} together with the vista that it follows")
        if self.series_named + eyes.earlier.series_named > SERIES_AT_MOST:
            raise ValueError(f"has notices on more than {SERIES_AT_MOST:,} series")
        return self


TOGETHER_AT_MOST = {
    "snapshots": SNAPSHOTS_AT_MOST,
    "walks": WALKS_AT_MOST,
    "detours": DETOURS_AT_MOST,
    "notices": NOTICES_AT_MOST,
    "answers": ANSWERS_AT_MOST,
}


class Version(BaseModel):
    """What every version of the document has, read before the rest."""

    version: int = Field(alias="schema", ge=1, strict=True)


class Document(BundleModel):
    version: Literal[1, 2, 3] = Field(default=1, alias="schema")
    vista: VistaEntry

    model_config = ConfigDict(serialize_by_alias=True)

    @classmethod
    def of(cls, vista: VistaEntry) -> Document:
        """In the oldest version that has all that is in it, so that as many as possible can read it."""
        return cls(schema=_oldest(vista), vista=vista)

    def written(self) -> bytes:
        unknown = _NEW_IN_SCHEMA_2 if self.version == 1 else set()
        return self.model_dump_json(indent=1, exclude={"vista": unknown}).encode()

    @model_validator(mode="after")
    def _knows_what_it_holds(self) -> Self:
        if self.version == 1 and (unknown := _NEW_IN_SCHEMA_2 & _told(self.vista)):
            raise ValueError(f"has {min(unknown)}, which schema 1 does not have")
        if self.version < _oldest(self.vista):
            raise ValueError(f"says what was absent, which schema {self.version} does not have")
        return self


_NEW_IN_SCHEMA_2 = {"answers", "eyes"}


def _oldest(vista: VistaEntry) -> Literal[1, 2, 3]:
    """The first version that has all that is in it."""
    earlier = vista.eyes.earlier.snapshots if vista.eyes else ()
    if any(each.provenance.absent for each in (*vista.snapshots, *earlier)):
        return 3
    return 2 if _NEW_IN_SCHEMA_2 & _told(vista) else 1


def _told(vista: VistaEntry) -> set[str]:
    """The names of what there is something of."""
    return {name for name in VistaEntry.model_fields if getattr(vista, name)}
