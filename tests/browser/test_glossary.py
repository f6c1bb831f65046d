"""Words of the glossary open where they stand, and what somebody marks can be explained, in real Chromium."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]
AT_THE_WORD = """() => {
  const [range] = [...CSS.highlights.get('mv-explained')];
  const {left, top, width, height} = range.getBoundingClientRect();
  return {text: range.toString(), x: left + width / 2, y: top + height / 2};
}"""
UNDERLINED = "() => globalThis.CSS?.highlights?.get('mv-explained')?.size > 0"
MARK = """(word) => {
  const texts = document.createTreeWalker(document.querySelector('.stMain'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, at = text.data.indexOf(word);
    if (at >= 0) return getSelection().setBaseAndExtent(text, at, text, at + word.length);
  }
  throw new Error(`“${word}” is not on the page`);
}"""


@pytest.fixture(scope="module")
def knowledge(app_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    environment = {"VISTAS_DATA": str(tmp_path_factory.mktemp("glossary")), "VISTAS_PERSON": "Ada"}
    return f"{app_server(ROOT / 'streamlit_app.py', env=environment)}/knowledge?of=Glossary"


def test_an_explained_word_opens_where_it_stands(knowledge: str, new_page: Callable[..., Page]) -> None:
    page = new_page(name="Ada")
    page.goto(knowledge)
    page.wait_for_function(UNDERLINED)
    word = page.evaluate(AT_THE_WORD)
    page.mouse.click(word["x"], word["y"])
    card = page.get_by_role("dialog", name="Glossary")
    expect(card.get_by_role("heading")).to_have_text(word["text"])
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.keyboard.press("Alt+g")
    expect(card).to_be_visible()


def test_a_marked_word_is_explained_for_everybody(knowledge: str, new_page: Callable[..., Page]) -> None:
    """By its first reader it is explained, by its second it is found."""
    page, other = new_page(name="Ada"), new_page()
    page.goto(knowledge)
    page.wait_for_function(UNDERLINED)
    page.evaluate(MARK, "front door")
    page.get_by_role("button", name="Explain “front door”").click()
    page.get_by_label("What “front door” means").fill("Where <b>requests</b> come in")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Where <b>requests</b> come in")).to_be_visible()
    other.goto(knowledge)
    expect(other.get_by_text("Where <b>requests</b> come in")).to_be_visible()
