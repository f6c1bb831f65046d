"""Signing in to AWS, before a server that works out the signature anew and refuses what does not fit."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.http.client import BoundedSession
from connectors.http.clouds.aws import with_plain_query
from connectors.http.settings import HttpSettings
from connectors.prometheus import PrometheusSource
from connectors.taking import Unobtainable
from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from tests.connectors.http.clouds.signatures import Account, what_is_wrong
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import GapReason, Window
from vistas.source import Deadline

REGION = "eu-central-1"
ACCOUNT = Account("AKIDEXAMPLE4SHOP", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYSHOPKEY")
WORKSPACE = "/workspaces/ws-0001"
PROMQL = 'sum by (job) (rate(http_requests_total{path=~"/a b+c/ä.*", code!="200"}[5m])) / 2 > 0.1 & up'


class Workspace(AnsweringServer):
    """Amazon Managed Prometheus, as far as it checks who asks."""

    def __init__(self, account: Account = ACCOUNT, service: str = "aps") -> None:
        super().__init__()
        self.account, self.service = account, service
        self.refusals: list[str] = []

    def answer(self, request: Received) -> Reply:
        if wrong := what_is_wrong(request, self.account, REGION, self.service):
            self.received.append(request)
            self.refusals.append(wrong)
            # AWS repeats what it was sent, a session's token included.
            sent = f"{wrong} {request.headers}"
            return told({"message": f"The request signature does not match. {sent}"}, 403)
        return super().answer(request)


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which nothing is signed in."""
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCOUNT.key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", ACCOUNT.secret)


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace() as server:
        server.answers |= {
            f"{WORKSPACE}/api/v1/query": told({"status": "success", "data": {}}),
            "/a%20b/x": told({}),
        }
        yield server


def session_to(server: AnsweringServer, **settings: str) -> BoundedSession:
    said = {"url": server.url, "sign_in": "aws", "region": REGION, **settings}
    return BoundedSession(HttpSettings.model_validate(said))


def ask(session: BoundedSession, method: str, url: str, **asked: object) -> None:
    with session.within(Deadline(timedelta(seconds=20))):
        session.request(method, url, **asked)


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_query_is_signed_as_it_is_sent(workspace: Workspace, method: str) -> None:
    """Spaces, pluses, umlauts and all that PromQL has; in the address, or in the body."""
    fields = {"query": PROMQL, "time": "1700000000", "empty": ""}
    sent = {"params": fields} if method == "GET" else {"data": fields}
    ask(session_to(workspace), method, f"{workspace.url}{WORKSPACE}/api/v1/query", **sent)
    assert workspace.refusals == []
    [request] = workspace.received
    assert request.form["query"] == [PROMQL]
    assert "+" not in request.target


@pytest.mark.usefixtures("signed_in")
def test_a_path_with_escapes_and_a_port_are_part_of_it(workspace: Workspace) -> None:
    ask(session_to(workspace), "GET", f"{workspace.url}/a%20b/x", params={"b": "2", "a": ["1", "0"]})
    assert workspace.refusals == []


@pytest.mark.usefixtures("signed_in")
def test_every_request_is_signed_anew_and_so_is_where_it_is_redirected(workspace: Workspace) -> None:
    there = f"{WORKSPACE}/api/v1/query"
    workspace.answers["/moved"] = Reply(status=307, headers={"Location": there})
    session = session_to(workspace)
    ask(session, "GET", f"{workspace.url}/moved", params={"query": "up"})
    ask(session, "POST", f"{workspace.url}/moved", data={"query": "up"})
    assert workspace.refusals == []
    assert [request.path for request in workspace.received] == ["/moved", there, "/moved", there]


@pytest.mark.usefixtures("signed_in")
def test_another_service_is_signed_for_where_the_settings_say_so() -> None:
    with Workspace(service="es") as server:
        server.answers["/_search"] = told({})
        ask(session_to(server, service="es"), "POST", f"{server.url}/_search", json={"size": 0})
        assert server.refusals == []


@pytest.mark.usefixtures("signed_in")
def test_a_prometheus_there_is_looked_at_like_any_other(workspace: Workspace) -> None:
    matrix = {"resultType": "matrix", "result": [{"metric": {"job": "a"}, "values": [[1700000000, "1"]]}]}
    workspace.answers[f"{WORKSPACE}/api/v1/query_range"] = told({"status": "success", "data": matrix})
    settings = {"url": f"{workspace.url}{WORKSPACE}", "sign_in": "aws", "region": REGION}
    source = PrometheusSource.from_settings("aws", settings, Redactor(b"k" * 32))
    look = Look(look="look", title="A look", source="aws", take="range", query=(PROMQL,))
    end = datetime.fromtimestamp(1700000060, UTC)
    snapshot = source.take("stop", look, Window(end - timedelta(minutes=5), end), Deadline(timedelta(seconds=20)))
    assert workspace.refusals == []
    assert snapshot.frame is not None, snapshot.gap
    assert snapshot.frame.rows == 1


def test_a_profile_is_read_and_a_session_s_token_is_signed_too(workspace: Workspace, tmp_path: Path) -> None:
    workspace.account = Account("ASIATEMPORARYKEY", "temporary-secret-of-ops", "a+token/of==a-session")
    (tmp_path / "credentials").write_text(
        f"[ops]\naws_access_key_id = {workspace.account.key}\naws_secret_access_key = {workspace.account.secret}\n"
        f"aws_session_token = {workspace.account.token}\n"
    )
    ask(session_to(workspace, profile="ops"), "GET", f"{workspace.url}{WORKSPACE}/api/v1/query")
    assert workspace.refusals == []


def test_credentials_that_end_are_renewed_before_they_do(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a pod gets them: from an address in its environment, for a while; those that have half a minute left."""
    given = iter(
        [
            (Account("ASIAFIRSTKEY0000", "first-secret", "first-token"), 30),
            (ACCOUNT_OF_LATER, 3600),
            (ACCOUNT, 3600),
        ]
    )

    def credentials(_: Received) -> Reply:
        workspace.account, seconds = next(given)
        account, ends = workspace.account, datetime.now(UTC) + timedelta(seconds=seconds)
        keys = {"AccessKeyId": account.key, "SecretAccessKey": account.secret, "Token": account.token}
        return told({**keys, "Expiration": ends.strftime("%Y-%m-%dT%H:%M:%SZ")})

    with AnsweringServer() as container:
        container.answers["/creds"] = credentials
        monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{container.url}/creds")
        session = session_to(workspace)
        for _ in range(3):
            ask(session, "GET", f"{workspace.url}{WORKSPACE}/api/v1/query")
        assert workspace.refusals == []
        assert len(container.received) == 2
        assert workspace.account == ACCOUNT_OF_LATER


ACCOUNT_OF_LATER = Account("ASIALATERKEY0000", "later-secret", "later-token")


def test_what_aws_repeats_of_a_signature_is_masked(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong secret, so that it refuses, and with it tells everything it was sent."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCOUNT.key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another-secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "hunter2-session-token")
    workspace.account = Account(ACCOUNT.key, ACCOUNT.secret, "hunter2-session-token")
    with pytest.raises(Unobtainable) as caught:
        ask(session_to(workspace), "GET", f"{workspace.url}{WORKSPACE}/api/v1/query")
    said = json.dumps([caught.value.gap.message, caught.value.gap.hint])
    [request] = workspace.received
    signature = request.headers["Authorization"].rpartition("Signature=")[2]
    assert "does not match" in said
    for secret in ("hunter2", ACCOUNT.key, signature, "another-secret"):
        assert secret not in said
    assert "AmazonPrometheusQueryAccess" in said
    assert caught.value.gap.reason is GapReason.REFUSED


def refusal(server: AnsweringServer, **settings: str) -> str:
    with pytest.raises(Unobtainable) as caught:
        ask(session_to(server, **settings), "GET", server.url)
    assert caught.value.gap.reason is GapReason.REFUSED
    assert server.received == [], "nothing is asked without a signature"
    return f"{caught.value.gap.message} {caught.value.gap.hint}"


def test_without_credentials_it_says_where_they_are_looked_for(workspace: Workspace) -> None:
    assert "There are no credentials for AWS here." in refusal(workspace)


def test_a_profile_that_is_not_there_is_told_by_its_kind(workspace: Workspace) -> None:
    said = refusal(workspace, profile="gone")
    assert "AWS did not sign us in (ProfileNotFound)." in said
    assert "aws sts get-caller-identity" in said


def test_without_the_library_it_says_what_to_install(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "botocore.session", None)  # As where it is not installed.
    assert 'pip install "morning-vistas[aws]"' in refusal(workspace)


def test_a_plus_that_is_meant_stays_one() -> None:
    assert with_plain_query("https://a/b?c=1+2&d=%2B&e=") == "https://a/b?c=1%202&d=%2B&e="


def test_the_check_refuses_what_is_changed_on_the_way(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server of these tests would notice: one request, then the same with something else in it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCOUNT.key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", ACCOUNT.secret)
    ask(session_to(workspace), "POST", f"{workspace.url}{WORKSPACE}/api/v1/query?a=1", data={"query": "up"})
    [request] = workspace.received

    def changed(**fields: object) -> str:
        values = {name: getattr(request, name) for name in request.__dataclass_fields__}
        return what_is_wrong(Received(**{**values, **fields}), ACCOUNT, REGION, "aps")

    assert changed() == ""
    assert "does not fit" in changed(method="GET")
    assert "does not fit" in changed(target=request.target.replace("a=1", "a=2"))
    assert "does not fit" in changed(target=request.target.replace("ws-0001", "ws-0002"))
    assert "does not fit" in changed(body=b"query=down")
    assert "does not fit" in changed(headers={**request.headers, "Host": "elsewhere"})
