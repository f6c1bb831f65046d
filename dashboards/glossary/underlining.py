"""Explained words: underlined wherever they stand, opened by a click; whatever somebody marks can be explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import ValidationError

from dashboards import state
from dashboards.components import packaged
from vistas.practice.glossary import Term
from vistas.practice.glossary.entries import Explained


def glossary(terms: Sequence[Term], *, key: str, on_explain: Callable[[Explained], None]) -> None:
    """Once a page. `on_explain` is called with what somebody wrote, before the page is drawn again."""

    def explained() -> None:
        said = state.sent(key, "explained")
        try:
            entry = Explained.model_validate(said)
        except ValidationError:
            return
        on_explain(entry)

    packaged.show(
        "glossary/underlining.js",
        key=key,
        on={"explained": explained},
        data={
            "terms": [
                {"id": str(term.id), "name": term.name, "meaning": term.meaning, "by": term.by} for term in terms
            ]
        },
    )
