"""Headings, numbers and tones of what `vistas logs` tells."""

from __future__ import annotations

from collections.abc import Sequence

import click


def heading(text: str) -> Sequence[str]:
    return "", bold(text)


def cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def bold(text: str) -> str:
    return click.style(text, bold=True)


def soft(text: str) -> str:
    return click.style(text, dim=True) if text else ""
