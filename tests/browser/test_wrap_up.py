"""The wrap-up in real Chromium: everybody's words, one page to keep, a message that leaves only after a click."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.room_stage import begin_room, join, link_of, turn_to
from vistas.practice.session import ActivityKind

ROOT = Path(__file__).parents[2]
POSTED: list[str] = []


class _Chat(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        POSTED.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def webhook() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Chat)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hooks/team"
    server.shutdown()
    server.server_close()


def test_what_several_learned_becomes_a_page_and_a_message(
    webhook: str,
    app_server: Callable[..., str],
    tmp_path_factory: pytest.TempPathFactory,
    new_page: Callable[..., Page],
) -> None:
    """Nothing is posted before somebody has seen it and said so."""
    POSTED.clear()
    data = str(tmp_path_factory.mktemp("wrap-up"))
    address = app_server(
        ROOT / "streamlit_app.py",
        env={"VISTAS_DATA": data, "VISTAS_CHAT__WEBHOOK_ENV": "TEAM_CHAT", "TEAM_CHAT": webhook},
    )
    maya = begin_room(new_page(), address, "Maya", "Monday")
    turn_to(maya, ActivityKind.WRAP_UP, "What we take home")
    tomas = join(new_page(), link_of(maya), "Tomás")
    for page, said in ((maya, "Disks fill at night"), (tomas, "Support *knew* before we did")):
        line = page.get_by_placeholder("What I take away")
        line.fill(said)
        line.press("Enter")
        expect(maya.locator(".st-key-wrapping-up").get_by_text(said)).to_be_visible()
    tomas.get_by_role("button", name="Pick up again next time").first.click()
    expect(maya.get_by_role("button", name="For next time", exact=True)).to_be_visible()
    with maya.expect_download() as started:
        maya.get_by_role("button", name="One page, as Markdown").click()
    page = started.value.path().read_text(encoding="utf-8")
    assert r"- Support \*knew\* before we did *(Tomás)*" in page
    assert "## For next time\n\n- Disks fill at night" in page
    maya.get_by_role("button", name="Post to chat").click()
    expect(maya.get_by_test_id("stPopoverBody")).to_contain_text("• Support *knew* before we did (Tomás)")
    assert POSTED == []
    maya.get_by_role("button", name="Post", exact=True).click()
    expect(maya.get_by_text("Posted.")).to_be_visible()
    (message,) = POSTED
    assert "What we learned:\n• Disks fill at night (Maya)" in message
