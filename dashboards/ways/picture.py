"""Lanes with their stops from top to bottom, people's words beside them, and joins where both came by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from dashboards.components import packaged
from vistas.mornings.ways import Join, Lane, Stay, Ways


def picture(shown: Ways, names: Sequence[str], *, key: str) -> None:
    """`names` are those of the lanes."""
    packaged.show(
        "ways/ways.js",
        key=key,
        data={
            "lanes": [_lane(lane, name) for lane, name in zip(shown.lanes, names, strict=True)],
            "joins": [_join(join) for join in shown.joins],
        },
    )


def _lane(lane: Lane, name: str) -> dict[str, Any]:
    return {"name": name, "stays": [_stay(stay) for stay in lane.stays]}


def _stay(stay: Stay) -> dict[str, Any]:
    return {
        "title": stay.title,
        "top": stay.top,
        "bottom": stay.bottom,
        "stayed": _clock(stay.stayed),
        "asides": [{"title": aside.look.title, "top": aside.top, "bottom": aside.bottom} for aside in stay.asides],
        "noticed": [
            {"kind": noticed.notice.kind.value, "text": noticed.notice.text, "top": noticed.top}
            for noticed in stay.noticed
        ],
    }


def _join(join: Join) -> dict[str, Any]:
    return {
        "left": join.left,
        "right": join.right,
        "leftStay": join.left_stay,
        "rightStay": join.right_stay,
        "bothNoticed": join.both_noticed,
    }


def _clock(stayed: timedelta | None) -> str:
    """`1:05`; empty where nobody knows."""
    if stayed is None:
        return ""
    seconds = round(stayed.total_seconds())
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
