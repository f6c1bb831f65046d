"""The picture a vista is known by: hills whose ridges are series of that morning's data."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

_BANDS = ((0.42, 0.80), (0.28, 0.62), (0.14, 0.44), (0.04, 0.25))
"""How high each hill lies and rises, far to near, as shares of the picture's height."""

_PLAIN: tuple[tuple[float, ...], ...] = ((0.5, 0.5), (0.35, 0.6), (0.6, 0.3))
"""The land before anything was gathered: calm slopes."""


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
    layers = [ridge for ridge in ridges if len(ridge) > 1][: len(_BANDS)] or list(_PLAIN)
    bands = _BANDS[len(_BANDS) - len(layers) :] if len(layers) < 3 else _BANDS  # noqa: PLR2004 - few hills lie near
    left, top, wide = sun or _sun(layers[0], height)
    spoken = f'role="img" aria-label="{escape(label, quote=True)}"' if label else 'aria-hidden="true"'
    hills = "".join(
        f'<i class="ridge ridge-{place}" style="clip-path:{_slope(ridge, *band)}"></i>'
        for place, (ridge, band) in enumerate(zip(layers, bands, strict=False))
    )
    disc = f'<i class="sun" style="left:{left:.1f}%;top:{top:.1f}%;width:{wide:.1f}%"></i>'
    return f'<div class="vista" {spoken} style="height:{height}px">{disc}{hills}</div>'


def _sun(ridge: Sequence[float], height: int) -> tuple[float, float, float]:
    inner = range(len(ridge) // 10, max(len(ridge) - len(ridge) // 10, 1))
    lowest = min(inner, key=lambda place: (_clamped(ridge[place]), place))
    share = lowest / max(len(ridge) - 1, 1)
    return 8 + share * 76, 14 + 16 * _clamped(ridge[lowest]), 7 if height > 100 else 8.5  # noqa: PLR2004


def _slope(ridge: Sequence[float], low: float, high: float) -> str:
    last = len(ridge) - 1
    points = ",".join(
        f"{place / last * 100:.2f}% {100 - (low + _clamped(height) * (high - low)) * 100:.1f}%"
        for place, height in enumerate(ridge)
    )
    return f"polygon({points},100% 100%,0 100%)"


def _clamped(height: float) -> float:
    return min(max(height, 0.0), 1.0) if height == height else 0.0  # noqa: PLR0124 - NaN
