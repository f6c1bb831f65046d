"""The engine by itself: it reads less of each line, and finds the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from connectors.ingress.dialects import Dialect, load_dialects
from connectors.ingress.overview import SEEN, without_unseen
from connectors.ingress.reading.parsing import Block, Parsed, Parser

DIALECTS = load_dialects()


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_columns_left_unread_change_no_other(dialect: Dialect) -> None:
    text = "".join(f"{sample.line}\n" for sample in dialect.samples).encode()
    whole, seen = _parse(DIALECTS, text), _parse([without_unseen(each) for each in DIALECTS], text)
    columns = sorted(SEEN.intersection(whole.records.columns))
    assert seen.records.select(columns).equals(whole.records.select(columns))
    assert (seen.dialects, seen.set_aside, seen.unparsed) == (whole.dialects, whole.set_aside, whole.unparsed)


def _parse(dialects: Sequence[Dialect], text: bytes) -> Parsed:
    return Parser(dialects, ZoneInfo("UTC"), datetime(2026, 11, 23, tzinfo=UTC)).parse(Block(text))
