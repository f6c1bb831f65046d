"""Lines that people wrote, as one element of the page however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from dashboards.components import packaged


@dataclass(frozen=True, slots=True)
class Line:
    """`by` is said below the text, in small print."""

    id: str
    text: str
    by: str


def lines(written: Iterable[Line], *, label: str, key: str) -> None:
    """Oldest first, as text. A line that comes is read aloud, and moves none that stands there."""
    packaged.show("lines", key=key, data={"label": label, "lines": [asdict(line) for line in written]})
