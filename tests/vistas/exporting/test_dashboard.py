"""What a routine is as a dashboard, and what is told of what it is not."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from vistas.exporting import export_dashboard
from vistas.routine import Drawing, Look, Routine, Stop, Unit, Variable

Tree = dict[str, Any]


def a_look(**told: Any) -> Look:
    given = {"look": "a", "title": "A", "source": "prometheus", "take": "range", "query": "up", **told}
    return Look.model_validate(given)


def a_routine(*looks: Look, variables: tuple[Variable, ...] = (), **words: str) -> Routine:
    texts = {"question": "Q?", "why": "W.", "normal": "N.", "plainly": "P.", **words}
    named = tuple(look.model_copy(update={"look": f"look-{place}"}) for place, look in enumerate(looks))
    stop = Stop(stop="one", title="One", looks=named, **texts)
    return Routine(routine="door", title="The door", about="About.", variables=variables, stops=(stop,))


def panels(*looks: Look, variables: tuple[Variable, ...] = (), **words: str) -> list[Tree]:
    """Those of the looks, and before them that of the stop's words."""
    _, *shown = export_dashboard(a_routine(*looks, variables=variables, **words)).dashboard["panels"]
    return shown


def told(*looks: Look, variables: tuple[Variable, ...] = ()) -> list[str]:
    return [said for _, said in export_dashboard(a_routine(*looks, variables=variables)).told]


def test_a_stop_is_a_row_with_its_words_and_its_looks() -> None:
    row, words, panel = export_dashboard(a_routine(a_look())).dashboard["panels"]
    assert (row["type"], row["title"]) == ("row", "One")
    assert words["options"] == {
        "mode": "markdown",
        "content": "### Q?\n\nP.\n\n**Why I look here.** W.\n\n**What normal looks like.** N.",
    }
    assert (panel["type"], panel["title"], panel["targets"][0]["expr"]) == ("timeseries", "A", "up")
    assert len({each["id"] for each in (row, words, panel)}) == 3


def test_words_are_no_markup_and_have_their_variables() -> None:
    where = Variable(variable="ns", values=("a", "b"))
    words, _ = panels(a_look(), variables=(where,), question="<b>*$ns* ${ns} $other", why="a\n\n# b")
    said = words["options"]["content"]
    assert said.startswith("### \\<b\\>\\*$ns\\* ${ns} \\$other\n")
    assert "a\n\n\\# b" in said


def test_panels_do_not_overlap() -> None:
    looks = [a_look(), a_look(take="instant"), a_look(draw="heatmap"), a_look(), a_look(take="pods", query=())]
    taken: set[tuple[int, int]] = set()
    for panel in export_dashboard(a_routine(*looks)).dashboard["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken
        taken |= cells


def test_what_grafana_has_no_panel_for_is_said_in_its_place() -> None:
    look = a_look(source="kubernetes", take="stands-out", query=(), title="Stands out")
    _, instead = panels(look)
    assert (instead["type"], instead["title"]) == ("text", "Stands out")
    assert "*kubernetes* for *stands-out*" in instead["options"]["content"]
    assert told(look) == [
        "asks kubernetes for stands-out, for which Grafana has no panel: there are words in its place"
    ]


def test_what_rings_is_a_list_of_alerts() -> None:
    _, panel = panels(a_look(take="alerts", query=(), where={"severity": 'p"'}))
    assert panel["type"] == "alertlist"
    assert panel["options"]["alertInstanceLabelFilter"] == '{severity="p\\""}'


def test_alternatives_are_asked_at_once_and_that_is_told() -> None:
    look = a_look(query=[f"metric_{number}" for number in range(30)])
    _, panel = panels(look)
    assert [target["expr"] for target in panel["targets"]] == list(look.query)
    assert [target["refId"] for target in panel["targets"]][24:28] == ["Y", "Z", "AA", "AB"]
    assert told(look) == ["asks 30 queries at once; here the first of them that answers"]


def test_dates_are_milliseconds_there() -> None:
    look = a_look(unit=Unit.DATES)
    _, panel = panels(look)
    assert panel["targets"][0]["expr"] == "(up) * 1000"
    assert told(look) == ["has its dates multiplied by 1000: Grafana's are milliseconds"]


def test_states_have_their_words() -> None:
    _, panel = panels(a_look(draw=Drawing.STATES, states={"0": "down", "1": "up"}))
    assert panel["type"] == "state-timeline"
    (mapping,) = panel["fieldConfig"]["defaults"]["mappings"]
    assert {number: shown["text"] for number, shown in mapping["options"].items()} == {"0": "down", "1": "up"}


def test_a_heatmap_of_buckets_asks_for_them_as_such() -> None:
    _, buckets = panels(a_look(query="sum by (le) (rate(x_bucket[5m]))", draw="heatmap"))
    _, series = panels(a_look(query="sum by (level) (x)", draw="heatmap"))
    assert buckets["targets"][0]["format"] == "heatmap"
    assert "format" not in series["targets"][0]


def test_times_of_its_own_are_in_one_unit() -> None:
    _, panel = panels(a_look(window=timedelta(days=1, hours=12), offset=timedelta(days=7)))
    assert (panel["timeFrom"], panel["timeShift"]) == ("36h", "7d")


def test_each_source_is_chosen_by_itself() -> None:
    """By a name that is no other variable's."""
    clash = Variable(variable="datasource", values=("a", "b"))
    dashboard = export_dashboard(a_routine(a_look(), a_look(source="shop.eu"), variables=(clash,))).dashboard
    names = [each["name"] for each in dashboard["templating"]["list"]]
    assert names == ["datasource_", "datasource_shop_eu", "datasource"]
    uids = [panel["datasource"]["uid"] for panel in dashboard["panels"][2:]]
    assert uids == ["${datasource_}", "${datasource_shop_eu}"]


def test_what_grafana_cannot_list_is_typed_and_that_is_told() -> None:
    where = Variable(variable="ns", objects="namespaces", several=True, every=".+", default=("shop", "mail"))
    dashboard = export_dashboard(a_routine(a_look(), variables=(where,))).dashboard
    typed = dashboard["templating"]["list"][-1]
    assert (typed["type"], typed["query"]) == ("textbox", "shop|mail")
    assert told(a_look(), variables=(where,)) == ["is typed in Grafana, which cannot list a cluster's objects"]


def test_it_shows_what_was_noticed_and_put_there() -> None:
    dashboard = export_dashboard(a_routine(a_look())).dashboard
    (notices,) = dashboard["annotations"]["list"]
    assert notices["target"]["tags"] == ["morning-vistas"]
    assert dashboard["tags"] == ["morning-vistas"]
    assert dashboard["schemaVersion"] == 39
    assert json.loads(json.dumps(dashboard)) == dashboard
