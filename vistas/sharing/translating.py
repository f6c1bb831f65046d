"""A vista as the entries of `vista.json`, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from vistas.sharing.document import (
    AbsenceEntry,
    DetourEntry,
    EarlierEntry,
    EyesEntry,
    FrameEntry,
    GapEntry,
    ProvenanceEntry,
    SnapshotEntry,
    SpanEntry,
    StepEntry,
    VistaEntry,
    WalkEntry,
)
from vistas.snapshot import Absence, Frame, Gap, Provenance, Snapshot, Window
from vistas.vista import Detour, Eyes, Step, Vista, Walk

Digests = Mapping[int, str]
"""The digest of each snapshot's frame, by the snapshot's place in the vista."""
Contents = Mapping[int, Frame]
"""The frames themselves, likewise."""


def vista_entry(vista: Vista, digests: Digests, earlier: Digests) -> VistaEntry:
    """`earlier` are the digests of the vista that it follows."""
    eyes = vista.eyes and EyesEntry(walker=vista.eyes.walker, earlier=_entry(vista.eyes.earlier, earlier))
    return VistaEntry(**dict(_entry(vista, digests)), eyes=eyes)


def _entry(vista: Vista, digests: Digests) -> EarlierEntry:
    return EarlierEntry(
        id=vista.id,
        routine=vista.routine,
        window=_span(vista.window),
        author=vista.author,
        begun_at=vista.begun_at,
        title=vista.title,
        saved_at=vista.saved_at,
        origin=vista.origin,
        snapshots=tuple(
            _snapshot_entry(snapshot, digests.get(place)) for place, snapshot in enumerate(vista.snapshots)
        ),
        walks=tuple(
            WalkEntry(
                id=walk.id,
                walker=walk.walker,
                steps=tuple(
                    StepEntry(stop=step.stop, arrived_at=step.arrived_at, left_at=step.left_at)
                    for step in walk.steps
                ),
            )
            for walk in vista.walks
        ),
        detours=tuple(
            DetourEntry(stop=each.stop, look=each.look, walker=each.walker, taken_at=each.taken_at)
            for each in vista.detours
        ),
        notices=vista.notices,
        ridges=vista.ridges,
        answers=vista.answers,
    )


def read_vista(entry: VistaEntry, contents: Contents, earlier: Contents) -> Vista:
    """The vista of an entry; `earlier` are the frames of the one that it follows."""
    whole = _read_alone(entry, contents)
    if entry.eyes is None:
        return whole
    return replace(whole, eyes=Eyes.upon(_read_alone(entry.eyes.earlier, earlier), entry.eyes.walker))


def _read_alone(entry: EarlierEntry, contents: Contents) -> Vista:
    return Vista(
        id=entry.id,
        routine=entry.routine,
        window=_window(entry.window),
        author=entry.author,
        begun_at=entry.begun_at,
        title=entry.title,
        saved_at=entry.saved_at,
        origin="recording" if entry.origin == "recording" else "imported",
        snapshots=tuple(
            _read_snapshot(snapshot, contents.get(place)) for place, snapshot in enumerate(entry.snapshots)
        ),
        walks=tuple(
            Walk(
                walk.id, walk.walker, tuple(Step(step.stop, step.arrived_at, step.left_at) for step in walk.steps)
            )
            for walk in entry.walks
        ),
        detours=tuple(Detour(each.stop, each.look, each.walker, each.taken_at) for each in entry.detours),
        notices=entry.notices,
        ridges=entry.ridges,
        answers=entry.answers,
    )


def _snapshot_entry(snapshot: Snapshot, digest: str | None) -> SnapshotEntry:
    frame, gap = snapshot.frame, snapshot.gap
    return SnapshotEntry(
        stop=snapshot.stop,
        look=snapshot.look,
        frame=None
        if frame is None or digest is None
        else FrameEntry(kind=frame.kind, sha256=digest, key=frame.key, step_seconds=frame.step),
        gap=None if gap is None else GapEntry(reason=gap.reason, says=gap.message, hint=gap.hint),
        provenance=_provenance_entry(snapshot.provenance),
    )


def _read_snapshot(entry: SnapshotEntry, frame: Frame | None) -> Snapshot:
    content: Frame | Gap
    if entry.gap is not None:
        content = Gap(entry.gap.reason, entry.gap.says, entry.gap.hint)
    else:
        assert frame is not None  # noqa: S101 - an entry is a frame or a gap
        content = frame
    return Snapshot(entry.stop, entry.look, content, _read_provenance(entry.provenance))


def _provenance_entry(provenance: Provenance) -> ProvenanceEntry:
    return ProvenanceEntry(
        source=provenance.source,
        source_type=provenance.source_type,
        query=provenance.query,
        asked=_span(provenance.asked),
        taken_at=provenance.taken_at,
        took_seconds=provenance.took,
        obtained=None if provenance.obtained is None else _span(provenance.obtained),
        warnings=provenance.warnings,
        redacted=dict(provenance.redacted),
        absent=tuple(AbsenceEntry(**asdict(each)) for each in provenance.absent),
    )


def _read_provenance(entry: ProvenanceEntry) -> Provenance:
    return Provenance(
        source=entry.source,
        source_type=entry.source_type,
        query=entry.query,
        asked=_window(entry.asked),
        taken_at=entry.taken_at,
        took=entry.took_seconds,
        obtained=None if entry.obtained is None else _window(entry.obtained),
        warnings=entry.warnings,
        redacted=entry.redacted,
        absent=tuple(Absence(**each.model_dump()) for each in entry.absent),
    )


def _span(window: Window) -> SpanEntry:
    return SpanEntry(start=window.start, end=window.end)


def _window(span: SpanEntry) -> Window:
    return Window(span.start, span.end)
