"""Bounded HTTP reading: whatever a server does, an answer in time, or a reason."""

import gzip
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from connectors.http.client import BoundedSession, read_json
from connectors.http.settings import HttpSettings
from connectors.taking import Unobtainable
from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from tests.servers.misbehaving import MisbehavingServer
from tests.waiting import LATE, Stopwatch, eventually
from vistas.snapshot import Gap, GapReason
from vistas.source import Deadline

PATIENCE = timedelta(seconds=0.6)
AMPLE = timedelta(seconds=60)


@pytest.fixture(scope="module")
def misbehaving() -> Iterator[MisbehavingServer]:
    with MisbehavingServer() as server:
        yield server


def ask(url: str, *, patience: timedelta = PATIENCE, **settings: object) -> requests.Response:
    session = BoundedSession(HttpSettings.model_validate({"url": url, **settings}))
    with session.within(Deadline(patience)):
        response = session.get(f"{url}/api")
    read_json(response, session.origin)
    return response


def failing(url: str, **settings: object) -> Gap:
    with pytest.raises(Unobtainable) as failure:
        ask(url, **settings)
    return failure.value.gap


EXPECTED = {
    "hang": (GapReason.TOO_SLOW, r"gave no answer within 0\.[1-6] s"),
    "drip": (GapReason.TOO_SLOW, r"(was still sending after|gave no answer within) 0\.[1-6] s"),
    "500": (GapReason.UNREACHABLE, "500 Internal Server Error"),
    "401": (GapReason.REFUSED, "401"),
    "403": (GapReason.REFUSED, "not you"),
    "html": (GapReason.GARBLED, r"an HTML page \(“Sign in”\) where JSON was expected"),
    "half": (GapReason.GARBLED, "is cut off"),
    "wrong-length": (GapReason.GARBLED, "was cut off in the middle"),
    "endless": (GapReason.TOO_MUCH, "larger than 1 MiB"),
    "bomb": (GapReason.TOO_MUCH, "larger than 1 MiB"),
    "redirect-loop": (GapReason.GARBLED, "redirects in a loop"),
    "nonsense": (GapReason.GARBLED, "does not speak HTTP"),
    "close": (GapReason.UNREACHABLE, "closed the connection"),
    "refuse": (GapReason.UNREACHABLE, "Nothing listens at"),
}


def test_every_way_of_misbehaving_is_expected() -> None:
    """A way that is added to the server needs an expectation here."""
    assert set(EXPECTED) == set(MisbehavingServer.modes)


@pytest.mark.parametrize("mode", EXPECTED)
def test_a_misbehaving_server_gives_a_reason_in_time(misbehaving: MisbehavingServer, mode: str) -> None:
    """Each with what happened, what to try, and no later than promised."""
    reason, says = EXPECTED[mode]
    patience = PATIENCE if reason is GapReason.TOO_SLOW else AMPLE
    with Stopwatch() as watch:
        gap = failing(misbehaving.url_for(mode), max_bytes=1 << 20, patience=patience)
    assert watch.seconds < PATIENCE.total_seconds() + LATE
    assert gap.reason is reason
    assert re.search(says, gap.message), gap
    assert gap.hint


def test_what_drips_is_told_from_what_says_nothing(misbehaving: MisbehavingServer) -> None:
    """Where the first byte came in time, which on a busy machine may take more than one try."""
    eventually(lambda: "was still sending" in failing(misbehaving.url_for("drip")).message)


def exchanges() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "http exchange" and thread.is_alive()]


@pytest.mark.parametrize("mode", ["hang", "drip", "endless"])
def test_no_thread_and_no_connection_outlives_its_request(misbehaving: MisbehavingServer, mode: str) -> None:
    """Giving up also ends what was waiting: the connection is shut down under it."""
    failing(misbehaving.url_for(mode), max_bytes=2048 << 20, patience=timedelta(seconds=0.2))
    eventually(lambda: not exchanges())


def test_headers_that_drip_are_cut_off() -> None:
    """No read ever times out, and still it is over in time."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        over = threading.Event()

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Endless: ")
                while not over.wait(0.02):
                    try:
                        connection.sendall(b"a")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        with Stopwatch() as watch:
            gap = failing(f"http://127.0.0.1:{listener.getsockname()[1]}")
        assert watch.seconds < PATIENCE.total_seconds() + LATE
        assert gap.reason is GapReason.TOO_SLOW
        thread.join(AMPLE.total_seconds())
        assert not thread.is_alive(), "the connection was left open"
        over.set()


def test_a_call_for_cancelling_is_heard_at_once(misbehaving: MisbehavingServer) -> None:
    """Nobody waits for the rest of the deadline."""
    session = BoundedSession(HttpSettings(url=misbehaving.url_for("hang")))
    deadline = Deadline(timedelta(seconds=30))
    threading.Timer(0.1, deadline.cancel).start()
    with Stopwatch() as watch, session.within(deadline), pytest.raises(Unobtainable) as failure:
        session.get(misbehaving.url_for("hang"))
    assert watch.seconds < LATE
    assert failure.value.gap.reason is GapReason.CANCELLED


def test_a_deadline_that_has_passed_asks_nothing() -> None:
    with AnsweringServer(**{"/api": told({})}) as tool:
        assert failing(tool.url, patience=timedelta(0)).reason is GapReason.TOO_SLOW
        assert tool.received == []


def test_the_timeout_of_the_settings_bounds_a_longer_deadline(misbehaving: MisbehavingServer) -> None:
    gap = failing(misbehaving.url_for("hang"), timeout=0.2, patience=timedelta(seconds=30))
    assert "within 0.2 s" in gap.message


@pytest.mark.parametrize(
    ("status", "body", "reason", "says"),
    [
        (
            400,
            b'{"status":"error","errorType":"bad_data","error":"1:4: parse error"}',
            GapReason.REFUSED,
            "1:4: parse error",
        ),
        (422, b'{"errorType":"execution","error":"many-to-many"}', GapReason.REFUSED, "many-to-many"),
        (404, b"404 page not found\n", GapReason.REFUSED, "404 page not found"),
        (429, b"", GapReason.REFUSED, "429 Too Many Requests."),
        (502, b"<html><h1>Bad Gateway</h1></html>", GapReason.UNREACHABLE, "502 Bad Gateway."),
        (503, b'{"errorType":"timeout","error":"query timed out"}', GapReason.TOO_SLOW, "query timed out"),
        (504, b"", GapReason.TOO_SLOW, "504"),
        (401, b'{"status":"error","error":"no org id"}', GapReason.REFUSED, "no org id"),
        (500, b'"a JSON string\\u0000\\u001b[31m"', GapReason.UNREACHABLE, "a JSON string [31m."),
        (500, b"x" * 1_000_000, GapReason.UNREACHABLE, "…"),
    ],
)
def test_an_error_status_tells_the_tools_own_message(
    status: int, body: bytes, reason: GapReason, says: str
) -> None:
    """In one line of bearable length, without control characters."""
    with AnsweringServer(**{"/api": Reply(body, status)}) as tool:
        gap = failing(tool.url)
    assert gap.reason is reason
    assert says in gap.message
    assert len(gap.message) < 600
    assert gap.message.isprintable()
    assert gap.hint


def test_hints_fit_the_case() -> None:
    """What to try: credentials, a prefix, the query."""
    hints = {}
    for status in (401, 403, 404):
        with AnsweringServer(**{"/api": Reply(b"", status)}) as tool:
            hints[status] = failing(tool.url).hint
    assert "bearer_token_file" in hints[401]
    assert "X-Scope-OrgID" in hints[403]
    assert "path prefix" in hints[404]


def test_an_unknown_host_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    gap = failing("http://nowhere.invalid", patience=timedelta(seconds=5))
    assert (gap.reason, "is not known here" in gap.message) == (GapReason.UNREACHABLE, True)


def test_a_plain_port_asked_for_tls_says_so() -> None:
    with AnsweringServer() as tool:
        gap = failing(tool.url.replace("http:", "https:"))
    assert "does not speak TLS" in gap.message
    assert "http://" in gap.hint


def test_a_missing_authority_file_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found out when asking, so that a file may appear later; what the environment trusts has no say."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", requests.certs.where())
    with AnsweringServer() as tool:
        gap = failing(tool.url.replace("http:", "https:"), ca_file="/nowhere/ca.crt")
    assert "/nowhere/ca.crt" in gap.message
    assert "ca_file" in gap.hint


def test_a_redirect_within_the_tool_is_followed_with_what_was_asked() -> None:
    """The same method and body again: a query is no form to be sent only once."""
    answers: dict[str, Reply | Callable[[Received], Reply]] = {
        "/api": Reply(status=302, headers={"Location": "/new/api"}),
        "/new/api": lambda request: told({"method": request.method, "form": request.form}),
    }
    with AnsweringServer(**answers) as tool:
        session = BoundedSession(HttpSettings(url=tool.url))
        with session.within(Deadline(PATIENCE)):
            response = session.post(f"{tool.url}/api", data={"query": "up"})
        assert response.json() == {"method": "POST", "form": {"query": ["up"]}}


def test_a_cookie_that_a_tool_sets_is_sent_back() -> None:
    """Something in front of a tool may set one, and send whoever comes without it round again."""

    def answer(request: Received) -> Reply:
        if request.headers.get("Cookie") == "known=yes":
            return told("welcome back")
        return Reply(status=302, headers={"Location": "/api", "Set-Cookie": "known=yes; Path=/"})

    with AnsweringServer(**{"/api": answer}) as tool:
        session = BoundedSession(HttpSettings(url=tool.url))
        for _ in range(2):
            with session.within(Deadline(PATIENCE)):
                assert session.get(f"{tool.url}/api").json() == "welcome back"
        assert [request.headers.get("Cookie") for request in tool.received] == [None, "known=yes", "known=yes"]


def test_a_redirect_elsewhere_is_not_followed() -> None:
    """Credentials stay with the tool they are for; what the other address says in its query stays unsaid."""
    with (
        AnsweringServer() as login,
        AnsweringServer(
            **{"/api": Reply(status=302, headers={"Location": f"{login.url}/login?token=abc"})}
        ) as tool,
    ):
        gap = failing(tool.url)
        assert login.received == []
    assert gap.reason is GapReason.REFUSED
    assert login.url in gap.message
    assert "abc" not in gap.message
    assert "sign-in" in gap.hint


def test_connections_are_kept_and_shared() -> None:
    """A second request takes the first one's connection."""
    with AnsweringServer(**{"/api": told({})}) as tool:
        session = BoundedSession(HttpSettings(url=tool.url))
        for _ in range(3):
            with session.within(Deadline(PATIENCE)):
                session.get(f"{tool.url}/api")
        assert len({request.port for request in tool.received}) == 1


def test_an_answer_compressed_is_read_and_bounded_by_what_it_unfolds_to() -> None:
    packed = Reply(gzip.compress(b'"' + b"x" * 5000 + b'"'), headers={"Content-Encoding": "gzip"})
    with AnsweringServer(**{"/api": packed}) as tool:
        assert len(ask(tool.url).json()) == 5000
        assert failing(tool.url, max_bytes=1024).reason is GapReason.TOO_MUCH


def test_a_false_compression_is_a_reason() -> None:
    with AnsweringServer(**{"/api": Reply(b"not gzip", headers={"Content-Encoding": "gzip"})}) as tool:
        assert failing(tool.url).reason is GapReason.GARBLED


def test_basic_authentication_reads_its_password_anew(tmp_path: Path) -> None:
    """A rotated secret is used with the next request."""
    secret = tmp_path / "password"
    with AnsweringServer(**{"/api": told({})}) as tool:
        for password in ("old", "pässword"):
            secret.write_text(password + "\n")
            ask(tool.url, username="reader", password_file=str(secret))
        sent = [request.headers["Authorization"] for request in tool.received]
    assert sent == ["Basic cmVhZGVyOm9sZA==", "Basic cmVhZGVyOnDDpHNzd29yZA=="]


def test_bearer_and_header_secrets_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_TOKEN", "t0ken")
    monkeypatch.setenv("A_KEY", "k3y")
    with AnsweringServer(**{"/api": told({})}) as tool:
        headers = {"X-Scope-OrgID": "shop", "X-Api-Key": {"env": "A_KEY"}}
        ask(tool.url, bearer_token_env="A_TOKEN", headers=headers)
        sent = tool.received[0].headers
    assert (sent["Authorization"], sent["X-Scope-OrgID"], sent["X-Api-Key"]) == ("Bearer t0ken", "shop", "k3y")


@pytest.mark.parametrize(
    "settings",
    [{"bearer_token_env": "NOT_SET_ANYWHERE"}, {"bearer_token_file": "/nowhere/token"}],
    ids=["variable", "file"],
)
def test_a_secret_that_is_missing_is_a_reason(settings: dict[str, str]) -> None:
    """It names the variable or the file, and nothing is asked without it."""
    with AnsweringServer(**{"/api": told({})}) as tool:
        gap = failing(tool.url, **settings)
        assert tool.received == []
    assert gap.reason is GapReason.REFUSED
    assert next(iter(settings.values())) in gap.message


def test_a_secret_that_no_header_may_hold_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason says that something is wrong with it, and does not say it."""
    monkeypatch.setenv("A_TOKEN", "hush\nhush")
    with AnsweringServer(**{"/api": told({})}) as tool:
        gap = failing(tool.url, bearer_token_env="A_TOKEN")
    assert gap.reason is GapReason.REFUSED
    assert "hush" not in gap.message + gap.hint


def test_netrc_has_no_say(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Credentials come from the settings alone."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with AnsweringServer(**{"/api": told({})}) as tool:
        ask(tool.url)
        assert "Authorization" not in tool.received[0].headers


@pytest.mark.parametrize("module", ["connectors.prometheus", "connectors.alertmanager"])
def test_a_source_is_imported_without_what_it_talks_with(module: str) -> None:
    """The app starts fast: heavy imports wait until a look is taken."""
    heavy = "{'requests', 'urllib3', 'prometheus_api_client', 'polars', 'orjson'}"
    code = f"import sys, {module}; found = {heavy} & set(sys.modules); sys.exit(str(found) if found else 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
