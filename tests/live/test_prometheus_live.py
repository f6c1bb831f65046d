"""The Prometheus source against a real Prometheus, a real VictoriaMetrics, and what stands in front of them."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.prometheus import PrometheusSource
from tests.servers import (
    BASIC_AUTH_WEB_CONFIG,
    SAMPLE_USER,
    STALE,
    MisbehavingServer,
    Nginx,
    OAuth2Proxy,
    Prometheus,
    Series,
    VictoriaMetrics,
)
from tests.servers.certificates import Authority
from tests.servers.fetch import is_built
from tests.servers.fixtures import require
from tests.waiting import LATE, Stopwatch, eventually
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import Gap, GapReason, Snapshot, Window
from vistas.source import Deadline

pytestmark = pytest.mark.live

PATIENCE = timedelta(seconds=60)


def source(url: str, **settings: Any) -> PrometheusSource:
    return PrometheusSource.from_settings("shop", {"url": url, **settings}, Redactor(b"k" * 32))


def take(
    prometheus: PrometheusSource,
    kind: str,
    *query: str,
    hours: float = 1,
    end: datetime | None = None,
    patience: timedelta = PATIENCE,
) -> Snapshot:
    look = Look(look="a-look", title="A look", source="shop", take=kind, query=query)
    window = Window.ending(end or datetime.now(UTC), timedelta(hours=hours))
    return prometheus.take("a-stop", look, window, Deadline(patience))


def rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    assert snapshot.frame is not None, snapshot
    return snapshot.frame.data.to_dicts()


def labels(row: dict[str, Any]) -> dict[str, str]:
    return {label["name"]: label["value"] for label in row["labels"]}


def gap(snapshot: Snapshot) -> Gap:
    assert snapshot.gap is not None, snapshot
    return snapshot.gap


@pytest.fixture(scope="module", autouse=True)
def scraped(prometheus: Prometheus) -> None:
    """Every target was scraped once, so that `up` is known."""
    eventually(lambda: (frame := take(source(prometheus.url), "instant", "up").frame) and frame.rows == 3)


def test_a_range_of_history_is_drawn_minute_by_minute_or_finer(prometheus: Prometheus) -> None:
    """Two nodes, evenly spaced, up to the end of the window, and the same again when asked again."""
    end = datetime.now(UTC) - timedelta(minutes=2)
    first, again = (
        take(source(prometheus.url), "range", "node_load1{instance=~'node-.'}", end=end) for _ in range(2)
    )
    assert first.frame
    assert [labels(row)["instance"] for row in rows(first)] == ["node-1", "node-2"]
    for row in rows(first):
        assert len(row["times"]) == 240
        assert {later - earlier for earlier, later in zip(row["times"], row["times"][1:], strict=False)} == {
            first.frame.step
        }
    assert rows(first)[1]["values"] == [0.5] * 240
    assert rows(first) == rows(again)


@pytest.mark.parametrize("days", [1, 30, 400])
def test_no_window_is_too_long(prometheus: Prometheus, days: int) -> None:
    """Prometheus refuses more than 11,000 points; what it remembers is told as obtained."""
    snapshot = take(source(prometheus.url), "range", "node_load1", hours=24 * days)
    assert snapshot.gap is None
    if days == 1:
        assert snapshot.provenance.obtained
        assert snapshot.provenance.obtained.span < timedelta(hours=4)


def test_what_is_no_number_arrives(prometheus: Prometheus) -> None:
    """NaN, infinity and a label full of markup."""
    found = {
        labels(row)["room"]: row["values"][-1]
        for row in rows(take(source(prometheus.url), "range", "temperature_celsius"))
    }
    assert math.isnan(found["not a number"])
    assert found["endless"] == math.inf
    assert found["<b>hostile</b> & [odd](http://127.0.0.1/)"] == 20.0


def test_silence_is_kept_as_silence(prometheus: Prometheus) -> None:
    """A series that went stale has no samples from then on."""
    now = datetime.now(UTC).timestamp()
    samples = [(now - 45, 1.0), (now - 35, 2.0), (now - 30, STALE)]
    prometheus.remote_write([Series({"__name__": "went_silent"}, samples)])
    [row] = rows(take(source(prometheus.url), "range", "went_silent"))
    assert row["times"][-1].timestamp() < now - 30


def test_every_kind_of_result_is_understood(prometheus: Prometheus) -> None:
    """Scalar, string, vector and, asked for at one moment, a matrix."""
    connected = source(prometheus.url)
    assert rows(take(connected, "instant", "2 * 21"))[0]["values"] == [42.0]
    assert rows(take(connected, "instant", "'hello'"))[0]["text"] == "hello"
    assert len(rows(take(connected, "instant", "up"))) == 3
    eventually(lambda: len(rows(take(connected, "instant", "up{job='node'}[5m]"))[0]["values"]) > 1)


def test_good_news_and_a_missing_exporter_are_told_apart(prometheus: Prometheus) -> None:
    connected = source(prometheus.url)
    assert rows(take(connected, "instant", "up == 17")) == []
    missing = gap(take(connected, "instant", "kube_node_status_condition == 0"))
    assert missing.reason is GapReason.NOT_HERE
    assert "kube-state-metrics" in missing.hint


def test_whichever_alternative_is_there_is_taken(prometheus: Prometheus) -> None:
    queries = ("rate(traefik_entrypoint_requests_total[5m])", "rate(nginx_ingress_controller_requests_total[5m])")
    end = datetime.now(UTC) - timedelta(minutes=2)
    snapshot = take(source(prometheus.url), "range", *queries, end=end)
    assert snapshot.provenance.query == queries[1]
    assert len(rows(snapshot)) == 2


def test_a_wrong_query_is_answered_in_prometheus_words(prometheus: Prometheus) -> None:
    assert "parse error" in gap(take(source(prometheus.url), "instant", "up{")).message
    many = "up * on () {__name__=~'up|scrape_duration_seconds'}"
    assert "many-to-many" in gap(take(source(prometheus.url), "instant", many)).message


def test_alerts_rules_and_targets_are_tables_with_the_worst_on_top(prometheus: Prometheus) -> None:
    connected = source(prometheus.url)
    eventually(lambda: len(rows(take(connected, "alerts"))) == 2)
    [gone] = [row for row in rows(take(connected, "alerts")) if row["alert"] == "TargetGone"]
    assert (gone["state"], gone["severity"], gone["summary"]) == ("firing", "critical", "gone does not answer")
    rules = {row["rule"]: row for row in rows(take(connected, "rules"))}
    assert set(rules) == {"job:up:count", "TargetGone", "Watchdog"}
    assert rules["TargetGone"]["alerts"] == 1
    targets = rows(take(connected, "targets"))
    assert [(row["job"], row["health"]) for row in targets] == [
        ("gone", "down"),
        ("node", "up"),
        ("prometheus", "up"),
    ]
    assert "connection refused" in targets[0]["last_error"]


def test_more_series_than_a_look_keeps_are_counted(prometheus: Prometheus) -> None:
    """Each thousandth request id makes a series somewhere."""
    now = datetime.now(UTC).timestamp()
    many = [Series({"__name__": "many", "i": f"{number:04}"}, [(now - 30, 1.0)]) for number in range(1200)]
    prometheus.remote_write(many)
    snapshot = take(source(prometheus.url), "range", "many")
    assert [labels(row)["i"] for row in rows(snapshot)] == [f"{number:04}" for number in range(1000)]
    assert snapshot.provenance.warnings == ("200 of 1,200 series left out: a look keeps 1,000.",)


def test_its_health_tells_the_version(prometheus: Prometheus) -> None:
    health = source(prometheus.url).check(Deadline(PATIENCE))
    assert health.ok
    assert health.details["version"].startswith("3." if is_built("prometheus") else "2.")


# VictoriaMetrics, the second implementation


@pytest.fixture(scope="module")
def filled(victoria_metrics: VictoriaMetrics) -> PrometheusSource:
    now = datetime.now(UTC).timestamp()
    for team in ("shop", "ground"):
        samples = [(now - back, float(back)) for back in range(3000, 0, -30)]
        victoria_metrics.remote_write([Series({"__name__": "vm_try", "team": team, "näme": "ü"}, samples)])
    return source(victoria_metrics.url)


def test_victoria_metrics_answers_ranges_and_instants(filled: PrometheusSource) -> None:
    snapshot = take(filled, "range", "vm_try")
    assert [labels(row)["team"] for row in rows(snapshot)] == ["ground", "shop"]
    assert labels(rows(snapshot)[0])["näme"] == "ü"
    assert len(rows(take(filled, "instant", "vm_try"))) == 2


def test_victoria_metrics_knows_what_it_has(filled: PrometheusSource) -> None:
    assert rows(take(filled, "instant", "vm_try == -1")) == []
    assert gap(take(filled, "instant", "node_load1")).reason is GapReason.NOT_HERE
    assert take(filled, "range", "node_load1", "vm_try").provenance.query == "vm_try"


def test_victoria_metrics_takes_extra_filters(filled: PrometheusSource, victoria_metrics: VictoriaMetrics) -> None:
    narrowed = source(victoria_metrics.url, parameters={"extra_filters[]": ['{team="shop"}']})
    assert [labels(row)["team"] for row in rows(take(narrowed, "range", "vm_try"))] == ["shop"]


def test_victoria_metrics_tells_no_rules_and_is_well(filled: PrometheusSource) -> None:
    """It has neither rules nor targets of its own, and says so: that is no quiet night."""
    told = [take(filled, kind).gap for kind in ("alerts", "rules", "targets")]
    assert [gap.reason for gap in told if gap] == [GapReason.NOT_HERE] * 3
    assert ["evaluates no rules" in gap.message for gap in told if gap] == [True, True, False]
    assert filled.check(Deadline(PATIENCE)).ok


# what stands in front


def test_behind_a_prefix_and_a_password(tmp_path: Path) -> None:
    """Prometheus' own basic authentication; each mistake has its own reason and hint."""
    require("prometheus")
    user, password = SAMPLE_USER
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_text(password + "\n")
    wrong.write_text("something else")
    with Prometheus(prefix="/metrics-of/shop", web_config=BASIC_AUTH_WEB_CONFIG, credentials=SAMPLE_USER) as mine:
        assert rows(take(source(mine.url, username=user, password_file=right), "instant", "vector(1)"))
        for settings in ({}, {"username": user, "password_file": wrong}):
            refused = gap(take(source(mine.url, **settings), "instant", "vector(1)"))
            assert refused.reason is GapReason.REFUSED
            assert "password_file" in refused.hint
        bare = source(mine.url.removesuffix("/metrics-of/shop"), username=user, password_file=right)
        lost = gap(take(bare, "instant", "vector(1)"))
        assert lost.reason is GapReason.REFUSED
        assert "path prefix" in lost.hint
        assert "path prefix" in bare.check(Deadline(PATIENCE)).hint


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority.make(tmp_path / "authority")


def test_mutual_tls_lets_in_whom_it_knows_and_says_what_others_lack(tmp_path: Path, authority: Authority) -> None:
    """A certificate of ours that is missing or a stranger's is one thing, an authority we do not know another."""
    require("prometheus")
    served, ours = authority.issue("server"), authority.issue("us")
    stranger = Authority.make(tmp_path / "elsewhere").issue("stranger")
    config = (
        f"tls_server_config: {{cert_file: {served.certificate}, key_file: {served.key}, "
        f"client_ca_file: {authority.own.certificate}, client_auth_type: RequireAndVerifyClientCert}}\n"
    )
    with Prometheus(web_config=config, scheme="https", client_certificate=ours) as mine:
        believed = {"ca_file": authority.own.certificate}
        known = believed | {"client_cert": ours.certificate, "client_key": ours.key}
        unknown = believed | {"client_cert": stranger.certificate, "client_key": stranger.key}
        assert rows(take(source(mine.url, **known), "instant", "vector(1)"))
        for settings in (believed, unknown):
            assert "client_cert" in gap(take(source(mine.url, **settings), "instant", "vector(1)")).hint
        distrusted = gap(take(source(mine.url), "instant", "vector(1)"))
        assert distrusted.reason is GapReason.UNREACHABLE
        assert "ca_file" in distrusted.hint
        assert rows(take(source(mine.url, insecure_skip_verify=True, **known), "instant", "vector(1)"))


IN_FRONT = """\
map $http_authorization $let_in {{ default 0; "Bearer first-light" 1; }}
map $http_x_scope_orgid $tenant {{ default 0; "shop" 1; }}
server {{
    listen 127.0.0.1:@PORT@;
    access_log off;
    default_type text/html;
    location = /healthz {{ return 200 "ok"; }}
    location /token/ {{ if ($let_in = 0) {{ return 401; }} proxy_pass {url}/; }}
    location /tenant/ {{ if ($tenant = 0) {{ return 403 "no org id"; }} proxy_pass {url}/; }}
    location /read-only/ {{ limit_except GET {{ deny all; }} proxy_pass {url}/; }}
    location /packed/ {{
        gzip on; gzip_types application/json; gzip_min_length 1; gzip_proxied any;
        proxy_pass {url}/;
    }}
    location /login/ {{ return 200 "<!doctype html><title>Sign in &amp; go on</title>"; }}
    location /moved/ {{ return 302 https://login.example.org/?next=secret; }}
    location /moved-here/ {{ rewrite ^/moved-here/(.*)$ /packed/$1 redirect; }}
    location /gone/ {{ proxy_pass http://127.0.0.1:1/; }}
}}
"""


@pytest.fixture(scope="module")
def proxy(prometheus: Prometheus) -> Iterator[Nginx]:
    require("nginx")
    with Nginx(http=IN_FRONT.format(url=prometheus.url)) as server:
        yield server


def test_a_proxy_that_wants_a_token_gets_it_from_a_file(proxy: Nginx, tmp_path: Path) -> None:
    """Rotated while we run, the new one is used."""
    token = tmp_path / "token"
    token.write_text("old")
    connected = source(f"{proxy.url}/token", bearer_token_file=token)
    assert gap(take(connected, "instant", "up")).reason is GapReason.REFUSED
    token.write_text("first-light\n")
    assert rows(take(connected, "instant", "up"))


def test_a_tenant_is_a_header(proxy: Nginx) -> None:
    refused = gap(take(source(f"{proxy.url}/tenant"), "instant", "up"))
    assert "X-Scope-OrgID" in refused.hint
    assert rows(take(source(f"{proxy.url}/tenant", headers={"X-Scope-OrgID": "shop"}), "instant", "up"))


def test_a_proxy_that_only_lets_read_is_read_by_get(proxy: Nginx) -> None:
    assert rows(take(source(f"{proxy.url}/read-only"), "instant", "up"))


def test_a_redirect_to_another_path_is_followed(proxy: Nginx) -> None:
    """By the same method, so that the query is not lost on the way."""
    assert rows(take(source(f"{proxy.url}/moved-here"), "range", "node_load1"))


@pytest.mark.parametrize("kind", ["instant", "alerts", "targets"])
def test_a_page_to_sign_in_is_recognised(proxy: Nginx, kind: str) -> None:
    """Answered in place with 200, or somewhere else after a redirect."""
    query = ("up",) if kind == "instant" else ()
    page = gap(take(source(f"{proxy.url}/login"), kind, *query))
    assert page.reason is GapReason.GARBLED
    assert "HTML page (“Sign in & go on”)" in page.message
    moved = gap(take(source(f"{proxy.url}/moved"), kind, *query))
    assert moved.reason is GapReason.REFUSED
    assert "https://login.example.org" in moved.message
    assert "secret" not in moved.message


@pytest.mark.parametrize("flags", [(), ("--skip-provider-button",)], ids=["a page", "a redirect"])
@pytest.mark.parametrize("kind", ["instant", "alerts"])
def test_who_has_not_signed_in_at_oauth2_proxy_is_told_what_to_set(flags: tuple[str, ...], kind: str) -> None:
    """What asks for JSON gets neither the page nor the redirect that a browser gets."""
    require("oauth2-proxy")
    with OAuth2Proxy(upstream="http://127.0.0.1:1", flags=flags) as in_front:
        refused = gap(take(source(in_front.url), kind, *(["up"] if kind == "instant" else [])))
    assert refused.reason is GapReason.REFUSED
    assert "401" in refused.message
    assert "bearer_token_file" in refused.hint


def test_a_proxy_without_its_prometheus_says_so(proxy: Nginx) -> None:
    gone = gap(take(source(f"{proxy.url}/gone"), "instant", "up"))
    assert gone.reason is GapReason.UNREACHABLE
    assert "502" in gone.message
    assert "is it running" in gone.hint


# whatever goes wrong


@pytest.mark.parametrize("kind", ["range", "alerts", "targets"])
@pytest.mark.parametrize("mode", MisbehavingServer.modes)
def test_whatever_goes_wrong_is_a_gap_in_time(misbehaving: MisbehavingServer, mode: str, kind: str) -> None:
    """With a reason and something to try; its health says the same."""
    connected = source(misbehaving.url_for(mode), max_bytes=1 << 20)
    patience = timedelta(seconds=0.7)
    with Stopwatch() as watch:
        found = gap(take(connected, kind, *(["up"] if kind == "range" else []), patience=patience))
    assert watch.seconds < patience.total_seconds() + LATE
    assert found.message
    assert found.hint
    with Stopwatch() as watch:
        health = connected.check(Deadline(patience))
    assert watch.seconds < patience.total_seconds() + LATE
    assert not health.ok
    assert health.hint


def test_a_prometheus_that_hangs_and_comes_back_is_asked_again() -> None:
    """Stopped in its tracks it is too slow; gone it is unreachable; back it answers."""
    require("prometheus")
    with Prometheus() as mine:
        connected = source(mine.url)
        assert rows(take(connected, "instant", "vector(1)"))
        mine.pause()
        # A process may answer once more before the signal reaches all its threads.
        stuck = eventually(lambda: take(connected, "instant", "vector(1)", patience=timedelta(seconds=2)).gap)
        assert stuck.reason is GapReason.TOO_SLOW
        mine.resume()
        assert rows(take(connected, "instant", "vector(1)"))
        mine.stop()
        assert gap(take(connected, "instant", "vector(1)")).reason is GapReason.UNREACHABLE
        mine.start()
        assert rows(take(connected, "instant", "vector(1)"))


def test_prometheus_own_limit_of_time_is_told() -> None:
    """The time that is left is sent along, so that it need not work for nobody."""
    require("prometheus")
    with Prometheus(flags=["--query.timeout=1ms"]) as mine:
        slow = gap(take(source(mine.url), "range", "sum(count_over_time(vector(1)[100d:1m]))"))
    assert slow.reason is GapReason.TOO_SLOW
