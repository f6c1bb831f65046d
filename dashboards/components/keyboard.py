"""Keys of the walk: a number jumps to its stop, `?` shows what the keys do."""

from __future__ import annotations

from dashboards.components import packaged


def keys(stops: int, *, key: str) -> int | None:
    """The stop somebody just jumped to with a number key, counted from 1; None in every other run.

    Keys are left alone while somebody types.
    """
    result = packaged.show("keys", key=key, data={"stops": stops}, on={"jump": lambda: None})
    jumped = result.get("jump")
    return jumped if isinstance(jumped, int) and 1 <= jumped <= stops else None
