"""The app without a browser: its pages over the bundled recordings, and what they show."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboards.state import BrowserState
from dashboards.ui.places import Place

APP = Path(__file__).parents[2] / "streamlit_app.py"


def started(name: str = "Maya") -> AppTest:
    """The page that one comes to, after one run; as somebody whose browser remembers their name, or as nobody."""
    return seen_by(name, AppTest.from_file(str(APP), default_timeout=120)).run()


def seen_by(name: str, app: AppTest) -> AppTest:
    """Before its first run."""
    app.session_state["morning_vistas"] = BrowserState(name=name)
    return app


def opened(place: Place, name: str = "Maya", **parameters: object) -> AppTest:
    """A page after one run; parameters without a value are left out of its address."""
    app = started(name)
    app.switch_page(place.value)
    for key, value in parameters.items():
        if value:
            app.query_params[key] = str(value)
    return app.run()


def said(app: AppTest) -> str:
    """All its words, without the escapes of Markdown."""
    assert not app.exception
    shown = [*app.title, *app.header, *app.markdown, *app.text, *app.warning, *app.error]
    return "\n".join(str(element.value) for element in shown).replace("\\", "")


def labels(app: AppTest) -> set[str]:
    return {button.label.replace("\\", "") for button in app.button}
