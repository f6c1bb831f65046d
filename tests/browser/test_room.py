"""A session room in three browsers: come together, turn to something, look around, turn away and back, host on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.room_stage import begin_room, busy_with, join, link_of, turn_to
from vistas.practice.session import ActivityKind

APP = Path(__file__).parents[2] / "streamlit_app.py"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(app_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Nothing is connected."""
    home = tmp_path_factory.mktemp("room")
    env = {"VISTAS_DATA": str(home / "data"), "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    return app_server(APP, env=env)


def test_who_joins_is_with_the_host_wherever_the_host_turns(address: str, new_page: Open) -> None:
    host = begin_room(new_page(), address, "Maya")
    guest = join(new_page(), link_of(host), "Tomás")
    expect(host.locator(".st-key-people")).to_contain_text("Tomás")
    turn_to(host, ActivityKind.TOPIC, "Why was it slow")
    expect(busy_with(guest)).to_contain_text("Why was it slow")
