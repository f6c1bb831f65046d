"""Keys of the walk: a number jumps to its stop, `?` shows what the keys do."""

from __future__ import annotations

from dashboards.components import packaged


def keys(stops: int, *, key: str, replies: bool = False) -> int | None:
    """The stop somebody just jumped to with a number key, counted from 1; None in every other run.

    With `replies`, J and K go from one earlier notice to the next, and S, N and D click its answers. Keys are left
    alone while somebody types.
    """
    result = packaged.show(
        "components/keyboard/keys.js",
        key=key,
        data={"stops": stops, "replies": replies},
        on={"jump": lambda: None},
    )
    jumped = result.get("jump")
    return jumped if isinstance(jumped, int) and 1 <= jumped <= stops else None
