"""What somebody typed into a box of the page and has not sent: kept in their tab, so that it outlives a reload."""

from __future__ import annotations

from dashboards.components import packaged


def keep_draft(box: str) -> None:
    """Of the chat input with this key. Words that were sent are the server's, and no draft any more."""
    packaged.show("components/browser/draft.js", key=f"draft-{box}", data={"box": box})
