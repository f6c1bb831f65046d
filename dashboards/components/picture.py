"""The picture a vista is known by: hills whose ridges are series of that morning's data."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from vistas.charts.hills import hills


def vista_picture(
    ridges: Sequence[Sequence[float]],
    *,
    height: int,
    key: str,
    label: str = "",
    sun: tuple[float, float, float] | None = None,
) -> None:
    """Draw up to four ridges, each a series scaled to 0…1, far to near.

    `sun` is its left and top and its diameter, in percent of the width (top: of the height); by default it stands
    where the farthest ridge is lowest. Without a `label` the picture is decoration to a screen reader.
    """
    with st.container(key=key):
        st.html(picture_html(ridges, height=height, label=label, sun=sun))


def picture_html(
    ridges: Sequence[Sequence[float]],
    *,
    height: int,
    label: str = "",
    sun: tuple[float, float, float] | None = None,
) -> str:
    """The picture as HTML, made of numbers of ours and the escaped label alone."""
    land = hills(ridges)
    left, top, wide = sun or _sun(*land.hollow, height)
    spoken = f'role="img" aria-label="{escape(label, quote=True)}"' if label else 'aria-hidden="true"'
    layers = "".join(
        f'<i class="ridge ridge-{place}" style="clip-path:{_polygon(slope)}"></i>'
        for place, slope in enumerate(land.slopes)
    )
    disc = f'<i class="sun" style="left:{left:.1f}%;top:{top:.1f}%;width:{wide:.1f}%"></i>'
    return f'<div class="vista" {spoken} style="height:{height}px">{disc}{layers}</div>'


def _sun(along: float, high: float, height: int) -> tuple[float, float, float]:
    return 8 + along * 76, 14 + 16 * high, 7 if height > 100 else 8.5  # noqa: PLR2004


def _polygon(slope: Sequence[float]) -> str:
    last = len(slope) - 1
    points = ",".join(f"{place / last * 100:.2f}% {100 - height * 100:.1f}%" for place, height in enumerate(slope))
    return f"polygon({points},100% 100%,0 100%)"
