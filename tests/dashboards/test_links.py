"""Addresses that leave the app lead to places that are there."""

from __future__ import annotations

from dashboards import links
from dashboards.knowledge import SECTIONS


def test_every_section_that_a_link_names_is_on_the_knowledge_page() -> None:
    """A wrong one would open the first section instead, and say nothing."""
    assert set(links.SECTIONS.values()) <= set(SECTIONS)
