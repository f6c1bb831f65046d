"""States over time: a band a thing, words beside colours, and a sentence for those who cannot see it."""

from __future__ import annotations

from plotly.graph_objects import Figure

from dashboards.components.table.states import state_table
from dashboards.figures import describe, figure_for
from dashboards.ui.theme import LIGHT, TOKENS
from tests.browser.stage_data import HOSTILE, instant_frame, state_frame
from tests.dashboards.figures.making import LISBON, WINDOW, look, snapshot
from tests.dashboards.test_theme import contrast
from vistas.routine import Drawing

STATES = {"0": "NotReady", "1": "Ready", "2": "Cordoned"}
LOOK = look(draw=Drawing.STATES, states=STATES, name="{{node}}")


def test_it_is_said_in_words_with_times() -> None:
    """What was not as usual, when, by the viewer's clock; then those that never changed."""
    said = describe("Nodes", figure_for(LOOK, snapshot(state_frame(5))), WINDOW, LISBON)
    assert said == (
        "Nodes, from Sun 08:00 to Mon 08:00 WET. node-5 was NotReady from 05:00 to 05:30; "
        "node-5 was 7 from 05:30 to 07:00; node-5 was Cordoned from 07:00 to 08:00; "
        "node-3 was NotReady from 10:00 to 16:00; 3 were Ready throughout."
    )
    of_many = describe("Nodes", figure_for(LOOK, snapshot(state_frame())), WINDOW, LISBON)
    assert "node-7 said nothing from 18:00 to 21:00" in of_many
    assert of_many.endswith("And 2 more, which changed less.")


def test_each_row_can_be_read_and_marked_by_its_labels() -> None:
    figure = figure_for(LOOK, snapshot(state_frame(5)))
    rows = [trace for trace in figure.data if trace.meta]
    assert [row.meta["labels"] for row in rows][:2] == [{"node": "node-5"}, {"node": "node-3"}]
    assert [run["word"] for run in rows[0].meta["runs"]] == ["Ready", "NotReady", "7", "Cordoned"]
    assert figure.layout.meta["panels"]["y"] == "node-5"
    assert HOSTILE in figure.layout.meta["panels"].values()


def test_what_lasted_longest_is_quiet_and_every_word_can_be_read() -> None:
    """In light and dark: the usual state in ink, the others in the paper's colour."""
    names = {light: name for name, light in LIGHT.items()}
    key = figure_for(LOOK, snapshot(state_frame())).layout.meta["key"]
    assert [each["text"] for each in key] == ["Ready", "NotReady", "Cordoned", "7"]
    assert names[key[0]["colour"]] == "then"
    for mode in (0, 1):
        for place, each in enumerate(key):
            ground, ink = TOKENS[names[each["colour"]]][mode], TOKENS["paper" if place else "ink"][mode]
            assert contrast(ground, ink) >= 4.5


def test_plotly_takes_it() -> None:
    for frame in (state_frame(), state_frame(0)):
        figure = figure_for(LOOK, snapshot(frame))
        assert Figure(figure.to_dict(), skip_invalid=False).to_dict() == figure.to_dict()
    assert describe("N", figure_for(LOOK, snapshot(state_frame(0))), WINDOW, LISBON).endswith("No data.")


def test_states_of_one_moment_are_a_table() -> None:
    table = state_table(look(draw=Drawing.STATES, states={"50": "half"}), instant_frame(["a", "b"]), WINDOW)
    assert [list(column) for column in table.cells] == [["a", "b"], ["100", "half"]]
    assert table.anchors[1]["series"] == [{"service": "b"}]
