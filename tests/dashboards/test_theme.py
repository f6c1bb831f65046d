"""The colours: readable in both modes, told apart, and the same in the app's settings."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

import dashboards
from dashboards.ui import theme
from dashboards.ui.theme import TOKENS, properties

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"
TEXT = ["ink", "soft", "accent", "link", "red", "green", "amber", "blue"]
LINES = [name for name in TOKENS if name.startswith("series-")]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", TEXT)
def test_words_are_readable_on_paper_and_on_cards(name, mode):
    """WCAG AA: 4.5 to 1 for text, in both modes."""
    for ground in ("paper", "lift"):
        assert contrast(TOKENS[name][mode], TOKENS[ground][mode]) >= 4.5, ground


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", LINES)
def test_lines_are_seen_on_paper(name, mode):
    """WCAG AA: 3 to 1 for what is drawn."""
    assert contrast(TOKENS[name][mode], TOKENS["paper"][mode]) >= 3


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_the_number_in_a_dot_is_readable(mode):
    assert contrast(TOKENS["accent"][mode], TOKENS["paper"][mode]) >= 4.5


def test_light_colours_differ_so_that_a_chart_can_be_repainted_by_them():
    for one, other in combinations(TOKENS, 2):
        assert TOKENS[one][0] != TOKENS[other][0], (one, other)


def test_the_apps_settings_use_the_same_paper_ink_and_accent():
    theme = tomllib.loads(CONFIG.read_text())["theme"]
    for mode, name in enumerate(("light", "dark")):
        assert theme[name]["backgroundColor"] == TOKENS["paper"][mode]
        assert theme[name]["textColor"] == TOKENS["ink"][mode]
        assert theme[name]["primaryColor"] == TOKENS["accent"][mode]


def test_every_colour_is_a_custom_property_that_follows_the_mode():
    assert "--accent:light-dark(#B0512B,#E89A6C);" in properties()


def test_every_concept_is_dressed() -> None:
    """Its stylesheet lies in its folder, and is found there."""
    folder = Path(dashboards.__file__).parent
    sheets = [path for path in folder.rglob("*.css") if "components" not in path.parts]
    own = [path.read_text(encoding="utf-8") for path in sheets]
    assert len(own) >= 12
    assert [sheet for sheet in own if sheet not in theme._sheet()] == []
