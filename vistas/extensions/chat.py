"""A message to the team's chat. What posts it is found by entry point, as sources are."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Protocol, cast

from vistas.border import Fault, attempt
from vistas.errors import PostError
from vistas.source import Deadline

ENTRY_POINTS = "morning_vistas.chats"
"""The entry-point group of what posts messages; each is a Poster."""


class Poster(Protocol):
    def __call__(self, webhook: str, message: str, *, deadline: Deadline) -> None:
        """Returns once the chat has taken it. PostError says why it has not, without telling the address."""
        ...


def post(webhook: str, message: str, *, deadline: Deadline) -> None:
    """Post to the address of an incoming webhook. PostError where that fails."""
    found = next(iter(entry_points(group=ENTRY_POINTS)), None)
    if found is None:
        raise PostError(f"nothing that can post is installed: no entry point in {ENTRY_POINTS}")
    posted = attempt(
        "chat",
        lambda: cast("Poster", found.load())(webhook, message, deadline=deadline),
        passing=PostError,
    )
    if isinstance(posted, Fault):
        raise PostError(f"{posted.message} {posted.hint}")
