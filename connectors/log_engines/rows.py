"""Answers that are a JSON object a line, as VictoriaLogs and ClickHouse give them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import requests

from connectors.http.client import not_json
from connectors.http.json_answers import NoJson, read_any
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

Row = dict[str, Any]
Read = TypeVar("Read")


def read_rows(
    answer: requests.Response, origin: str, read: Callable[[Row], Read], *, tool: str, hint: str
) -> list[Read]:
    """What `read` makes of each row. Unobtainable where they are none, or not as the tool writes them."""
    try:
        return [read(read_any(row)) for row in answer.content.splitlines() if row]
    except NoJson as error:
        raise not_json(answer, origin) from error
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError) as error:
        message = f"What {origin} returned is not an answer of {tool}."
        raise Unobtainable(GapReason.GARBLED, message, hint) from error
