"""What of a long dashboard is proposed to be walked first; stops cut in two and joined."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vistas.importing import forms
from tests.vistas.importing.small import Tree, bring, dashboard, panel, routine
from vistas.importing import MOST_PROPOSED, can_join, cut, joined, propose, reworded
from vistas.routine import Stop

RED = {"defaults": {"thresholds": {"steps": [{"value": None, "color": "green"}, {"value": 5, "color": "red"}]}}}


def rows(*written: tuple[str, bool, Tree]) -> Tree:
    """A dashboard of rows, each with its title, whether it is folded, and its panel."""
    panels: list[Any] = []
    for number, (title, folded, each) in enumerate(written):
        row = {"type": "row", "title": title, "collapsed": folded, "gridPos": {"y": 2 * number}}
        placed = {**each, "gridPos": {"y": 2 * number + 1}}
        panels += [{**row, "panels": [placed]}] if folded else [row, placed]
    return dashboard(*panels)


def proposed(tree: Tree) -> list[str]:
    proposal = propose(bring(tree))
    return [stop.title for stop in proposal.stops if stop.stop in proposal.chosen]


def test_what_the_dashboard_folds_is_left_for_later() -> None:
    """Unless it folds everything."""
    assert proposed(rows(("A", False, panel()), ("B", True, panel()), ("C", False, panel()))) == ["A", "C"]
    assert proposed(rows(("A", True, panel()), ("B", True, panel()))) == ["A", "B"]


def test_stops_of_which_most_is_said_come_first_and_stand_in_their_order() -> None:
    plain = [(f"P{number}", False, panel()) for number in range(12)]
    told = [("why", False, panel(description="Because.")), ("normal", False, panel(fieldConfig=RED))]
    assert proposed(rows(*plain, *told)) == ["P0", "P1", "P2", "P3", "P4", "P5", "why", "normal"]
    assert len(proposed(rows(*plain))) == MOST_PROPOSED


@pytest.mark.parametrize("form", [forms.old, forms.collapsed, forms.second_resource, forms.perses])
def test_every_form_says_what_it_folds(form: Any) -> None:
    """The second row alone, in the way of each form."""
    tree = form()
    match form.__name__:
        case "old":
            tree["rows"][1]["collapse"] = True
        case "collapsed":
            tree["panels"][0] |= {"collapsed": False}
        case "second_resource":
            tree["spec"]["layout"]["spec"]["rows"][1]["spec"]["collapse"] = True
        case _:
            tree["spec"]["layouts"][1]["spec"]["display"]["collapse"] = {"open": False}
    assert proposed(tree) == ["CPU"]


def test_parts_of_a_long_dashboard_are_proposed_as_one() -> None:
    many = rows(*[("Row", False, panel()) for _ in range(45)])
    proposal = propose(bring(many))
    assert len(proposal.stops) == len({stop.stop for stop in proposal.stops}) == 45
    assert proposal.routine.title == "D"


def test_nothing_is_proposed_of_what_cannot_be_looked_at() -> None:
    with pytest.raises(ValueError, match="nothing of this dashboard"):
        propose(bring(dashboard(panel("logs"))))


def stop_of(*titles: str, **rest: Any) -> Stop:
    (stop,) = routine(dashboard({"type": "row", "title": "R"}, *[panel(title=t, **rest) for t in titles])).stops
    return stop


def test_cut_stop_is_two() -> None:
    first, second = cut(stop_of("a", "b", "c"), 1, {"r", "b"})
    assert [look.title for look in first.looks] == ["a"]
    assert [look.title for look in second.looks] == ["b", "c"]
    assert (second.stop, second.title, second.question) == ("b-2", "b", "What does “b” show this morning?")


@pytest.mark.parametrize("at", [0, 2, -1, 5])
def test_nothing_is_cut_off_that_leaves_nothing(at: int) -> None:
    with pytest.raises(ValueError, match="cannot be cut"):
        cut(stop_of("a", "b"), at, ())


def test_joined_stop_says_what_both_said() -> None:
    told = stop_of("a", description="Because.", fieldConfig=RED)
    both = joined(stop_of("a"), told)
    assert [look.look for look in both.looks] == ["a", "a-2"]
    assert (both.why, both.normal) == (told.why, told.normal)
    assert both.plainly == stop_of("a").plainly
    assert joined(told, told).why == told.why


def test_question_that_somebody_worded_is_kept_when_stops_are_joined() -> None:
    worded = reworded(stop_of("a"), "", "Is it up?")
    assert joined(stop_of("b"), worded).question == "Is it up?"
    assert joined(worded, stop_of("b")).question == "Is it up?"


def test_joined_stop_is_never_too_long() -> None:
    seven = stop_of(*"abcdefg")
    assert not can_join(seven, seven)
    with pytest.raises(ValueError, match="12 looks at most"):
        joined(seven, seven)


def test_empty_words_change_nothing() -> None:
    stop = stop_of("a")
    assert reworded(stop, " ", "") == stop
    assert reworded(stop, "A rather long title of a stop", "Why?\nReally?").question == "Why? Really?"
