"""Domain values to rows and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from pydantic import TypeAdapter
from sqlalchemy import RowMapping

from vistas.errors import StoreError
from vistas.snapshot import Absence, Frame, FrameKind, Gap, GapReason, Provenance, Snapshot, Window
from vistas.store.blobs import Blobs
from vistas.vista import Detour, Vista
from vistas.vista.answer import Answer, AnswerKind
from vistas.vista.notice import Anchor, Notice, NoticeKind
from vistas.vista.written import Written

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ANCHOR: TypeAdapter[Anchor] = TypeAdapter(Anchor)

Row = RowMapping


def micros(moment: datetime) -> int:
    """Whole microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


def checked_text(text: str) -> str:
    """Text that can be kept. A lone surrogate, which no UTF-8 has, is a StoreError."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise StoreError(f"this text cannot be saved: character {error.start + 1} is half a character") from error
    return text


def vista_row(vista_id: UUID, vista: Vista, *, is_copy: bool = False) -> dict[str, Any]:
    """The row of a vista, or that of the copy which another one has of it, under an id of its own."""
    return {
        "id": vista_id,
        "is_copy": is_copy,
        "routine": vista.routine.routine,
        "routine_title": checked_text(vista.routine.name),
        "routine_json": checked_text(vista.routine.model_dump_json()),
        "routine_version": vista.routine.version,
        "routine_digest": vista.routine.digest,
        "window_start": micros(vista.window.start),
        "window_end": micros(vista.window.end),
        "author": checked_text(vista.author),
        "begun_at": micros(vista.begun_at),
        "title": checked_text(vista.title),
        "saved_at": None if vista.saved_at is None else micros(vista.saved_at),
        "discarded": False,
        "origin": vista.origin,
        "ridges": [list(ridge) for ridge in vista.ridges],
        "revision": 0,
    }


def detour_row(vista_id: UUID, detour: Detour) -> dict[str, Any]:
    return {
        "vista_id": vista_id,
        "stop": detour.stop,
        "look_json": detour.look.model_dump_json(),
        "walker": checked_text(detour.walker),
        "taken_at": micros(detour.taken_at),
    }


def snapshot_row(vista_id: UUID, snapshot: Snapshot, blobs: Blobs) -> dict[str, Any]:
    """The row of a snapshot; its frame is safe among the blobs when this returns."""
    row: dict[str, Any] = {
        "vista_id": vista_id,
        "stop": snapshot.stop,
        "look": snapshot.look,
        "source": snapshot.source,
        "kind": None,
        "digest": None,
        "rows": None,
        "key": None,
        "step": None,
        "gap": None,
        "provenance": provenance_json(snapshot.provenance),
    }
    if isinstance(snapshot.content, Frame):
        frame = snapshot.content
        row |= {
            "kind": frame.kind.value,
            "digest": blobs.put(frame.parquet()),
            "rows": frame.rows,
            "key": list(frame.key),
            "step": None if frame.step is None else frame.step // timedelta(microseconds=1),
        }
    else:
        gap = snapshot.content
        row["gap"] = {"reason": gap.reason.value, "says": gap.message, "hint": gap.hint}
    return row


def read_snapshot(row: Row, blobs: Blobs) -> Snapshot:
    """The snapshot of a row; its frame is read from the blobs when it is first looked at."""
    content: Frame | Gap
    if row["gap"] is not None:
        gap = row["gap"]
        content = Gap(GapReason(gap["reason"]), gap["says"], gap["hint"])
    else:
        digest: bytes = row["digest"]
        content = Frame.stored(
            FrameKind(row["kind"]),
            lambda: blobs.get(digest),
            rows=row["rows"],
            key=tuple(row["key"]),
            step=None if row["step"] is None else timedelta(microseconds=row["step"]),
        )
    return Snapshot(row["stop"], row["look"], content, read_provenance(row["provenance"]))


def provenance_json(provenance: Provenance) -> dict[str, Any]:
    def window(span: Window | None) -> list[int] | None:
        return None if span is None else [micros(span.start), micros(span.end)]

    return {
        "source": provenance.source,
        "source_type": provenance.source_type,
        "query": provenance.query,
        "asked": window(provenance.asked),
        "taken_at": micros(provenance.taken_at),
        "took": provenance.took // timedelta(microseconds=1),
        "obtained": window(provenance.obtained),
        "warnings": list(provenance.warnings),
        "redacted": dict(provenance.redacted),
        "absent": [list(astuple(each)) for each in provenance.absent],
    }


def read_provenance(kept: Mapping[str, Any]) -> Provenance:
    def window(span: list[int]) -> Window:
        return Window(moment(span[0]), moment(span[1]))

    return Provenance(
        source=kept["source"],
        source_type=kept["source_type"],
        query=kept["query"],
        asked=window(kept["asked"]),
        taken_at=moment(kept["taken_at"]),
        took=timedelta(microseconds=kept["took"]),
        obtained=None if kept["obtained"] is None else window(kept["obtained"]),
        warnings=tuple(kept["warnings"]),
        redacted=kept["redacted"],
        absent=read_absences(kept),
    )


def read_absences(provenance: Mapping[str, Any]) -> tuple[Absence, ...]:
    """Of a kept provenance; none where it is older than they are."""
    return tuple(Absence(*each) for each in provenance.get("absent", ()))


def notice_row(vista_id: UUID, notice: Notice, *, removed: bool = False) -> dict[str, Any]:
    return {
        **_written_row(vista_id, notice, removed=removed),
        "notice_id": notice.id,
        "stop": notice.stop,
        "kind": notice.kind.value,
        "text": checked_text(notice.text),
        "anchor": checked_text(orjson.dumps(notice.anchor.model_dump(mode="json")).decode()),
    }


def read_notice(row: Row) -> Notice:
    return Notice(
        id=row["notice_id"],
        stop=row["stop"],
        kind=NoticeKind(row["kind"]),
        text=row["text"],
        anchor=_ANCHOR.validate_json(row["anchor"]),
        **_read_written(row),
    )


def answer_row(vista_id: UUID, answer: Answer, *, removed: bool = False) -> dict[str, Any]:
    return {
        **_written_row(vista_id, answer, removed=removed),
        "answer_id": answer.id,
        "notice_id": answer.notice,
        "kind": answer.kind.value,
        "text": checked_text(answer.text),
        "answered_from": answer.answered_from,
    }


def read_answer(row: Row) -> Answer:
    return Answer(
        id=row["answer_id"],
        notice=row["notice_id"],
        kind=AnswerKind(row["kind"]),
        text=row["text"],
        answered_from=row["answered_from"],
        **_read_written(row),
    )


def _written_row(vista_id: UUID, written: Written, *, removed: bool) -> dict[str, Any]:
    return {
        "vista_id": vista_id,
        "revision": written.revision,
        "author": checked_text(written.author),
        "written_at": micros(written.written_at),
        "at": micros(written.revised_at or written.written_at),
        "removed": removed,
        "from_file": written.from_file,
    }


def _read_written(row: Row) -> dict[str, Any]:
    return {
        "author": row["author"],
        "written_at": moment(row["written_at"]),
        "revision": row["revision"],
        "revised_at": moment(row["at"]) if row["revision"] > 1 else None,
        "from_file": row["from_file"],
    }
