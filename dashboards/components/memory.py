"""What this browser remembers: the name somebody signs with."""

from __future__ import annotations

from dashboards.components import packaged

LONGEST = 80


def remember(name: str, *, key: str) -> str | None:
    """Keep `name` in this browser, unless it is empty; give the name it had kept, None until it has answered.

    The answer causes one more run, the first time in a session and only where a name was kept.
    """
    result = packaged.show("remember", key=key, data={"name": name}, on={"kept": lambda: None})
    kept = result.get("kept")
    return kept.strip()[:LONGEST] or None if isinstance(kept, str) else None
