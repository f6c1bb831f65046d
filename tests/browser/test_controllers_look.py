"""Two controllers side by side, in a real browser: marked by controller and measure, and said in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.gestures import drag, write

STAGE = Path(__file__).parent / "component_stage.py"


def test_a_stretch_of_one_measure_names_both_controllers(
    app_server: Callable[..., str], browser_page: Page
) -> None:
    """A drag in one panel is about its lines, by labels that another morning's data has, too."""
    page = browser_page
    page.goto(f"{app_server(STAGE)}/?stage={uuid4().hex}&looks=controllers")
    page.wait_for_selector(".mv-drawn .xtick text")
    drag(page, page.locator(".mv-target"), 0.55, 0.65, row=0.08)
    write(page, "the move")
    texts = page.get_by_test_id("stText").filter(has_text='"anchor"')
    expect(texts).to_have_count(1)
    anchor = json.loads(texts.first.inner_text())["anchor"]
    assert anchor["series"] == [
        {"controller": "ingress-nginx", "measure": "requests"},
        {"controller": "Traefik", "measure": "requests"},
    ]
    said = re.compile("ingress-nginx: 43.4\u202f?k requests")
    expect(page.locator(".mv-target")).to_have_attribute("aria-label", said)
