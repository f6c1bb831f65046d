"""The Prometheus source against answers written down, those of other implementations included."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import polars as pl
import pytest

from connectors.prometheus import PrometheusSource
from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import FrameKind, Gap, GapReason, Snapshot, Window
from vistas.source import Deadline, Health

NOW = datetime.now(UTC)
WINDOW = Window.ending(NOW.replace(second=0, microsecond=0), timedelta(hours=12))
PATIENCE = timedelta(seconds=10)
RANGE, INSTANT, NAMES = "/api/v1/query_range", "/api/v1/query", "/api/v1/label/__name__/values"


def source(tool: AnsweringServer, **settings: Any) -> PrometheusSource:
    return PrometheusSource.from_settings("shop", {"url": tool.url, **settings}, Redactor(b"k" * 32))


def take(
    prometheus: PrometheusSource,
    kind: str,
    *query: str,
    window: Window = WINDOW,
    where: dict[str, str] | None = None,
) -> Snapshot:
    look = Look(look="a-look", title="A look", source="shop", take=kind, query=query, where=where or {})
    return prometheus.take("a-stop", look, window, Deadline(PATIENCE))


def gap(snapshot: Snapshot) -> Gap:
    assert snapshot.gap is not None, snapshot
    return snapshot.gap


def matrix(*series: dict[str, Any], **more: Any) -> Reply:
    return told({"status": "success", "data": {"resultType": "matrix", "result": list(series)}, **more})


def vector(*series: dict[str, Any], **more: Any) -> Reply:
    return told({"status": "success", "data": {"resultType": "vector", "result": list(series)}, **more})


def names(*present: str) -> Reply:
    return told({"status": "success", "data": list(present)})


UP = {
    "metric": {"__name__": "up"},
    "values": [[WINDOW.start.timestamp() + 3600, "1"], [WINDOW.start.timestamp() + 3660, "1"]],
}


def by_query(**answers: Reply) -> Callable[[Received], Reply]:
    return lambda request: answers.get(request.form["query"][0], matrix())


def test_a_range_look_asks_for_a_fitting_step_within_the_window() -> None:
    """As a form by POST, with the time that is left; the frame carries the step."""
    with AnsweringServer(**{RANGE: matrix(UP)}) as tool:
        snapshot = take(source(tool), "range", "up")
        [request] = tool.received
    assert request.method == "POST"
    assert request.form["query"] == ["up"]
    assert request.form["step"] == ["60"]
    assert float(request.form["start"][0]) == WINDOW.start.timestamp()
    assert float(request.form["end"][0]) == WINDOW.end.timestamp() - 60
    assert 0 < float(request.form["timeout"][0]) < PATIENCE.total_seconds()
    assert snapshot.frame
    assert (snapshot.frame.kind, snapshot.frame.step) == (FrameKind.SERIES, timedelta(minutes=1))
    assert (snapshot.provenance.query, snapshot.provenance.source_type) == ("up", "prometheus")


def test_what_was_obtained_is_told_beside_what_was_asked() -> None:
    """A Prometheus that has forgotten most of the night says so."""
    with AnsweringServer(**{RANGE: matrix(UP)}) as tool:
        obtained = take(source(tool), "range", "up").provenance.obtained
    hour = timedelta(hours=1)
    assert obtained == Window(WINDOW.start + hour, WINDOW.start + hour + timedelta(minutes=2))


def test_an_instant_look_is_about_the_end_of_the_window() -> None:
    with AnsweringServer(**{INSTANT: vector({"metric": {}, "value": [0, "7"]})}) as tool:
        snapshot = take(source(tool), "instant", "up")
        assert float(tool.received[0].form["time"][0]) == WINDOW.end.timestamp()
    assert snapshot.frame
    assert snapshot.frame.step is None


def test_parameters_of_other_implementations_are_sent_along() -> None:
    """Thanos' deduplication, VictoriaMetrics' filters; a list is sent repeatedly."""
    parameters = {"dedup": "true", "extra_filters[]": ['{team="a"}', '{team="b"}']}
    with AnsweringServer(**{RANGE: matrix(), NAMES: names("up")}) as tool:
        take(source(tool, parameters=parameters), "range", "up")
        for path in (RANGE, NAMES):
            [form] = tool.forms(path)
            assert form["dedup"] == ["true"]
            assert form["extra_filters[]"] == ['{team="a"}', '{team="b"}']


@pytest.mark.parametrize("status", [403, 405, 501])
def test_where_post_is_refused_get_is_used_from_then_on(status: int) -> None:
    """A proxy that only lets read, and Kubernetes' own under a role that may get but not create."""

    def only_get(request: Received) -> Reply:
        return matrix(UP) if request.method == "GET" else Reply(status=status)

    with AnsweringServer(**{RANGE: only_get}) as tool:
        prometheus = source(tool)
        assert take(prometheus, "range", "up").frame
        assert take(prometheus, "range", "up").frame
        assert [request.method for request in tool.received] == ["POST", "GET", "GET"]


def test_where_both_are_refused_the_refusal_is_told() -> None:
    """And POST is tried again another time: permissions change."""
    with AnsweringServer(**{RANGE: Reply(status=403)}) as tool:
        prometheus = source(tool)
        assert gap(take(prometheus, "range", "up")).reason is GapReason.REFUSED
        take(prometheus, "range", "up")
        assert [request.method for request in tool.received] == ["POST", "GET"] * 2


def test_the_first_alternative_with_a_series_is_taken() -> None:
    """Whichever of these this Prometheus has; the provenance says which it was."""
    with AnsweringServer(**{RANGE: by_query(b=matrix(UP), c=matrix(UP)), NAMES: names("b", "c")}) as tool:
        snapshot = take(source(tool), "range", "a", "b", "c")
        assert [form["query"] for form in tool.forms(RANGE)] == [["a"], ["b"]]
    assert snapshot.frame
    assert (snapshot.frame.rows, snapshot.provenance.query) == (1, "b")


def test_an_alternative_whose_metrics_do_not_exist_is_not_asked() -> None:
    with AnsweringServer(**{RANGE: matrix(), NAMES: names("c")}) as tool:
        snapshot = take(source(tool), "range", "a", "b", "c")
        assert [form["query"] for form in tool.forms(RANGE)] == [["a"], ["c"]]
    assert snapshot.provenance.query == "c"


def test_an_empty_answer_about_an_existing_metric_is_good_news() -> None:
    """`up == 0` with nothing down: a frame without rows, and no gap."""
    with AnsweringServer(**{INSTANT: vector(), NAMES: names("up")}) as tool:
        snapshot = take(source(tool), "instant", "up == 0")
        [form] = tool.forms(NAMES)
    assert form["match[]"] == ['{__name__="up"}']
    assert float(form["start"][0]) == WINDOW.start.timestamp()
    assert snapshot.frame
    assert snapshot.frame.rows == 0
    assert snapshot.frame.data.columns == ["labels", "times", "values"]
    assert snapshot.provenance.warnings == ()


def test_an_empty_answer_about_nothing_that_exists_is_a_gap_with_the_exporter() -> None:
    """Nobody should take a missing exporter for a quiet night."""
    with AnsweringServer(**{RANGE: matrix(), NAMES: names()}) as tool:
        missing = gap(take(source(tool), "range", "kube_pod_info > 0", "kube_job_failed"))
    assert missing.reason is GapReason.NOT_HERE
    assert "kube_job_failed, kube_pod_info" in missing.message
    assert "kube-state-metrics" in missing.hint


def test_a_metric_that_is_missing_beside_one_that_exists_is_a_warning() -> None:
    """No failed request was ever counted, or nobody counts them: somebody should know."""
    with AnsweringServer(**{INSTANT: vector(), NAMES: names("all_total")}) as tool:
        snapshot = take(source(tool), "instant", "failed_total / all_total")
    assert snapshot.frame
    assert snapshot.provenance.warnings == ("Missing in this window: failed_total.",)


def test_a_query_without_a_name_may_be_empty() -> None:
    with AnsweringServer(**{INSTANT: vector()}) as tool:
        assert take(source(tool), "instant", "vector(1) > 2").frame
        assert tool.forms(NAMES) == []


def test_names_are_asked_for_once_within_their_lifetime() -> None:
    """The same metrics in the same window, that is."""
    with AnsweringServer(**{INSTANT: vector(), NAMES: names("up")}) as tool:
        prometheus = source(tool)
        for query in ("up == 0", "up == 2", "up == 0"):
            take(prometheus, "instant", query)
        assert len(tool.forms(NAMES)) == 1
        take(prometheus, "instant", "up == 0", window=Window.ending(WINDOW.end, timedelta(hours=1)))
        assert len(tool.forms(NAMES)) == 2


def test_where_names_cannot_be_had_an_empty_answer_is_believed_with_a_warning() -> None:
    with AnsweringServer(**{INSTANT: vector()}) as tool:
        snapshot = take(source(tool), "instant", "up == 0")
    assert snapshot.frame
    assert "Could not find out" in snapshot.provenance.warnings[0]


def test_names_are_quoted_in_their_matcher() -> None:
    """A UTF-8 name may hold anything."""
    with AnsweringServer(**{INSTANT: vector(), NAMES: names()}) as tool:
        gap(take(source(tool), "instant", r'{"a\\b", x="y"}'))
        assert tool.forms(NAMES)[0]["match[]"] == [r'{__name__="a\\b"}']


def test_a_query_that_is_wrong_is_told_in_the_tools_words() -> None:
    refusal = {"status": "error", "errorType": "bad_data", "error": "1:4: parse error: unexpected end of input"}
    with AnsweringServer(**{INSTANT: told(refusal, 400)}) as tool:
        wrong = gap(take(source(tool), "instant", "up{"))
    assert wrong.reason is GapReason.REFUSED
    assert "1:4: parse error: unexpected end of input" in wrong.message


def test_a_look_without_a_query_or_with_a_filter_beside_it_says_so() -> None:
    with AnsweringServer() as tool:
        assert "no query" in gap(take(source(tool), "instant")).message
        assert "where" in gap(take(source(tool), "instant", "up", where={"job": "a"})).message
        assert tool.received == []


def test_a_kind_of_look_it_does_not_know_is_a_bug() -> None:
    with (
        AnsweringServer() as tool,
        pytest.raises(ValueError, match="takes alerts, instant, range, rules, targets"),
    ):
        take(source(tool), "pods")


def test_thanos_partial_answers_keep_their_warning() -> None:
    """`docs/components/query.md`, "Partial Response": 200, data and warnings."""
    warning = "No StoreAPIs matched for this query"
    answer = vector({"metric": {"replica": "a"}, "value": [0, "1"]}, warnings=[warning])
    with AnsweringServer(**{INSTANT: answer}) as tool:
        assert take(source(tool), "instant", "up").provenance.warnings == (warning,)


def test_mimir_without_a_tenant_says_what_to_set() -> None:
    """Mimir answers `no org id` with 401."""
    path = "/prometheus" + INSTANT
    with AnsweringServer(**{path: Reply(b"no org id\n", 401, "text/plain")}) as tool:
        missing = gap(take(source(tool, url=f"{tool.url}/prometheus"), "instant", "up"))
    assert missing.reason is GapReason.REFUSED
    assert "no org id" in missing.message
    assert "X-Scope-OrgID" in missing.hint


def test_mimir_with_a_tenant_answers() -> None:
    """Below its prefix; the tenant goes with every request."""
    path = "/prometheus" + INSTANT
    with AnsweringServer(**{path: vector({"metric": {}, "value": [0, "1"]})}) as tool:
        mimir = source(tool, url=f"{tool.url}/prometheus/", headers={"X-Scope-OrgID": "shop"})
        assert take(mimir, "instant", "up").frame
        assert tool.received[0].headers["X-Scope-OrgID"] == "shop"


@pytest.mark.parametrize("kind", ["alerts", "rules", "targets"])
def test_where_no_such_thing_is_told_there_is_nothing_to_look_at(kind: str) -> None:
    """Thanos Query has no targets."""
    with AnsweringServer() as tool:
        missing = gap(take(source(tool), kind))
    assert missing.reason is GapReason.NOT_HERE
    assert kind in missing.message


@pytest.mark.parametrize("kind", ["alerts", "rules", "targets"])
@pytest.mark.parametrize(
    "answer", [b'{"data":{}}', b"[]", b'{"data":{"alerts":[1],"groups":[1],"activeTargets":[1]}}', b"{"]
)
def test_another_shape_is_a_reason(kind: str, answer: bytes) -> None:
    with AnsweringServer(**{f"/api/v1/{kind}": Reply(answer)}) as tool:
        assert gap(take(source(tool), kind)).reason is GapReason.GARBLED


def test_a_page_in_place_of_names_or_targets_is_called_a_page() -> None:
    """Also where the client library reads the answer."""
    page = Reply(b"<html><title>Sign in</title>", media_type="text/html")
    with AnsweringServer(**{"/api/v1/targets": page}) as tool:
        assert "HTML page (“Sign in”)" in gap(take(source(tool), "targets")).message


def check(tool: AnsweringServer, **settings: Any) -> Health:
    return source(tool, **settings).check(Deadline(PATIENCE))


BUILD = "/api/v1/status/buildinfo"


def test_a_healthy_prometheus_tells_its_version() -> None:
    with AnsweringServer(**{BUILD: told({"status": "success", "data": {"version": "3.14.0"}})}) as tool:
        health = check(tool)
    assert health.ok
    assert health.message == f"Prometheus 3.14.0 answers at {tool.url}."
    assert health.details["version"] == "3.14.0"
    assert health.took > timedelta(0)


def test_one_that_keeps_its_version_to_itself_is_healthy_when_it_answers_a_query() -> None:
    with AnsweringServer(**{INSTANT: vector({"metric": {}, "value": [0, "1"]})}) as tool:
        assert check(tool).ok


def test_an_address_without_its_prefix_is_recognised() -> None:
    """Something answers there, only not the API."""
    with AnsweringServer(**{"/": Reply(b"<html>", media_type="text/html")}) as tool:
        health = check(tool)
    assert not health.ok
    assert "Something answers" in health.message
    assert "path prefix" in health.hint


@pytest.mark.parametrize(("answer", "hint"), [(Reply(status=401), "password_file"), (Reply(b"<html>"), "sign in")])
def test_an_unwell_prometheus_says_what_to_do(answer: Reply, hint: str) -> None:
    with AnsweringServer(**{BUILD: answer}) as tool:
        health = check(tool)
    assert not health.ok
    assert hint in health.hint


def test_a_frame_goes_through_parquet_whole() -> None:
    """It is how it is saved; native histograms included."""
    histogram = [0, {"count": "1", "sum": "2", "buckets": [[1, "0", "4", "1"]]}]
    series = {"metric": {"a": "b"}, "values": [[0, "NaN"]], "histograms": [histogram]}
    with AnsweringServer(**{RANGE: matrix(series)}) as tool:
        frame = take(source(tool), "range", "up").frame
    assert frame
    assert pl.read_parquet(BytesIO(frame.parquet())).equals(frame.data, null_equal=True)


def test_a_mistake_of_ours_is_no_gap() -> None:
    """Only an answer of another shape is one: a bug has to be heard of."""
    source = PrometheusSource.from_settings("prometheus", {"url": "http://127.0.0.1:9"}, Redactor(b"k" * 32))
    with pytest.raises(KeyError):
        source._connected().api.read(lambda: dict[str, str]()["ours"])
