"""Empty pages: a sentence on what people use each for, and a small picture of it, in the theme's colours."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.state import SECTION
from dashboards.ui import empty
from dashboards.ui.empty.page import _FILLS
from dashboards.ui.places import Place
from dashboards.ui.theme import TOKENS
from tests.dashboards.apptest import opened, started

PICTURES = Path(empty.__file__).parent / "pictures"
OWN = {"edge", "stroke", "green-soft", "blue-soft", "accent-soft", "accent-line", "then-line"}
SHOWN = {
    empty.Picture.MORNINGS: (Place.MORNING, ""),
    empty.Picture.LIBRARY: (Place.LIBRARY, ""),
    empty.Picture.SESSIONS: (Place.SESSION, ""),
    empty.Picture.COMPARE: (Place.COMPARE, ""),
    empty.Picture.DRAFTS: (Place.RECORD, ""),
    empty.Picture.SOURCES: (Place.SOURCES, ""),
    empty.Picture.DECISIONS: (Place.KNOWLEDGE, "Decisions"),
    empty.Picture.EXPERTISE: (Place.KNOWLEDGE, "Expertise"),
    empty.Picture.WHEELS: (Place.KNOWLEDGE, "Wheels"),
    empty.Picture.ROUNDS: (Place.KNOWLEDGE, "Rounds"),
    empty.Picture.MATRICES: (Place.KNOWLEDGE, "Matrices"),
    empty.Picture.GLOSSARY: (Place.KNOWLEDGE, "Glossary"),
}


def pictures(app: AppTest) -> list[str]:
    assert not app.exception
    return [each.proto.body for each in app.get("html") if 'class="mv-filled"' in each.proto.body]


def test_each_empty_page_shows_itself_filled(afresh: None) -> None:
    """Once the recordings are removed."""
    started().button(key="samples-remove").click().run()
    shown = {}
    for picture, (place, section) in SHOWN.items():
        app = opened(place, **({SECTION: section} if section else {}))
        (shown[picture],) = pictures(app)
        assert any(line.value.startswith("**") and ":gray[" in line.value for line in app.markdown), place
    assert len(set(shown.values())) == len(empty.Picture)
    for drawn in shown.values():
        content = b64decode(drawn.partition("base64,")[2].partition('"')[0]).decode()
        assert "prefers-color-scheme:dark" in content
        assert TOKENS["ink"][0] in content
        assert TOKENS["ink"][1] in content


@pytest.mark.parametrize("picture", empty.Picture)
def test_a_picture_is_small_and_has_only_the_themes_colours(picture: empty.Picture) -> None:
    file = PICTURES / f"{picture.value}.svg"
    assert file.stat().st_size < 10_000
    root = ET.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314 - a file of ours
    for element in root.iter():
        assert not {"fill", "stroke", "style"} & set(element.attrib)
        assert set(element.get("class", "").split()) <= {*_FILLS, *OWN}


def test_no_picture_is_left_over() -> None:
    assert {file.stem for file in PICTURES.iterdir()} == {picture.value for picture in empty.Picture}
