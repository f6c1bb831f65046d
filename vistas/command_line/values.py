"""Times and spans as people type them on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import click

from vistas.routine import parse_span


def parse_moment(text: str, now: datetime) -> datetime:
    """`2026-11-23T08:00`, with a zone or in the one of `now`, or `08:00`: the last time it was that late."""
    try:
        if len(text) <= len("08:00:00") and ":" in text:
            moment = datetime.combine(now.date(), datetime.strptime(text, "%H:%M").time(), now.tzinfo)  # noqa: DTZ007
            return moment if moment <= now else moment - timedelta(days=1)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a time: write 2026-11-23T08:00 or 08:00") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    if moment > now:
        raise ValueError(f"{text!r} is in the future")
    return moment


def _patience(text: str) -> timedelta:
    from vistas.settings.values import patience

    return patience(text)


def _assignment(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not name or not sign:
        raise ValueError(f"{text!r} must be NAME=VALUE, such as cluster=production")
    return name.removeprefix("$"), value


class ParsedValue(click.ParamType[Any]):
    """A value that `read` makes of what was typed, or refuses with a ValueError that says what is expected."""

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        self.name = name
        self._read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return self._read(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


MOMENT = ParsedValue("time", lambda text: parse_moment(text, datetime.now().astimezone()))
SPAN = ParsedValue("span", parse_span)
ASSIGNMENT = ParsedValue("NAME=VALUE", _assignment)
PATIENCE = ParsedValue("span", _patience)
