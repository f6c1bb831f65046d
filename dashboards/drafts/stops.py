"""The stops so far, in an order that is changed by dragging, by keys or by buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

from pydantic import Field, TypeAdapter

from dashboards.components import outbox, packaged
from dashboards.state import sent
from vistas.practice.drafts import Draft, StopMoved, StopRemoved

Ordering = Annotated[StopMoved | StopRemoved, Field(discriminator="type")]
ENTRIES: Final = TypeAdapter(tuple[Ordering, ...])

OnOrder = Callable[[tuple[Ordering, ...]], None]


def stops(draft: Draft, next_one: str, *, key: str, on_order: OnOrder, on_open: Callable[[str], None]) -> None:
    """`next_one` is what would become the next stop.

    `on_open` is called with a stop whose words are to be changed. `on_order` is called once for
    each thing done; a `VistasError` it raises is shown.
    """

    def opens() -> None:
        told = sent(key, "opened")
        if isinstance(told, dict) and isinstance(told.get("stop"), str):
            on_open(told["stop"])

    packaged.show(
        "drafts/stops.js",
        key=key,
        on={"wrote": outbox.taking(key, ENTRIES, on_order), "opened": opens},
        data={
            "key": key,
            "stops": [
                {
                    "slug": stop.stop,
                    "question": stop.question,
                    "looks": " · ".join(look.title for look in stop.looks),
                }
                for stop in draft.stops
            ],
            "next": next_one,
            "answers": outbox.answers(key),
        },
    )
