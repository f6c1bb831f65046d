"""Lines that people wrote, as one element of the page however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dashboards.components import packaged


@dataclass(frozen=True, slots=True)
class TextLine:
    """`by` is said below the text, in small print."""

    id: str
    text: str
    by: str

    def as_data(self) -> dict[str, str]:
        return {"id": self.id, "text": self.text, "by": self.by}


def lines(
    written: Iterable[TextLine],
    *,
    label: str,
    key: str,
    revision: int,
    pushed_from: Mapping[str, str],
    on_silence: Callable[[], None],
) -> None:
    """Oldest first, as text. A line that comes is read aloud, and moves none that stands there.

    `written` is as of `revision`; what comes later is pushed from `pushed_from`, without a run of the page. Where
    nothing can be heard, `on_silence` is called each second.
    """
    data = {
        "label": label,
        "lines": [line.as_data() for line in written],
        "revision": revision,
        "from": dict(pushed_from),
    }
    packaged.show("components/lines/lines.js", key=key, data=data, on={"silence": on_silence})
