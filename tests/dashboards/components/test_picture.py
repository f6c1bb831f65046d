"""The hills a vista is known by."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dashboards.components.picture import picture_html

heights = st.floats(allow_nan=True, allow_infinity=True)


@given(st.lists(st.lists(heights, max_size=30), max_size=6))
def test_whatever_the_ridges_the_hills_stay_in_the_picture(ridges):
    """Every point lies between the picture's edges; there are at most four hills, and never none."""
    html = picture_html(ridges, height=120)
    shares = [float(number) for number in re.findall(r"(-?[\d.]+)%", html)]
    assert all(0 <= share <= 100 for share in shares)
    assert 1 <= html.count("clip-path") <= 4


def test_the_label_is_text():
    html = picture_html([[0, 1]], height=80, label='"><script>')
    assert "<script>" not in html
    assert 'role="img"' in html


def test_without_a_label_it_is_decoration():
    assert 'aria-hidden="true"' in picture_html([[0, 1]], height=80)


def test_the_same_morning_has_the_same_picture():
    ridges = [[0.1, 0.5, 0.2], [0.3, 0.2, 0.9]]
    assert picture_html(ridges, height=80) == picture_html(ridges, height=80)
