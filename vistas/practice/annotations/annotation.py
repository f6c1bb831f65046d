"""A notice as an annotation of a chart, as it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape
from typing import Final

from vistas.extensions.annotators import Annotation
from vistas.vista import Vista
from vistas.vista.notice import Notice, Stretch

TAG: Final = "morning-vistas"
"""Every annotation has it, so that a dashboard can show them all."""


def annotation_of(
    notice: Notice, vista: Vista, address: str, *, tags: Iterable[str] = (), mask: Callable[[str], str]
) -> Annotation:
    """What somebody noticed, escaped, and by whom, with a link to where, which is `address`.

    It stands where the notice does: at its stretch of time, or else at the moment that the vista looked at.
    `mask` takes secrets out of what leaves.
    """
    said = escape(mask(notice.text), quote=False)
    signed = escape(mask(notice.author), quote=False)
    link = f'<a href="{escape(address)}">{escape(mask(vista.name), quote=False)}</a>'
    start, end = _when(notice, vista)
    return Annotation(
        f"{said}\n{signed}, {notice.kind.value}. {link}", tuple(dict.fromkeys((TAG, *tags))), start, end
    )


def _when(notice: Notice, vista: Vista) -> tuple[datetime, datetime | None]:
    if not isinstance(notice.anchor, Stretch):
        return vista.window.end, None
    start, end = notice.anchor.start, notice.anchor.end
    return start, (end if end > start else None)
