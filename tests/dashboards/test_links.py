"""Addresses that leave the app lead to places that are there."""

from __future__ import annotations

from uuid import UUID

import pytest

from dashboards.knowledge import SECTIONS
from dashboards.ui import links
from dashboards.ui.places import Place


def test_every_section_that_a_link_names_is_on_the_knowledge_page() -> None:
    """A wrong one would open the first section instead, and say nothing."""
    assert {*links.SECTIONS.values(), links.EXPERTISE} <= set(SECTIONS)


def test_a_page_is_called_in_an_address_as_its_script_is() -> None:
    """With hyphens: links that were sent once go on leading there."""
    paths = {
        "morning",
        "walk",
        "wrap-up",
        "library",
        "replay",
        "sources",
        "session",
        "knowledge",
        "compare",
        "import",
        "record",
        "routine",
    }
    assert {place.path for place in Place} == paths


@pytest.mark.parametrize(
    ("place", "parameters", "address"),
    [
        (Place.REPLAY, links.stop(UUID(int=1), "front door"), f"replay?vista={UUID(int=1)}&stop=front+door"),
        (Place.WRAP_UP, {"vista": "a&b=c"}, "wrap-up?vista=a%26b%3Dc"),
    ],
)
def test_an_address_holds_its_parameters_whatever_is_in_them(
    place: Place, parameters: links.Parameters, address: str
) -> None:
    assert links.near(place, parameters) == address
