"""What somebody noticed, and where.

Anchors name data by its labels, never by position, so they can be found again in another morning's data.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from vistas.vista.written import Written

Labels = dict[str, str]


class NoticeKind(StrEnum):
    NOTICED = "noticed"
    WONDERING = "wondering"
    SURPRISED = "surprised"
    NORMAL = "normal for us"


class _Anchor(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WholeStop(_Anchor):
    at: Literal["stop"] = "stop"


class Stretch(_Anchor):
    """A stretch of time on a chart; `series` empty means all of the look's series. One moment: `start == end`."""

    at: Literal["stretch"] = "stretch"
    look: str
    source: str
    series: tuple[Labels, ...] = ()
    start: AwareDatetime
    end: AwareDatetime


class TableRow(_Anchor):
    """A table row, named by the frame's key columns."""

    at: Literal["row"] = "row"
    look: str
    source: str
    key: Labels


class LogPattern(_Anchor):
    at: Literal["pattern"] = "pattern"
    look: str
    source: str
    pattern: str


Anchor = Annotated[WholeStop | Stretch | TableRow | LogPattern, Field(discriminator="at")]

NoticeText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Notice(Written):
    stop: str
    kind: NoticeKind
    text: NoticeText
    anchor: Anchor = WholeStop()
