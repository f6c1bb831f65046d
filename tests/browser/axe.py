"""Deque's axe over a page, through shadow roots: everything in light, and what colours decide in dark, too.

Beside it, how each text stands out, by `tests/browser/contrast.py`.

axe-core is one of the packages of `tests/javascript`; scripts/test installs them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.contrast import faint

AXE = Path(__file__).parents[1] / "javascript" / "node_modules" / "axe-core" / "axe.min.js"
DARK = "rgb(28, 24, 21)"
LIGHT = "rgb(250, 246, 239)"
STREAMLITS_OWN = (
    # The place to drop a file on is a presentation with a name and a tabindex; the button within does the same.
    ("presentation-role-conflict", "[data-testid=stFileUploaderDropzone]"),
)
"""Rule and selector of what Streamlit draws and we cannot change."""
COLOURS = ("color-contrast", "link-in-text-block")
RUN = """async ({within, only}) => {
    const fading = () => document.getAnimations({subtree: true})
        .filter((each) => each.playState === 'running' && each.effect.getComputedTiming().iterations !== Infinity);
    const a_while = () => new Promise((resolve) => setTimeout(resolve, 1000));
    for (let waited = 0; fading().length && waited < 10; waited++)
        await Promise.race([Promise.allSettled(fading().map((each) => each.finished)), a_while()]);
    const rules = only.length ? {runOnly: only} : {};
    const {violations, passes, incomplete, inapplicable} =
        await axe.run(within, {resultTypes: ['violations'], ...rules});
    return {
        checked: violations.length + passes.length + incomplete.length + inapplicable.length,
        found: violations.flatMap(({id, help, nodes}) => nodes.map((node) =>
            ({id, help, target: node.target.flat().join(' '), html: node.html, says: node.failureSummary}))),
    };
}"""
"""Once nothing fades in any more; what was taken away while it faded never ends."""


@cache
def source() -> str:
    if not AXE.exists():
        said = "axe-core is not here: scripts/test installs it from tests/javascript/package.json"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    return AXE.read_text(encoding="utf-8")


AGAIN = 5
"""How often a page is looked at once more that is still being drawn; one that draws itself anew never rests."""


def findings(page: Page, within: str = "body") -> list[str]:
    """What axe finds below `within`, a line each; the page is in light before and afterwards."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(source())
    found = _found(page, within, LIGHT)
    page.emulate_media(color_scheme="dark")
    found += _found(page, within, DARK, COLOURS)
    page.emulate_media(color_scheme="light")
    return list(dict.fromkeys(found))


def _found(page: Page, within: str, paper: str, only: Sequence[str] = ()) -> list[str]:
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", paper)
    found = _run(page, within, only)
    for _ in range(AGAIN):
        if not found or found == (again := _run(page, within, only)):
            break
        found = again
    mode = "dark" if paper == DARK else "light"
    told = [_line(mode, each) for each in found if not _is_streamlits_own(page, each)]
    return told + [f"too faint ({mode}): {each}" for each in (faint(page) if within == "body" else ())]


def _run(page: Page, within: str, only: Sequence[str]) -> list[dict[str, str]]:
    said: dict[str, Any] = page.evaluate(RUN, {"within": within, "only": list(only)})
    assert said["checked"], "axe has looked at nothing"
    return list(said["found"])


def _line(mode: str, finding: dict[str, str]) -> str:
    return f"{finding['id']} ({mode}): {finding['target']}: {finding['html'][:160]} {finding['says']}"


def _is_streamlits_own(page: Page, finding: dict[str, str]) -> bool:
    node = page.locator(finding["target"]).first
    return any(
        finding["id"] == rule and node.evaluate("(node, of) => node.matches(of)", of)
        for rule, of in STREAMLITS_OWN
    )
