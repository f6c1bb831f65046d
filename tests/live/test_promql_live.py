"""What is taken for PromQL without a Prometheus is what a Prometheus of today takes for it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.servers import Prometheus
from tests.servers.fixtures import require_current
from tests.vistas.promql.test_grammar import FINE, MORE, NEWER, PIECES, QUERIES, WRONG, broken
from vistas.promql.grammar import why_not_promql

pytestmark = pytest.mark.live

FEATURES = (
    "promql-experimental-functions",
    "promql-extended-range-selectors",
    "promql-duration-expr",
    "promql-binop-fill-modifiers",
)
MANY = 1500
ONLY_NEWER = "where PromQL would have a label"
"""A colon in a label: what is older refuses it, and who writes one has mistaken a metric for it."""


@pytest.fixture(scope="module")
def server() -> Iterator[Prometheus]:
    """All that is newer, and behind a flag, is switched on."""
    require_current("prometheus")
    with Prometheus(flags=[f"--enable-feature={','.join(FEATURES)}"]) as server:
        yield server


def refused(server: Prometheus, query: str) -> str:
    try:
        with urlopen(f"{server.url}/api/v1/format_query?query={quote(query)}", timeout=30) as answer:
            assert json.load(answer)["status"] == "success"
    except HTTPError as error:
        return str(json.load(error)["error"])
    return ""


@pytest.mark.parametrize("query", [*FINE, *NEWER])
def test_prometheus_takes_what_is_not_doubted(server: Prometheus, query: str) -> None:
    assert (refused(server, query), why_not_promql(query)) == ("", "")


@pytest.mark.parametrize("query", WRONG)
def test_prometheus_refuses_what_is_doubted(server: Prometheus, query: str) -> None:
    assert refused(server, query)
    assert why_not_promql(query)


def test_prometheus_takes_whatever_is_not_doubted(server: Prometheus) -> None:
    """Of many queries that have a piece too many, too few or in the wrong place."""
    chance = random.Random("promql")  # noqa: S311 - the same ones each time
    tried = [
        broken(chance.choice([*QUERIES, *FINE, *NEWER]), chance.randrange(3), chance.random(), piece)
        for piece in chance.choices([*PIECES, *MORE], k=MANY)
    ]
    assert {query: said for query in tried if not why_not_promql(query) and (said := refused(server, query))} == {}
    doubted = [query for query in tried if why_not_promql(query)]
    assert len(doubted) > MANY // 3
    taken = {query: why_not_promql(query) for query in doubted if not refused(server, query)}
    assert {query: why for query, why in taken.items() if not why.endswith(ONLY_NEWER)} == {}
