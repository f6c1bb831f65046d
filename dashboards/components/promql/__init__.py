"""A field for a query, which offers what the source has words for."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.components import packaged
from dashboards.state import sent


def query_field(
    query: str, *, source: str, tried: str, about: str, on_run: Callable[[str], None], key: str
) -> None:
    """`query` is what was tried last, and `tried` another text once that is another look.

    `about` names what it belongs to: what is typed there and not tried yet outlives a reload. `on_run` is called
    with what is to be tried.
    """

    def run() -> None:
        told = sent(key, "run")
        said = told.get("query") if isinstance(told, dict) else None
        if isinstance(said, str) and said.strip():
            on_run(said.strip())

    packaged.show(
        "components/promql/editor.js",
        key=key,
        data={"key": about, "source": source, "query": query, "tried": tried},
        on={"run": run},
    )
