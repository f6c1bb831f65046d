"""Reading from a server that does everything wrong: a reason in time, never an exception of another kind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.kubernetes.api.access import Request
from connectors.taking import Unobtainable
from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from tests.connectors.kubernetes.canned import canned_access, seconds
from tests.connectors.kubernetes.test_connections import DrippingServer
from tests.servers.misbehaving import MisbehavingServer
from tests.waiting import LATE, Stopwatch, eventually
from vistas.snapshot import Gap, GapReason
from vistas.source import Deadline

PODS = Request("/api/v1/pods", "the list of pods")
PATIENCE = 1.0
AMPLE = 60.0


@pytest.fixture(scope="module")
def misbehaving() -> Iterator[MisbehavingServer]:
    with MisbehavingServer() as server:
        yield server


def failure(directory: Path, url: str, deadline: Deadline | None = None, **settings: object) -> Gap:
    access = canned_access(directory, url, **settings)
    with pytest.raises(Unobtainable) as caught:
        access.get(PODS, deadline or seconds(AMPLE))
    return caught.value.gap


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("hang", GapReason.TOO_SLOW),
        ("drip", GapReason.TOO_SLOW),
        ("endless", GapReason.TOO_MUCH),
        ("bomb", GapReason.TOO_MUCH),
        ("half", GapReason.GARBLED),
        ("wrong-length", GapReason.GARBLED),
        ("html", GapReason.GARBLED),
        ("nonsense", GapReason.GARBLED),
        ("redirect-loop", GapReason.GARBLED),
        ("close", GapReason.GARBLED),
        ("500", GapReason.UNREACHABLE),
        ("refuse", GapReason.UNREACHABLE),
        ("401", GapReason.REFUSED),
        ("403", GapReason.REFUSED),
    ],
)
def test_whatever_goes_wrong_is_a_reason_in_time(
    misbehaving: MisbehavingServer, tmp_path: Path, mode: str, reason: GapReason
) -> None:
    patience = PATIENCE if reason is GapReason.TOO_SLOW else AMPLE
    with Stopwatch() as watch:
        gap = failure(tmp_path, misbehaving.url_for(mode), seconds(patience), max_bytes=5_000_000)
    assert watch.seconds < PATIENCE + LATE
    assert gap.reason is reason
    assert gap.message.endswith(".")
    assert gap.hint.endswith(".")


def test_every_way_to_misbehave_is_tried() -> None:
    marks = test_whatever_goes_wrong_is_a_reason_in_time.pytestmark  # type: ignore[attr-defined]
    tried = {mode for mode, _ in marks[0].args[1]}
    assert tried == set(MisbehavingServer.modes)


def test_an_answer_that_ended_leaves_no_thread_behind(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    for mode in ("drip", "endless", "hang"):
        failure(tmp_path, misbehaving.url_for(mode), seconds(0.3))
    eventually(lambda: not any(thread.name.startswith("kubernetes-the list") for thread in threading.enumerate()))


def test_cancelling_is_noticed_at_once(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    deadline = seconds(AMPLE)
    threading.Timer(0.2, deadline.cancel).start()
    with Stopwatch() as watch:
        gap = failure(tmp_path, misbehaving.url_for("hang"), deadline)
    assert gap.reason is GapReason.CANCELLED
    assert watch.seconds < 0.2 + LATE


def test_a_server_that_says_nothing_is_given_up_before_the_deadline(
    misbehaving: MisbehavingServer, tmp_path: Path
) -> None:
    gap = failure(tmp_path, misbehaving.url_for("hang"), seconds(AMPLE), timeout=0.3)
    assert gap.reason is GapReason.TOO_SLOW
    assert "timeout of this source" in gap.hint


def test_credentials_that_were_refused_are_read_again(tmp_path: Path) -> None:
    """A token is often renewed in the kubeconfig by another program."""
    seen: list[str] = []

    def guard(request: Received) -> Reply:
        seen.append(request.headers["authorization"])
        return told({"items": []}) if seen[-1] == "Bearer fresh" else told({}, 401)

    with AnsweringServer() as server:
        server.answers["/api/v1/pods"] = guard
        access = canned_access(tmp_path, server.url)
        with pytest.raises(Unobtainable):
            access.get(PODS, seconds(AMPLE))
        config = tmp_path / "kubeconfig"
        config.write_text(config.read_text().replace("ann-s-token", "fresh"))
        assert access.get(PODS, seconds(AMPLE)) == {"items": []}
    assert seen == ["Bearer ann-s-token", "Bearer fresh"]


def test_an_anonymous_visitor_is_told_so(tmp_path: Path) -> None:
    with AnsweringServer() as server:
        message = 'pods is forbidden: User "system:anonymous" cannot list resource "pods"'
        server.answers["/api/v1/pods"] = told({"kind": "Status", "message": message}, 403)
        gap = failure(tmp_path, server.url)
    assert "anonymous" in gap.message


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"null", b"", b"12"])
def test_json_that_is_no_object_is_not_understood(tmp_path: Path, body: bytes) -> None:
    with AnsweringServer() as server:
        server.answers["/api/v1/pods"] = Reply(body)
        assert failure(tmp_path, server.url).reason is GapReason.GARBLED


def test_a_log_never_exceeds_what_was_asked_for(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    access = canned_access(tmp_path, misbehaving.url_for("endless"))
    log = access.stream_log("shop", "web", "nginx", limit_bytes=100_000, deadline=seconds(AMPLE))
    assert sum(map(len, log)) == 100_000


def test_a_log_that_drips_ends_with_the_deadline(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    access = canned_access(tmp_path, misbehaving.url_for("drip"))
    log = access.stream_log("shop", "web", "nginx", limit_bytes=1000, deadline=seconds(PATIENCE))
    with Stopwatch() as watch, pytest.raises(Unobtainable) as caught:
        list(log)
    assert watch.seconds < PATIENCE + LATE
    assert caught.value.gap.reason is GapReason.TOO_SLOW


def test_a_log_is_asked_for_as_the_api_wants_it(tmp_path: Path) -> None:
    with AnsweringServer() as server:
        path = "/api/v1/namespaces/ingress/pods/web-1/log"
        server.answers[path] = Reply(b"a line\n", media_type="text/plain")
        access = canned_access(tmp_path, server.url)
        log = access.stream_log(
            "ingress", "web-1", "nginx", since_seconds=3600, limit_bytes=99, previous=True, deadline=seconds(AMPLE)
        )
        assert b"".join(log) == b"a line\n"
        [form] = server.forms(path)
    assert form == {
        "container": ["nginx"],
        "sinceSeconds": ["3600"],
        "limitBytes": ["99"],
        "timestamps": ["true"],
        "previous": ["true"],
    }


def test_a_log_that_may_not_be_read_names_the_missing_rule(tmp_path: Path) -> None:
    with AnsweringServer() as server:
        server.answers["/api/v1/namespaces/ingress/pods/web-1/log"] = told({"message": "no"}, 403)
        log = canned_access(tmp_path, server.url).stream_log(
            "ingress", "web-1", "nginx", limit_bytes=99, deadline=Deadline(timedelta(seconds=AMPLE))
        )
        with pytest.raises(Unobtainable) as caught:
            list(log)
    assert '{apiGroups: [""], resources: ["pods/log"], verbs: ["get"]}' in caught.value.gap.hint
    assert "in the namespace ingress" in caught.value.gap.message


def test_a_password_in_the_server_s_address_is_not_told(tmp_path: Path) -> None:
    gap = failure(tmp_path, "http://ann:hunter2@127.0.0.1:9")
    assert gap.reason is GapReason.UNREACHABLE
    assert "127.0.0.1:9" in gap.message
    assert "hunter2" not in gap.message + gap.hint


@pytest.mark.parametrize(
    "proxy", ["socks5://127.0.0.1:9", "127.0.0.1:9", "ftp://127.0.0.1:9", "http://127.0.0.1:9"]
)
def test_a_proxy_of_the_environment_that_cannot_be_used_is_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.setenv("http_proxy", proxy)
    gap = failure(tmp_path, "http://cluster.example.org")
    assert gap.reason is GapReason.UNREACHABLE
    assert gap.hint


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 301 Moved\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
        b"HTTP/1.1 99999 Odd\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br, gzip, zstd, x\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 300 + b"\r\n",
    ],
    ids=[
        "no address",
        "a chunk of less than nothing",
        "a length of that",
        "no status",
        "odd packing",
        "300 headers",
    ],
)
def test_http_that_is_none_is_a_reason(tmp_path: Path, answer: bytes) -> None:
    with DrippingServer(answer, b"") as server:
        gap = failure(tmp_path, server.url)
    assert gap.reason in {GapReason.GARBLED, GapReason.UNREACHABLE}
