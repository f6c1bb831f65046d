"""What this browser remembers: the name somebody signs with, and whether they are new here."""

from __future__ import annotations

from dashboards.components import packaged

LONGEST = 80


def remember(word: str, *, key: str, what: str = "name") -> str | None:
    """Keep a word in this browser, unless it is empty; give the one it had kept, None until it has answered.

    `what` is what it is kept under.

    The answer causes one more run, the first time in a session and only where one was kept.
    """
    result = packaged.show("remember", key=key, data={"what": what, "word": word}, on={"kept": lambda: None})
    kept = result.get("kept")
    return kept.strip()[:LONGEST] or None if isinstance(kept, str) else None
