"""Listens to what the server pushes, and tells when something stands otherwise than the page was told last."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboards.components import packaged


def listener(told: Mapping[str, int], answered: int, *, on_news: Callable[[], None], key: str) -> None:
    """`told` is how everything that the page waits for stood when it was drawn.

    `answered` counts what was heard from this browser, which tells again until that has grown.
    """
    packaged.show(
        "components/listener/listener.js",
        key=key,
        data={"told": dict(told), "answered": answered},
        on={"news": on_news},
    )
