"""Templates of pages that open anywhere: everything is escaped, and a page names the only style it may have."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def environment(package: str) -> Environment:
    """The templates in the folder `templates` of a package."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )


@cache
def page_style() -> str:
    """The style of every page."""
    return (files("vistas.sharing") / "templates" / "page.css").read_text(encoding="utf-8")


def digest_of(style: str) -> str:
    """By which a page's security policy knows its style."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _visible(value: object) -> object:
    """Without characters that no page may hold, or that turn the writing direction around."""
    return _INVISIBLE.sub("\ufffd", value) if type(value) is str else value
