"""What of a vista is shown, absent or in trouble; how absence is told; and a routine fitted to its landscape."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import vistas_alone
from tests.vistas.sharing.making import NODES, NOW, PODS, RATE, notice, objects, routine, series, snapshot, vista
from vistas.routine import Look, Routine
from vistas.snapshot import Absence, Frame, Gap, GapReason, Snapshot
from vistas.vista import Detour, Eyes, Vista
from vistas.vista.fitting import fitted
from vistas.vista.lacking import empty_line, line_of, reasons
from vistas.vista.presence import Standing, lacking_in, presence_at, standing, standing_of, stops_aside

NOT_HERE = Gap(GapReason.NOT_HERE, "It has none.", "Something else has.")
NO_CLUSTER = Gap(GapReason.NO_SOURCE, "No source called 'kubernetes' is connected.", "Add it.")
REFUSED = Gap(GapReason.REFUSED, "The cluster refused.")


def at(stop: str, look: Look, content: Frame | Gap, *absent: str, source: str = "") -> Snapshot:
    made = snapshot(look, content, absent=tuple(map(Absence, absent)), source=source or look.source)
    return replace(made, stop=stop)


def routine_of(**stops: tuple[Look, ...]) -> Routine:
    """Stops by their names, each with its looks."""
    (like,) = routine().stops
    made = tuple(
        like.model_copy(update={"stop": name, "title": name, "looks": looks}) for name, looks in stops.items()
    )
    return routine().model_copy(update={"stops": made})


def walked(planned: Routine, *snapshots: Snapshot, **changes: object) -> Vista:
    return vista(routine=planned, snapshots=snapshots, notices=(), walks=(), **changes)


# --- the rule


@pytest.mark.parametrize("reason", GapReason)
def test_only_what_is_not_of_this_landscape_is_absent(reason: GapReason) -> None:
    """Every other reason is trouble: it stays loud."""
    absent = {GapReason.NOT_HERE, GapReason.NO_SOURCE}
    assert (standing_of(reason) is Standing.ABSENT) == (reason in absent)
    assert standing(at("a", PODS, Gap(reason, "m"))) is standing_of(reason)


def test_an_empty_answer_is_shown() -> None:
    """That nothing meets a query is an answer."""
    assert standing(at("a", PODS, objects(name=[]))) is Standing.SHOWN


def test_what_went_stale_is_trouble() -> None:
    gone = at("a", PODS, NOT_HERE)
    assert standing(gone, frozenset({("a", "pods", "kubernetes")})) is Standing.TROUBLE
    assert standing(gone, frozenset({("a", "pods", "other")})) is Standing.ABSENT


def test_a_look_that_another_source_answers_is_not_wholly_absent() -> None:
    made = walked(
        routine_of(a=(PODS, RATE)),
        at("a", PODS, objects(name=["x"]), source="east"),
        at("a", PODS, NOT_HERE, source="west"),
        at("a", RATE, NOT_HERE),
    )
    found = presence_at(made, "a")
    assert [(each.look.look, each.is_whole) for each in found.lacking] == [("pods", False), ("rate", True)]
    assert [each.source for each in found.shown] == ["east"]
    assert not found.is_empty


def test_a_stop_without_all_answers_is_not_empty() -> None:
    planned = routine_of(a=(PODS, RATE))
    waiting = presence_at(walked(planned, at("a", PODS, NOT_HERE)), "a")
    assert [look.look for look in waiting.waiting] == ["rate"]
    assert not waiting.is_empty
    assert not presence_at(walked(planned, at("a", PODS, NOT_HERE), at("a", RATE, REFUSED)), "a").is_empty
    assert presence_at(walked(planned, at("a", PODS, NOT_HERE), at("a", RATE, NO_CLUSTER)), "a").is_empty


def test_the_absence_of_a_detour_is_told_where_it_was_asked() -> None:
    aside = Look(look="detour-1", title="Aside", source="prometheus", take="instant", query=("x",))
    snapshots = (at("a", PODS, NOT_HERE), at("a", aside, NOT_HERE))
    made = walked(routine_of(a=(PODS,)), *snapshots, detours=(Detour("a", aside, "Maya", NOW),))
    found = presence_at(made, "a")
    assert [found.folds(each) for each in snapshots] == [True, False]


@given(vistas_alone())
def test_each_look_of_a_stop_is_in_one_place(made: Vista) -> None:
    """Shown, trouble and folded are all there is, and no two of them have the same."""
    for stop in made.routine.stops:
        found = presence_at(made, stop.stop)
        folded = [each for lacking in found.lacking for each in lacking.snapshots]
        parts = [*found.shown, *found.trouble, *folded]
        assert len({id(each) for each in parts}) == len(parts)
        assert found.is_empty == (bool(folded) and not (found.shown or found.trouble or found.waiting))


# --- the walk


def test_a_stop_where_somebody_noticed_something_stays() -> None:
    planned = routine_of(a=(PODS,), b=(RATE,))
    made = walked(planned, at("a", PODS, NOT_HERE), at("b", RATE, series(1.0)))
    assert stops_aside(made) == {"a"}
    noticed = replace(made, notices=(notice(stop="a"),))
    assert stops_aside(noticed) == set()
    assert stops_aside(replace(made, eyes=Eyes.upon(noticed, "Maya"))) == set()
    assert stops_aside(made, frozenset({("a", "pods", "kubernetes")})) == set()


# --- the words

BUSY = Look(look="busy", title="How busy", source="prometheus", take="range", query=("node_load1",))
RESTARTS = Look(look="restarts", title="Restarts", source="prometheus", take="range", query=("kube_pod_x",))
MANY = Look(look="many", title="Requests per second, by proxy", source="prometheus", take="range", query=("x",))
RINGING = Look(look="ringing", title="Ringing", source="prometheus", take="alerts")
FIRING = Look(look="firing", title="Firing", source="prometheus", take="instant", query=("ALERTS",))


@pytest.mark.parametrize(
    ("snapshots", "says"),
    [
        ((at("a", PODS, NO_CLUSTER),), "One look has nothing to show here: no cluster."),
        ((at("a", PODS, NOT_HERE),), "One look has nothing to show here: no pods."),
        (
            (at("a", BUSY, NOT_HERE, "node_load1"), at("a", RESTARTS, NOT_HERE, "kube_pod_x")),
            "Two looks have nothing to show here: no metrics of node_exporter or kube-state-metrics.",
        ),
        (
            (at("a", MANY, NOT_HERE, "caddy_x", "envoy_x", "kong_x"),),
            "One look has nothing to show here: no metrics for requests per second.",
        ),
        (
            (at("a", MANY, NOT_HERE, "shop_x"),),
            "One look has nothing to show here: no metrics for requests per second.",
        ),
        ((at("a", RINGING, NOT_HERE),), "One look has nothing to show here: no alerting rules."),
        (
            (at("a", FIRING, NOT_HERE, "ALERTS"),),
            "One look has nothing to show here: no alert that is pending or firing.",
        ),
    ],
)
def test_one_line_says_what_is_not_there(snapshots: tuple[Snapshot, ...], says: str) -> None:
    looks = tuple(
        {each.look: each for each in (PODS, BUSY, RESTARTS, MANY, RINGING, FIRING)}[s.look] for s in snapshots
    )
    assert line_of(lacking_in(walked(routine_of(a=looks), *snapshots))) == says


def test_what_most_looks_lack_comes_first_and_no_more_than_four() -> None:
    looks = [Look(look=f"q{n}", title=f"Q{n}", source="prometheus", take="range", query=("x",)) for n in range(5)]
    planned = routine_of(a=(*looks, PODS, NODES))
    made = walked(
        planned,
        *(at("a", look, NOT_HERE, "shop_x") for look in looks),
        *(at("a", look, NO_CLUSTER) for look in (PODS, NODES)),
    )
    line = line_of(lacking_in(made))
    assert line.startswith("Seven looks have nothing to show here: no cluster, no metrics for Q0, ")
    assert line.endswith(", and 2 more.")


def test_what_only_some_sources_lack_is_said_of_those() -> None:
    made = walked(
        routine_of(a=(BUSY,)),
        at("a", BUSY, series(1.0), source="east"),
        at("a", BUSY, NOT_HERE, "node_load1", source="west"),
    )
    assert line_of(lacking_in(made)) == "One look has nothing to show from west: no metrics of node_exporter."
    (reason,) = reasons(lacking_in(made))
    assert (reason.titles, reason.sources) == (("How busy",), ("west",))


def test_nothing_absent_is_nothing_said() -> None:
    assert line_of(lacking_in(walked(routine_of(a=(PODS,)), at("a", PODS, REFUSED)))) == ""


def test_a_reason_is_told_once_for_all_its_looks() -> None:
    made = walked(
        routine_of(a=(PODS, RATE), b=(NODES,)),
        *(at("a", PODS, NO_CLUSTER), at("a", RATE, NOT_HERE, "x"), at("b", NODES, NO_CLUSTER)),
    )
    told = reasons(lacking_in(made))
    assert [(each.titles, each.gap) for each in told] == [
        (("Pods", "Nodes"), NO_CLUSTER),
        (("Requests",), NOT_HERE),
    ]
    assert empty_line(presence_at(made, "b").lacking) == "There is nothing to look at here: no cluster."


# --- a routine that fits


def test_a_look_goes_if_it_was_absent_and_a_stop_with_its_last() -> None:
    planned = routine_of(a=(PODS, RATE), b=(NODES,), c=(BUSY,))
    made = walked(
        planned,
        *(at("a", PODS, NO_CLUSTER), at("a", RATE, series(1.0))),
        *(at("b", NODES, NO_CLUSTER), at("c", BUSY, REFUSED)),
    )
    found = fitted(planned, made)
    assert found is not None
    assert [(stop.stop, look.look) for stop, look in found.looks] == [("a", "pods"), ("b", "nodes")]
    assert [stop.stop for stop in found.stops] == ["b"]
    left = [(stop.stop, look.look) for stop, look in found.routine.looks()]
    assert left == [("a", "rate"), ("c", "busy")]
    assert fitted(found.routine, made) is None


def test_never_to_an_empty_routine() -> None:
    planned = routine_of(a=(PODS,), b=(NODES,))
    assert fitted(planned, walked(planned, at("a", PODS, NO_CLUSTER), at("b", NODES, NO_CLUSTER))) is None


def test_what_may_come_back_stays() -> None:
    """An alert that is not firing is good news; what went stale is mended; what was not answered is not known."""
    planned = routine_of(a=(FIRING, BUSY, RATE, PODS))
    made = walked(
        planned,
        *(at("a", FIRING, NOT_HERE, "ALERTS"), at("a", BUSY, NOT_HERE, "node_load1")),
        at("a", PODS, objects(name=["x"])),
    )
    assert fitted(planned, made, frozenset({("a", "busy", "prometheus")})) is None
    found = fitted(planned, made)
    assert found is not None
    assert [look.look for _, look in found.looks] == ["busy"]


def test_a_look_that_asks_something_else_by_now_stays() -> None:
    planned = routine_of(a=(BUSY, PODS))
    made = walked(planned, at("a", BUSY, NOT_HERE, "node_load1"), at("a", PODS, objects(name=["x"])))
    newer = BUSY.model_copy(update={"query": ("load_average",)})
    assert fitted(routine_of(a=(newer, PODS)), made) is None


@given(vistas_alone(), st.data())
def test_what_is_left_is_what_was_there(made: Vista, data: st.DataObject) -> None:
    """Whatever was absent: nothing is added, and nothing that was shown goes."""
    looks = [(stop.stop, look.look) for stop, look in made.routine.looks()]
    gone = data.draw(st.sets(st.sampled_from(looks)))
    snapshots = tuple(
        at(stop.stop, look, NOT_HERE if (stop.stop, look.look) in gone else objects(name=["x"]))
        for stop, look in made.routine.looks()
    )
    found = fitted(made.routine, replace(made, snapshots=snapshots, detours=()))
    left = looks if found is None else [(stop.stop, look.look) for stop, look in found.routine.looks()]
    assert left == (looks if len(gone) == len(looks) else [place for place in looks if place not in gone])
