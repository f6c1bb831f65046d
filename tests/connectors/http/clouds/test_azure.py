"""Signing in to Azure, with the managed identity of a loopback server in place of Azure's own."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from connectors.http.client import BoundedSession
from connectors.http.settings import HttpSettings
from connectors.taking import Unobtainable
from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from vistas.snapshot import GapReason
from vistas.source import Deadline

HEADER = "hunter2-identity-header"


class Azure(AnsweringServer):
    """Gives tokens at `/identity` as App Service does, numbered; answers at `/query` whoever has the newest."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds, self.given = 3600, 0
        self.answers |= {"/identity": self._give, "/query": self._tell}

    def _give(self, request: Received) -> Reply:
        said = {name.lower(): value for name, value in request.headers.items()}
        if said.get("x-identity-header") != HEADER:
            return told({"message": "who are you?"}, 401)
        self.given += 1
        ends = int(time.time()) + self.seconds
        resource = request.form["resource"][0]
        token = {"access_token": f"eyJ.token-{self.given}", "expires_on": str(ends), "token_type": "Bearer"}
        return told({**token, "resource": resource, "client_id": "1"})

    def _tell(self, request: Received) -> Reply:
        fits = request.headers.get("Authorization") == f"Bearer eyJ.token-{self.given}"
        return told({"status": "success", "data": {}}) if fits else told({"error": str(request.headers)}, 401)

    @property
    def asked_for(self) -> list[str]:
        return [one.form["resource"][0] for one in self.received if one.path == "/identity"]


@pytest.fixture
def azure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Azure]:
    for name in ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential")
    with Azure() as server:
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{server.url}/identity")
        monkeypatch.setenv("IDENTITY_HEADER", HEADER)
        yield server


def session_to(server: AnsweringServer, **settings: str) -> BoundedSession:
    return BoundedSession(HttpSettings.model_validate({"url": server.url, "sign_in": "azure", **settings}))


def ask(session: BoundedSession) -> None:
    with session.within(Deadline(timedelta(seconds=20))):
        session.request("GET", f"{session.origin}/query")


def test_a_managed_identity_asks_for_a_token_once_and_keeps_it(azure: Azure) -> None:
    session = session_to(azure)
    for _ in range(3):
        ask(session)
    assert azure.asked_for == ["https://prometheus.monitor.azure.com"]


def test_the_token_is_for_what_the_settings_say(azure: Azure) -> None:
    ask(session_to(azure, scope="https://api.loganalytics.io/.default"))
    assert azure.asked_for == ["https://api.loganalytics.io"]


def refusal(server: AnsweringServer) -> tuple[GapReason, str]:
    with pytest.raises(Unobtainable) as caught:
        ask(session_to(server))
    said = f"{caught.value.gap.message} {caught.value.gap.hint}"
    assert "hunter2" not in said
    return caught.value.gap.reason, said


def test_what_azure_repeats_of_a_token_is_masked(azure: Azure) -> None:
    azure.answers["/query"] = lambda request: told({"error": f"not with {request.headers}"}, 403)
    reason, said = refusal(azure)
    assert reason is GapReason.REFUSED
    assert "eyJ" not in said
    assert "Monitoring Data Reader" in said


def test_an_identity_that_is_refused_is_told_without_what_it_says(
    azure: Azure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDENTITY_HEADER", "hunter2-other")
    reason, said = refusal(azure)
    assert reason is GapReason.REFUSED
    assert "Azure" in said
    assert [one.path for one in azure.received if one.path == "/query"] == []


def test_without_the_library_it_says_what_to_install(azure: Azure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "azure.identity", None)  # As where it is not installed.
    assert 'pip install "morning-vistas[azure]"' in refusal(azure)[1]
