"""A comparison as one HTML page that opens anywhere: no script, nothing from outside.

Everything from people and tools goes through the template, which escapes it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from vistas.formatting.times import say_window
from vistas.mornings.comparison.model import VistaDifference
from vistas.mornings.comparison.shown import WRITTEN, outline
from vistas.sharing.tables import cut
from vistas.sharing.templating import digest_of, environment, page_style

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE: Final = "vistas.mornings.comparison.export"


def write_page(difference: VistaDifference, most: int = WRITTEN) -> str:
    """With at most so many changes of each look."""
    style = page_style() + _own_style()
    page = _templates().get_template("comparison.html")
    return page.render(
        difference=difference, shown=outline(difference, most), style=style, digest=digest_of(style)
    )


@cache
def _own_style() -> str:
    return (files(_PACKAGE) / "templates" / "comparison.css").read_text(encoding="utf-8")


@cache
def _templates() -> Environment:
    templates = environment(_PACKAGE)
    templates.filters.update(window=say_window, short=cut)
    return templates
