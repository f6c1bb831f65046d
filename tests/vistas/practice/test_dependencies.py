"""What was seen to need what: three witnesses, one name for one thing, and what each of them saw."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vistas.sharing.making import NOW, SERIES, WINDOW, routine, snapshot, vista
from vistas.practice.landscape.dependencies import Dependency, LookReference, Through, elements, observed
from vistas.routine import Look, Unit
from vistas.snapshot import Frame, FrameKind, Gap, GapReason
from vistas.vista import Vista

LINKS = Look(look="links", title="Links", source="kubernetes", take="dependencies")
REQUESTS = Look(look="requests", title="Requests", source="ingress", take="requests")
UPSTREAMS = Look(look="upstreams", title="Upstreams", source="ingress", take="upstreams")
GRAPH = Look(
    look="graph", title="Graph", source="prometheus", take="range", query=("x",), unit=Unit.REQUESTS_PER_SECOND
)
COLUMNS = ("kind", "namespace", "name", "needs_kind", "needs_namespace", "needs", "host", "path")
SECONDS = WINDOW.span.total_seconds()


def seen(*taken: tuple[Look, Frame | Gap]) -> Vista:
    looks = [look for look, _ in taken]
    snapshots = tuple(snapshot(look, content) for look, content in taken)
    return replace(vista(), routine=routine(*looks), snapshots=snapshots, detours=())


def links(*rows: tuple[str | None, ...]) -> Frame:
    return Frame(FrameKind.OBJECTS, pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row"))


def route(host: str, service: str, path: str = "/") -> tuple[str | None, ...]:
    return ("Ingress", "shop", "front", "Service", "shop", service, host, path)


def behind(service: str, workload: str, kind: str = "Deployment") -> tuple[str | None, ...]:
    return ("Service", "shop", service, kind, "" if kind == "Host" else "shop", workload, None, None)


def counted(*rows: tuple[str | None, str | None, int], count: str = "requests") -> Frame:
    schema = {"host": pl.String, "service": pl.String, count: pl.UInt64}
    kind = FrameKind.REQUESTS if count == "requests" else FrameKind.OBJECTS
    return Frame(kind, pl.DataFrame(rows, schema=schema, orient="row"))


def graph(*series: tuple[dict[str, str], list[float]]) -> Frame:
    rows = [
        {
            "labels": [{"name": name, "value": value} for name, value in sorted(labels.items())],
            "times": [NOW] * len(values),
            "values": values,
        }
        for labels, values in series
    ]
    return Frame(FrameKind.SERIES, pl.DataFrame(rows, schema=SERIES))


def calls(client: str, server: str, *values: float) -> tuple[dict[str, str], list[float]]:
    return {"client": client, "server": server}, list(values) or [1.0]


def pairs(found: tuple[Dependency, ...]) -> list[tuple[str, str]]:
    return [(one.needs, one.needed) for one in found]


def test_a_door_needs_the_workloads_behind_its_services() -> None:
    found = observed(seen((LINKS, links(route("shop.example", "web"), behind("web", "web-v2")))))
    assert found == (
        Dependency(
            "shop.example", "shop/web-v2", (Through.CLUSTER,), (LookReference("errors", "links", "kubernetes"),)
        ),
    )


def test_several_workloads_behind_a_service_do_not_need_each_other() -> None:
    frame = links(route("shop.example", "web"), behind("web", "web"), behind("web", "canary"))
    assert pairs(observed(seen((LINKS, frame)))) == [
        ("shop.example", "shop/canary"),
        ("shop.example", "shop/web"),
    ]


def test_a_route_without_a_host_is_a_door_by_its_own_name() -> None:
    assert pairs(observed(seen((LINKS, links(route("*", "web")))))) == [("shop/front", "shop/web")]


def test_a_service_that_stands_for_a_host_elsewhere_is_that_host() -> None:
    frame = links(route("shop.example", "bank"), behind("bank", "bank.example", "Host"))
    assert pairs(observed(seen((LINKS, frame)))) == [("shop.example", "bank.example")]


def test_all_witnesses_of_one_pair_are_told_together() -> None:
    """The largest rate of those who count; evidence of each in the order of the walk."""
    wired = links(route("shop.example", "web"), behind("web", "web-v2"))
    meshed = {
        "source_workload": "web-v2",
        "source_workload_namespace": "shop",
        "destination_workload": "orders",
        "destination_workload_namespace": "shop",
    }
    found = observed(
        seen(
            (LINKS, wired),
            (REQUESTS, counted(("shop.example", "shop/web:80", int(3 * SECONDS)))),
            (UPSTREAMS, counted(("shop.example", "shop/web:80", int(4 * SECONDS)), count="attempts")),
            (GRAPH, graph((meshed, [1.0, 2.0, float("nan")]), calls("web", "mail", 0.5))),
        )
    )
    door, mail, orders = found
    assert (door.needs, door.needed) == ("shop.example", "shop/web-v2")
    assert door.through == (Through.CLUSTER, Through.LOGS)
    assert [one.look for one in door.evidence] == ["links", "requests", "upstreams"]
    assert door.requests_per_second == pytest.approx(4)
    assert (mail.needs, mail.needed, mail.requests_per_second) == ("shop/web-v2", "mail", 0.5)
    assert (orders.needs, orders.needed, orders.requests_per_second) == ("shop/web-v2", "shop/orders", 1.5)
    assert orders.through == (Through.GRAPH,)


@pytest.mark.parametrize("written", ["shop/web", "shop/web:80", "shop/web (HTTPRoute)", "shop-web-80", "web"])
def test_a_service_is_found_however_it_is_written(written: str) -> None:
    frames = (LINKS, links(route("shop.example", "web"))), (REQUESTS, counted(("shop.example", written, 6)))
    (found,) = observed(seen(*frames))
    assert found.through == (Through.CLUSTER, Through.LOGS)


def test_a_name_that_may_mean_two_things_stays_as_it_was_written() -> None:
    elsewhere = ("Ingress", "mail", "front", "Service", "mail", "web", "mail.example", "/")
    frames = (LINKS, links(route("shop.example", "web"), elsewhere)), (GRAPH, graph(calls("cart", "web")))
    assert ("cart", "web") in pairs(observed(seen(*frames)))


def test_lines_without_a_host_belong_to_the_only_door_that_leads_there() -> None:
    """With two doors, or none that is known, it is the source that saw them."""
    lines = (REQUESTS, counted(("", "shop-web-80", 6), ("_", "shop-two-80", 6), (None, "shop-new-80", 6)))
    two = route("shop.example", "two"), route("mail.example", "two")
    found = pairs(observed(seen((LINKS, links(route("shop.example", "web"), *two)), lines)))
    assert found == [
        ("ingress", "shop-new-80"),
        ("ingress", "shop/two"),
        ("mail.example", "shop/two"),
        ("shop.example", "shop/two"),
        ("shop.example", "shop/web"),
    ]


@pytest.mark.parametrize(
    "series",
    [
        calls("web", "mail", 0.0, 0.0),
        calls("web", "mail", float("nan")),
        calls("user", "web"),
        calls("web", "web"),
        ({"job": "node"}, [1.0]),
        ({"source_workload": "unknown", "destination_workload": "web"}, [1.0]),
    ],
    ids=["silent", "unknown", "a visitor", "itself", "no graph", "nobody"],
)
def test_a_series_that_tells_of_no_call_is_no_dependency(series: tuple[dict[str, str], list[float]]) -> None:
    assert observed(seen((GRAPH, graph(series)))) == ()


def test_shares_of_failed_calls_are_not_numbers_of_calls() -> None:
    share = GRAPH.model_copy(update={"unit": Unit.RATIO})
    assert observed(seen((share, graph(calls("web", "mail", 0.5))))) == ()


def test_a_gap_shows_nothing_and_takes_nothing_from_the_others() -> None:
    gap = Gap(GapReason.REFUSED, "Not allowed.")
    assert pairs(observed(seen((LINKS, gap), (GRAPH, graph(calls("web", "mail")))))) == [("web", "mail")]


@pytest.mark.parametrize("take", ["dependencies", "requests", "upstreams", "pods"])
def test_tables_with_other_columns_show_nothing(take: str) -> None:
    look = Look(look="it", title="It", source="x", take=take)
    assert observed(seen((look, Frame(FrameKind.OBJECTS, pl.DataFrame({"name": ["web"]}))))) == ()


def test_workloads_that_another_look_shows_tell_where_a_namespace_ends() -> None:
    pods = Look(look="pods", title="Pods", source="kubernetes", take="deployments")
    known = Frame(FrameKind.OBJECTS, pl.DataFrame({"namespace": ["my-shop"], "name": ["web"]}))
    lines = (REQUESTS, counted(("shop.example", "my-shop-web-80", 6)))
    assert pairs(observed(seen((pods, known), lines))) == [("shop.example", "my-shop/web")]


NAMES = st.sampled_from(["a", "b", "c", "shop.example"])


@given(st.lists(st.tuples(NAMES, NAMES), max_size=12))
def test_every_pair_is_told_once_and_every_element_belongs_to_one(called: list[tuple[str, str]]) -> None:
    found = observed(seen((GRAPH, graph(*(calls(*pair) for pair in called)))))
    assert set(pairs(found)) == {pair for pair in called if pair[0] != pair[1]}
    assert len(pairs(found)) == len(set(pairs(found)))
    names = elements(found)
    assert set(names) == {name for pair in pairs(found) for name in pair}
    assert len(names) == len(set(names))


def test_elements_begin_with_what_nobody_needs() -> None:
    found = observed(seen((GRAPH, graph(calls("z.example", "a"), calls("a", "b")))))
    assert elements(found) == ("z.example", "a", "b")


def test_a_snapshot_whose_look_the_routine_has_lost_is_not_guessed_at() -> None:
    stray = seen((LINKS, links(route("shop.example", "web"))))
    assert observed(replace(stray, routine=routine(LINKS.model_copy(update={"look": "other"})))) == ()
