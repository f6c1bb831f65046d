"""What is said of a notice a day later, case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from tests.vistas.mornings.followup.mornings import (
    DEPLOYMENTS,
    FRIDAY,
    LOG,
    NEW,
    NEWER,
    NIGHT,
    OLD,
    PODS,
    SHARE,
    STANDS_OUT,
    THURSDAY,
    Asked,
    deployment,
    follow,
    morning,
    notice,
    pattern,
    patterns,
    pod,
    row,
    series,
    snapshot,
    stretch,
    table,
)
from vistas.errors import FrameDamaged
from vistas.mornings.followup import FollowUp, Outcome, follow_up
from vistas.routine import Unit
from vistas.snapshot import Frame, FrameKind, Gap, GapReason, Window
from vistas.vista.notice import Stretch, TableRow, WholeStop

CART, SEARCH = {"ingress": "cart"}, {"ingress": "search"}
GAP = Gap(GapReason.UNREACHABLE, "Nobody answered.")


# --- rows


def test_after_a_rollout_a_pod_is_found_by_its_deployment() -> None:
    found = follow(
        row(),
        {PODS: table(pod(OLD, "cart", restarts=17))},
        {
            PODS: table(pod(NEW, "cart", images=["cart:1.4.3"]), pod(NEWER, "cart", images=["cart:1.4.3"])),
            DEPLOYMENTS: table(deployment()),
        },
    )
    assert found.outcome is Outcome.FOUND_BY_OWNER
    assert found.sentence == (
        "running, 1 of 1 ready, restarted 17 times then; "
        "that pod is gone, its deployment now runs 1.4.3, 2 of 2 ready"
    )
    assert found.owner == "deployment cart"
    assert found.let_go == ("name",)
    assert [each.key["name"] for each in found.anchors if isinstance(each, TableRow)] == [NEW, NEWER]


def test_a_rollout_is_told_without_a_table_of_deployments_as_well() -> None:
    found = follow(row(), {PODS: table(pod(OLD, "cart"))}, {PODS: table(pod(NEW, "cart", restarts=3))})
    assert found.sentence == (
        "running, 1 of 1 ready, no restart then; that pod is gone, "
        "its deployment has one pod (running, 1 of 1 ready, restarted 3 times)"
    )


def test_a_replicaset_is_called_after_its_deployment() -> None:
    theirs = {"owner_kind": "ReplicaSet", "owner": "cart-7d9f8b6c54"}
    found = follow(
        row(), {PODS: table(pod(OLD) | theirs)}, {PODS: table(pod("web-0")), DEPLOYMENTS: table(deployment())}
    )
    assert found.owner == "deployment cart"


def test_scaled_down_to_nothing_its_deployment_says_so() -> None:
    found = follow(
        row(),
        {PODS: table(pod(OLD, "cart"))},
        {
            PODS: table(pod("other-0")),
            DEPLOYMENTS: table(deployment(status="Scaled to zero", ready="0/0")),
        },
    )
    assert found.outcome is Outcome.FOUND_BY_OWNER
    assert found.sentence.endswith("its deployment now runs 1.4.3, scaled to zero, 0 of 0 ready")


def test_a_pod_that_stayed_when_others_went_is_not_taken_for_the_one_that_went() -> None:
    """Without owners nothing but the names could tell them apart."""
    bare = {"owner_kind": "", "owner": ""}
    found = follow(
        row(name="web-2", namespace="shop"),
        {PODS: table(pod("web-1") | bare, pod("web-2") | bare)},
        {PODS: table(pod("web-1") | bare)},
    )
    assert found.outcome is Outcome.GONE
    assert found.sentence == "running, 1 of 1 ready, no restart then; that pod is gone"
    assert found.anchors == ()


def test_a_deployment_of_another_cluster_is_not_its_owner() -> None:
    """Two clusters may each have one of that name."""
    window = Window.ending(FRIDAY, NIGHT)
    south = snapshot(DEPLOYMENTS, table(deployment()), window, source="south", source_type="cluster")
    then = {PODS: table(pod(OLD, "cart"))}
    found = follow(row(), then, {PODS: table(pod("other-0")), DEPLOYMENTS: south})
    assert found.outcome is Outcome.GONE
    north = snapshot(DEPLOYMENTS, table(deployment(ready="0/2")), window, source="north", source_type="cluster")
    labels = {"namespace": "shop", "pod": OLD}
    bare = {SHARE: series(THURSDAY, (labels, [0.1]))}
    ended = series(FRIDAY, (SEARCH, [0.1]))
    assert follow(stretch(labels), bare, {SHARE: ended, DEPLOYMENTS: south}).owner == "deployment cart"
    both = morning(FRIDAY, {SHARE: ended, DEPLOYMENTS: south, PODS: replace(north, stop="night")})
    assert follow_up(notice(stretch(labels)), morning(THURSDAY, bare), both).outcome is Outcome.GONE


def test_what_was_deleted_with_its_deployment_is_gone() -> None:
    now = {PODS: table(pod("other-0")), DEPLOYMENTS: table(deployment("other"))}
    found = follow(row(), {PODS: table(pod(OLD, "cart"))}, now)
    assert found.outcome is Outcome.GONE
    assert found.sentence.endswith("that pod is gone, and so is its deployment")


def test_a_deployment_that_changed_says_what_changed_and_no_more() -> None:
    then, now = deployment(images=["cart:1.4.2"], age_seconds=5.0), deployment(ready="1/2", age_seconds=9.0)
    found = follow(
        row(DEPLOYMENTS, namespace="shop", name="cart"), {DEPLOYMENTS: table(then)}, {DEPLOYMENTS: table(now)}
    )
    assert found.outcome is Outcome.FOUND
    assert found.sentence == "2 of 2 ready, version 1.4.2 then; 1 of 2 ready, version 1.4.3 today"


def test_what_does_not_stand_out_any_more_may_still_be_there() -> None:
    key = {"kind": "Pod", "namespace": "shop", "name": OLD}
    stood = table({**key, "what": "Keeps crashing", "severity": "failing"}, key=tuple(key))
    calm = table({**key, "name": "web-0", "what": "Restarted once", "severity": "watch"}, key=tuple(key))
    found = follow(row(STANDS_OUT, **key), {STANDS_OUT: stood}, {STANDS_OUT: calm, PODS: table(pod(OLD))})
    assert found.sentence == (
        "keeps crashing then; it does not stand out today, the pod is running, 1 of 1 ready, no restart"
    )
    assert found.outcome is Outcome.FOUND
    gone = follow(
        row(STANDS_OUT, **key), {STANDS_OUT: stood}, {STANDS_OUT: calm, DEPLOYMENTS: table(deployment())}
    )
    assert gone.sentence == (
        "keeps crashing then; it does not stand out today, its deployment now runs 1.4.3, 2 of 2 ready"
    )


def test_of_several_rows_that_might_be_it_none_is_taken() -> None:
    """A backend's address changes with each rollout; which of the new ones is its successor nobody knows."""
    look = Asked.of("upstreams", "ingress")

    def backends(*addresses: str) -> Frame:
        rows = [{"service": "cart", "upstream": each, "failures": 3} for each in addresses]
        return table(*rows, key=("service", "upstream"))

    anchor = row(look, service="cart", upstream="10.0.0.1:80")
    alone = follow(anchor, {look: backends("10.0.0.1:80")}, {look: backends("10.0.0.7:80")})
    assert (alone.outcome, alone.let_go) == (Outcome.FOUND_WITHOUT_LABELS, ("upstream",))
    assert alone.remarks == ("Found without its upstream.",)
    several = follow(anchor, {look: backends("10.0.0.1:80")}, {look: backends("10.0.0.7:80", "10.0.0.8:80")})
    assert several.outcome is Outcome.GONE
    assert several.remarks == ("Without its upstream, 2 others fit: none was taken for it.",)
    beside = follow(anchor, {look: backends("10.0.0.1:80", "10.0.0.2:80")}, {look: backends("10.0.0.2:80")})
    assert beside.outcome is Outcome.GONE


def test_a_key_of_other_columns_is_compared_only_where_one_row_fits() -> None:
    then = {PODS: table({"namespace": "shop", "name": "a", "restarts": 1}, key=("namespace", "name"))}
    one = follow(row(namespace="shop", name="a"), then, {PODS: table({"name": "a", "restarts": 2}, key=("name",))})
    assert (one.outcome, one.let_go) == (Outcome.FOUND_WITHOUT_LABELS, ("namespace",))
    two = {PODS: table({"name": "a", "restarts": 2}, {"name": "a", "restarts": 3}, key=("name",))}
    assert follow(row(namespace="shop", name="a"), then, two).outcome is Outcome.INCOMPARABLE


def test_an_alert_lets_go_of_the_labels_in_its_text() -> None:
    """A table of alerts names a row by the alert and all its labels in one text."""
    alerts = Asked.of("alerts", "prometheus")

    def firing(alert: str, labels: str) -> dict[str, str]:
        return {"alert": alert, "state": "firing", "labels": labels}

    def told(then: str, *now: str) -> FollowUp:
        gathered = {alerts: table(*(firing("Slow", each) for each in now), key=key), **extra}
        return follow(
            row(alerts, alert="Slow", labels=then), {alerts: table(firing("Slow", then), key=key)}, gathered
        )

    key, extra = ("alert", "labels"), {DEPLOYMENTS: table(deployment())}
    replaced = told('app="cart", instance="10.0.0.1:80"', 'app="cart", instance="10.0.0.9:80"')
    assert (replaced.outcome, replaced.let_go) == (Outcome.FOUND_WITHOUT_LABELS, ("instance",))
    assert replaced.sentence == "firing then, and the same today"
    quiet = told(f'namespace="shop", pod="{OLD}"', 'namespace="shop", pod="search-6f7d8c9b54-t4t4t"')
    assert (quiet.outcome, quiet.let_go) == (Outcome.FOUND_BY_OWNER, ("pod",))
    assert quiet.sentence == (
        "firing then; there is no such alert today, its deployment now runs 1.4.3, 2 of 2 ready"
    )
    again = told(f'namespace="shop", pod="{OLD}"', f'namespace="shop", pod="{NEW}"')
    assert again.sentence == "firing then; not that pod today, but one pod (firing) of its deployment"


def test_an_event_is_gone_though_its_pod_is_there() -> None:
    events = Asked.of("events", "cluster")
    key = {"reason": "Unhealthy", "kind": "Pod", "namespace": "shop", "object": OLD}
    now = {events: table({**key, "object": "web-0", "count": 3}, key=tuple(key)), PODS: table(pod(OLD))}
    found = follow(row(events, **key), {events: table({**key, "count": 3}, key=tuple(key))}, now)
    assert (found.outcome, found.anchors) == (Outcome.GONE, ())
    assert found.sentence == (
        "count 3 then; there is no such event today, the pod is running, 1 of 1 ready, no restart"
    )


# --- stretches


def test_a_rising_share_is_told_by_its_highest_in_the_same_time() -> None:
    then = series(THURSDAY, (CART, [0.0] * 20 + [0.031] + [0.0] * 5), (SEARCH, [0.5] * 26))
    now = series(FRIDAY, (SEARCH, [0.5] * 26), (CART, [0.9] * 10 + [0.0] * 10 + [0.062] + [0.0] * 5))
    found = follow(stretch(CART), {SHARE: then}, {SHARE: now})
    assert found.sentence == "cart: up to 3.1 % then, up to 6.2 % in the same 10 minutes today"
    (anchor,) = found.anchors
    assert isinstance(anchor, Stretch)
    assert (anchor.start, anchor.end) == (FRIDAY - timedelta(minutes=10), FRIDAY)
    assert anchor.series == (CART,)


def test_two_gatherings_of_one_day_are_compared_by_their_ends() -> None:
    """Their common hours hold the same data: it would always be as it was."""
    later = THURSDAY + timedelta(minutes=30)
    then = morning(THURSDAY, {SHARE: series(THURSDAY, (CART, [0.01] * 60))})
    now = morning(later, {SHARE: series(later, (CART, [0.01] * 60 + [0.2] * 10))})
    found = follow_up(notice(stretch(CART, minutes=5)), then, now)
    assert found.sentence == "cart: 1 % then, 20 % in the last 5 minutes today"


def test_of_all_series_the_one_that_reached_it_is_named() -> None:
    then = series(THURSDAY, (CART, [0.1, 0.2]), (SEARCH, [0.4, 0.3]))
    now = series(FRIDAY, (CART, [0.3, 0.5]), (SEARCH, [0.0, 0.0]))
    found = follow(stretch(), {SHARE: then}, {SHARE: now})
    assert found.sentence == (
        "cart and search: up to 40 % (search) then, up to 50 % (cart) in the same 10 minutes today"
    )


def test_where_low_is_bad_the_lowest_is_told() -> None:
    up = SHARE.but(normal_above=0.99)
    then, now = series(THURSDAY, (CART, [1, 0.4, 1])), series(FRIDAY, (CART, [1, 0.9, 1]))
    assert follow(stretch(CART), {up: then}, {up: now}).sentence == (
        "cart: down to 40 % then, down to 90 % in the same 10 minutes today"
    )


def test_silence_is_no_zero() -> None:
    """A series that says nothing in that time, though it is there."""
    quiet = series(FRIDAY - timedelta(hours=3), (CART, [0.1] * 5), (SEARCH, [0.1] * 5))
    found = follow(stretch(CART), {SHARE: series(THURSDAY, (CART, [0.1] * 20))}, {SHARE: quiet})
    assert (found.outcome, found.now) == (Outcome.FOUND, "no samples")
    undefined = series(FRIDAY, (CART, [float("nan")] * 20))
    assert (
        follow(stretch(CART), {SHARE: series(THURSDAY, (CART, [0.1] * 20))}, {SHARE: undefined}).now == "no number"
    )
    endless = series(FRIDAY, (CART, [float("inf")] * 20))
    assert follow(stretch(CART), {SHARE: series(THURSDAY, (CART, [0.1] * 20))}, {SHARE: endless}).now == "∞"


def test_one_moment_is_read_at_the_sample_next_to_it() -> None:
    moment = stretch(CART, minutes=0, end=THURSDAY - timedelta(minutes=2, seconds=20))
    then, now = series(THURSDAY, (CART, [0.1, 0.2, 0.3, 0.4])), series(FRIDAY, (CART, [0.5, 0.6, 0.7, 0.8]))
    assert follow(moment, {SHARE: then}, {SHARE: now}).sentence == "cart: 20 % then, 60 % at the same time today"


def test_what_is_asked_for_a_moment_has_no_clock() -> None:
    certificates = Asked.of("instant", "prometheus", look="share", query=("c",))
    then, now = (series(end, (CART, [value]), step=None) for end, value in ((THURSDAY, 6), (FRIDAY, 5)))
    at = stretch(CART, minutes=0)
    later = morning(FRIDAY + timedelta(hours=7), {certificates: now})
    found = follow_up(notice(at), morning(THURSDAY, {certificates: then}), later)
    assert found.sentence == "cart: 6 then, 5 today"


def test_an_hour_that_has_not_come_is_not_compared() -> None:
    then = morning(THURSDAY, {SHARE: series(THURSDAY, (CART, [0.1] * 20))})
    early = FRIDAY - timedelta(hours=1)
    found = follow_up(notice(stretch(CART)), then, morning(early, {SHARE: series(early, (CART, [0.1] * 20))}))
    assert found.outcome is Outcome.INCOMPARABLE
    assert found.sentence == "cannot be compared: that hour has not come yet today"
    half = FRIDAY - timedelta(minutes=5)
    found = follow_up(notice(stretch(CART)), then, morning(half, {SHARE: series(half, (CART, [0.1] * 20))}))
    assert found.outcome is Outcome.FOUND
    assert found.remarks == ("The end of that time has not come yet today.",)


def test_an_hour_before_the_window_is_not_compared() -> None:
    then = morning(THURSDAY, {SHARE: series(THURSDAY, (CART, [0.1] * 20))})
    evening = FRIDAY + timedelta(hours=13)
    found = follow_up(notice(stretch(CART)), then, morning(evening, {SHARE: series(evening, (CART, [0.1]))}))
    assert found.sentence == "cannot be compared: that hour is not in what was gathered today"


def test_a_week_later_and_over_another_span_it_is_the_same_clock() -> None:
    week = THURSDAY + timedelta(days=7, hours=2)
    now = morning(week, {SHARE: series(week, (CART, [0.2] * 300))}, span=NIGHT * 2)
    found = follow_up(notice(stretch(CART)), morning(THURSDAY, {SHARE: series(THURSDAY, (CART, [0.1]))}), now)
    (anchor,) = found.anchors
    assert isinstance(anchor, Stretch)
    assert anchor.end == THURSDAY + timedelta(days=7)


def test_the_clock_is_that_of_the_zone() -> None:
    """In Lisbon the clocks went back on 25 October 2026: five in the morning is an hour later in UTC."""
    ends = [each.replace(month=10, day=day) for each, day in ((THURSDAY, 23), (THURSDAY, 26))]
    then, now = (morning(end, {SHARE: series(end, (CART, [0.1] * 600))}) for end in ends)
    noticed = notice(stretch(CART, end=ends[0] - timedelta(hours=2)))
    found = follow_up(noticed, then, now, zone=ZoneInfo("Europe/Lisbon"))
    (anchor,) = found.anchors
    assert isinstance(anchor, Stretch)
    assert anchor.end == ends[1] - timedelta(hours=1)


@pytest.mark.parametrize(
    ("marked", "then", "now", "outcome", "let_go"),
    [
        (["a:1"], ["a:1"], ["b:1"], Outcome.FOUND_WITHOUT_LABELS, ("instance",)),
        (["a:1"], ["a:1"], ["b:1", "c:1"], Outcome.GONE, ()),
        (["a:1"], ["a:1", "b:1"], ["b:1"], Outcome.GONE, ()),
        (["a:1"], ["a:1", "b:1"], ["b:1", "c:1"], Outcome.FOUND_WITHOUT_LABELS, ("instance",)),
        (["a:1", "b:1"], ["a:1", "b:1"], ["c:1", "d:1", "e:1"], Outcome.FOUND_WITHOUT_LABELS, ("instance",)),
        (["a:1"], ["a:1", "b:1"], ["c:1"], Outcome.GONE, ()),
    ],
    ids=["replaced", "scaled up", "scaled down", "one of two replaced", "the whole group", "which of both"],
)
def test_an_instance_is_let_go_only_where_nothing_is_guessed(
    marked: list[str], then: list[str], now: list[str], outcome: Outcome, let_go: tuple[str, ...]
) -> None:
    def labels(instance: str) -> dict[str, str]:
        return {"instance": instance, "job": "cart"}

    found = follow(
        stretch(*map(labels, marked)),
        {SHARE: series(THURSDAY, *((labels(each), [0.1]) for each in then))},
        {SHARE: series(FRIDAY, *((labels(each), [0.2]) for each in now))},
    )
    assert (found.outcome, found.let_go) == (outcome, let_go)


def test_a_pods_series_is_found_in_the_pods_that_its_deployment_has_now() -> None:
    """And not in those of another one, though they are all that is left of the namespace."""
    old, new, other = ({"namespace": "shop", "pod": each} for each in (OLD, NEW, "search-6f7d8c9b54-t4t4t"))
    then = series(THURSDAY, (old, [3.0]))
    found = follow(stretch(old), {SHARE: then}, {SHARE: series(FRIDAY, (new, [1.0]), (other, [9.0]))})
    assert found.outcome is Outcome.FOUND_BY_OWNER
    assert (found.owner, found.let_go) == ("deployment cart", ("pod",))
    assert found.sentence == (
        f"shop · {OLD}: 300 % then, 100 % in the same 10 minutes today, in the pod that its deployment has now"
    )
    gone = follow(stretch(old), {SHARE: then}, {SHARE: series(FRIDAY, (other, [9.0]))})
    assert gone.outcome is Outcome.GONE


def test_a_scraped_pod_is_not_the_one_that_scraped_it() -> None:
    """The labels that come from the metric itself are called exported ones then."""

    def labels(pod: str, scraper: str) -> dict[str, str]:
        theirs = {"exported_namespace": "shop", "exported_pod": pod}
        return {**theirs, "namespace": "monitoring", "pod": scraper}

    scrapers = "state-6f7d8c9b54-t4t4t", "state-5c6b7d8f94-w2w2w"
    old, new = labels(OLD, scrapers[0]), labels(NEW, scrapers[1])
    other = labels("search-6f7d8c9b54-t4t4t", scrapers[1])
    found = follow(
        stretch(old),
        {SHARE: series(THURSDAY, (old, [0.1]))},
        {SHARE: series(FRIDAY, (other, [0.3]), (new, [0.2]))},
    )
    assert (found.owner, found.let_go, found.now) == ("deployment cart", ("exported_pod", "pod"), "20 %")


def test_a_series_that_ended_is_not_there_any_more() -> None:
    found = follow(
        stretch(CART), {SHARE: series(THURSDAY, (CART, [0.031]))}, {SHARE: series(FRIDAY, (SEARCH, [0.1]))}
    )
    assert found.outcome is Outcome.GONE
    assert found.sentence == "cart: 3.1 % then; that series is not there any more"


def test_series_that_were_marked_added_up_are_read_one_by_one() -> None:
    """A stacked chart adds up those without a name of their own, and their sum carries no labels."""
    then, now = (series(end, (CART, [0.1]), (SEARCH, [0.3])) for end in (THURSDAY, FRIDAY))
    found = follow(stretch({}), {SHARE: then}, {SHARE: now})
    assert (found.outcome, found.then) == (Outcome.FOUND, "up to 30 % (search)")
    assert found.remarks == ("It was marked on series added up, which are read one by one here.",)


def test_a_histogram_is_read_by_oneself() -> None:
    def histograms(end: datetime) -> Frame:
        bare = series(end, (CART, [])).data
        return Frame(FrameKind.SERIES, bare.with_columns(histograms=pl.lit([1])), step=timedelta(minutes=1))

    found = follow(stretch(CART), {SHARE: histograms(THURSDAY)}, {SHARE: histograms(FRIDAY)})
    assert found.outcome is Outcome.READ_YOURSELF
    assert isinstance(found.anchors[0], Stretch)


# --- log patterns, whole stops


def test_a_vanished_log_pattern_is_none_today() -> None:
    found = follow(pattern("502 GET /"), {LOG: patterns(**{"502_GET_/": 214})}, {LOG: patterns(other=3)})
    assert (found.outcome, found.sentence) == (Outcome.GONE, "214 lines then, none today")
    again = follow(
        pattern("502 GET /"), {LOG: patterns(**{"502_GET_/": 214})}, {LOG: patterns(**{"502_GET_/": 3})}
    )
    assert (again.outcome, again.sentence) == (Outcome.FOUND, "214 lines then, 3 today")


def test_a_pattern_that_may_have_been_cut_off_is_not_gone() -> None:
    then = morning(THURSDAY, {LOG: patterns(gone=1)})
    window = Window.ending(FRIDAY, NIGHT)
    cut = snapshot(LOG, patterns(other=3), window, warnings=("Of 900 patterns, the first 200 are kept.",))
    short = snapshot(LOG, patterns(other=3), window, obtained=Window.ending(FRIDAY, timedelta(hours=2)))
    for now in (cut, short):
        found = follow_up(notice(pattern("gone")), then, morning(FRIDAY, {LOG: now}))
        assert found.outcome is Outcome.INCOMPARABLE


def test_a_series_missing_from_a_partial_answer_is_not_gone() -> None:
    """What Prometheus says about the query itself is no such warning."""
    then = morning(THURSDAY, {SHARE: series(THURSDAY, (CART, [0.1]))})
    window, rest = Window.ending(FRIDAY, NIGHT), series(FRIDAY, (SEARCH, [0.1]))
    partial = snapshot(SHARE, rest, window, warnings=("store gateway 2: deadline exceeded",))
    found = follow_up(notice(stretch(CART)), then, morning(FRIDAY, {SHARE: partial}))
    assert found.outcome is Outcome.INCOMPARABLE
    assert found.remarks == ("store gateway 2: deadline exceeded",)
    whole = snapshot(SHARE, rest, window, warnings=("PromQL info: metric might not be a counter",))
    assert follow_up(notice(stretch(CART)), then, morning(FRIDAY, {SHARE: whole})).outcome is Outcome.GONE


def test_a_whole_stop_is_read_by_oneself() -> None:
    found = follow(WholeStop(), {}, {})
    assert (found.outcome, found.sentence) == (Outcome.READ_YOURSELF, "not in the data: read it yourself")
    elsewhere = notice(WholeStop()).model_copy(update={"stop": "left-out"})
    found = follow_up(elsewhere, morning(THURSDAY, {}), morning(FRIDAY, {}))
    assert found.outcome is Outcome.INCOMPARABLE


# --- what cannot be compared


def test_a_gap_is_named_with_its_reason() -> None:
    frame = {PODS: table(pod(OLD))}
    found = follow(row(), frame, {PODS: GAP})
    assert found.sentence == "cannot be compared: no data from cluster today (unreachable)"
    assert found.remarks == ("Nobody answered.",)
    assert (
        follow(row(), {PODS: GAP}, frame).sentence == "cannot be compared: no data from cluster then (unreachable)"
    )


def test_a_damaged_frame_is_a_gap() -> None:
    def damaged() -> bytes:
        raise FrameDamaged("frame 3f is damaged")

    broken = Frame.stored(FrameKind.OBJECTS, damaged, rows=1, key=("namespace", "name"))
    found = follow(row(), {PODS: table(pod(OLD))}, {PODS: broken})
    assert found.sentence == "cannot be compared: no data from cluster today (damaged)"
    assert found.remarks == ("frame 3f is damaged",)
    owner = follow(row(), {PODS: table(pod(OLD, "cart"))}, {PODS: table(pod("web-0")), DEPLOYMENTS: broken})
    assert owner.sentence.endswith("then; that pod is gone")


def test_what_was_not_gathered_is_not_gone() -> None:
    frame = {PODS: table(pod(OLD))}
    assert follow(row(), frame, {}).sentence == "cannot be compared: this look was not gathered today"
    assert follow(row(), {}, frame).outcome is Outcome.INCOMPARABLE


def test_a_source_under_another_name_is_taken_where_it_is_the_only_one() -> None:
    then = morning(THURSDAY, {PODS: table(pod(OLD))})
    window = Window.ending(FRIDAY, NIGHT)
    new, newer = (snapshot(PODS, table(pod(OLD)), window, source=each) for each in ("north", "south"))
    found = follow_up(notice(row()), then, morning(FRIDAY, {PODS: new}))
    assert (found.outcome, found.remarks) == (Outcome.FOUND, ("From north today, from cluster then.",))
    assert isinstance(found.anchors[0], TableRow)
    assert found.anchors[0].source == "north"
    both = replace(morning(FRIDAY, {}), snapshots=(new, newer))
    assert follow_up(notice(row()), then, both).sentence == (
        "cannot be compared: it came from cluster then, and comes from north and south today"
    )


def test_another_source_beside_it_is_not_taken_for_it() -> None:
    """One that was there then as well, or is there today beside it, is another cluster and no new name."""
    window = Window.ending(FRIDAY, NIGHT)
    south = snapshot(PODS, table(pod(OLD)), window, source="south")
    then = morning(THURSDAY, {PODS: table(pod(OLD))})
    both = morning(FRIDAY, {PODS: south, DEPLOYMENTS: table(deployment())})
    refused = "cannot be compared: cluster was not asked for it today, only south"
    assert follow_up(notice(row()), then, both).sentence == refused
    beside = replace(then, snapshots=(*then.snapshots, south))
    assert follow_up(notice(row()), beside, morning(FRIDAY, {PODS: south})).sentence == refused


def test_a_look_that_was_renamed_is_found_by_its_query() -> None:
    renamed = SHARE.but(look="error-share", title="Error share")
    found = follow(
        stretch(CART), {SHARE: series(THURSDAY, (CART, [0.1]))}, {renamed: series(FRIDAY, (CART, [0.2]))}
    )
    assert (found.outcome, found.remarks) == (Outcome.FOUND, ("Found by its query, in “Error share”.",))
    (anchor,) = found.anchors
    assert isinstance(anchor, Stretch)
    assert anchor.look == "error-share"


def test_a_name_that_means_another_look_today_is_not_followed() -> None:
    """The query tells which look it is, where two tell different things."""
    moved, other = SHARE.but(look="moved"), SHARE.but(query=("something else",))
    then = {SHARE: series(THURSDAY, (CART, [0.1]))}
    now = {other: series(FRIDAY, (CART, [0.9])), moved: series(FRIDAY, (CART, [0.2]))}
    assert follow(stretch(CART), then, now).now == "20 %"
    found = follow(stretch(CART), then, {other: series(FRIDAY, (CART, [0.9]))})
    assert found.remarks == ("The query is not the same today as it was then.",)


def test_another_unit_or_another_kind_of_data_is_not_compared() -> None:
    other = SHARE.but(unit=Unit.SECONDS)
    then = {SHARE: series(THURSDAY, (CART, [0.1]))}
    assert follow(stretch(CART), then, {other: series(FRIDAY, (CART, [0.1]))}).outcome is Outcome.INCOMPARABLE
    assert follow(stretch(CART), then, {SHARE: table(pod(OLD))}).outcome is Outcome.INCOMPARABLE


def test_masked_and_pseudonymous_names_are_not_gone() -> None:
    clients = Asked.of("clients", "cluster", look="pods")
    visitor, other = ({"client": each, "requests": 9} for each in ("visitor-a1b2c3", "visitor-zzzzzz"))
    anchor = row(clients, client="visitor-a1b2c3")
    then = morning(THURSDAY, {clients: table(visitor, key=("client",))})
    now = {clients: table(other, key=("client",))}
    assert follow_up(notice(anchor), then, morning(FRIDAY, now)).outcome is Outcome.GONE
    imported = morning(FRIDAY, now, origin="imported")
    assert follow_up(notice(anchor), then, imported).outcome is Outcome.INCOMPARABLE
