"""Signing in to Google Cloud, with a loopback server in place of where Google gives tokens."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from connectors.http.client import BoundedSession
from connectors.http.clouds.google import READ_METRICS
from connectors.http.settings import HttpSettings
from connectors.taking import Unobtainable
from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from vistas.snapshot import GapReason
from vistas.source import Deadline

EMAIL = "vistas@shop.iam.gserviceaccount.com"
AUDIENCE = "https://oauth2.googleapis.com/token"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Google(AnsweringServer):
    """Gives tokens at `/token`, numbered, that live for `seconds`; answers at `/query` whoever has the newest."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds, self.given = 3600, 0
        self.answers |= {"/token": self._give, "/query": self._tell}

    @property
    def newest(self) -> str:
        return f"ya29.token-{self.given}"

    def _give(self, request: Received) -> Reply:
        self.given += 1
        assert request.form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
        check_assertion(request.form["assertion"][0])
        return told({"access_token": self.newest, "expires_in": self.seconds, "token_type": "Bearer"})

    def _tell(self, request: Received) -> Reply:
        said = {name.lower(): value for name, value in request.headers.items()}
        if said.get("authorization") == f"Bearer {self.newest}":
            return told({"status": "success", "data": {}})
        return told({"error": {"code": 401, "message": f"no such token: {said.get('authorization')}"}}, 401)

    @property
    def queries(self) -> int:
        return len([one for one in self.received if one.path == "/query"])


def check_assertion(assertion: str) -> None:
    """RFC 7523, as Google documents it for service accounts: signed with the account's key, for Google alone."""
    signed, _, signature = assertion.rpartition(".")
    KEY.public_key().verify(_bytes(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    claims = json.loads(_bytes(signed.partition(".")[2]))
    assert (claims["iss"], claims["aud"], claims["scope"]) == (EMAIL, AUDIENCE, READ_METRICS)


def _bytes(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@pytest.fixture
def google() -> Iterator[Google]:
    with Google() as server:
        yield server


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "google.json"
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    return path


def service_account(token_uri: str) -> dict[str, Any]:
    pem = KEY.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    about = {"type": "service_account", "project_id": "shop", "private_key_id": "1", "client_id": "1"}
    return {**about, "client_email": EMAIL, "private_key": pem, "token_uri": token_uri}


def session_to(server: AnsweringServer, **settings: str) -> BoundedSession:
    return BoundedSession(HttpSettings.model_validate({"url": server.url, "sign_in": "google", **settings}))


def ask(session: BoundedSession) -> None:
    with session.within(Deadline(timedelta(seconds=20))):
        session.request("GET", f"{session.origin}/query")


def test_a_service_account_asks_for_a_token_once_and_keeps_it(google: Google, keys: Path) -> None:
    keys.write_text(json.dumps(service_account(f"{google.url}/token")))
    session = session_to(google)
    for _ in range(3):
        ask(session)
    assert (google.given, google.queries) == (1, 3)


def test_a_token_that_is_about_to_end_is_renewed_before_it_does(google: Google, keys: Path) -> None:
    google.seconds = 60
    keys.write_text(json.dumps(service_account(f"{google.url}/token")))
    session = session_to(google)
    ask(session)
    ask(session)
    assert (google.given, google.queries) == (2, 2)


def refusal(server: AnsweringServer) -> tuple[GapReason, str]:
    with pytest.raises(Unobtainable) as caught:
        ask(session_to(server))
    said = f"{caught.value.gap.message} {caught.value.gap.hint}"
    assert "hunter2" not in said
    assert "PRIVATE KEY" not in said
    return caught.value.gap.reason, said


def test_what_google_repeats_of_a_token_is_masked(google: Google, keys: Path) -> None:
    keys.write_text(json.dumps(service_account(f"{google.url}/token")))
    google.answers["/query"] = lambda request: told({"error": {"message": f"bad {request.headers}"}}, 403)
    reason, said = refusal(google)
    assert reason is GapReason.REFUSED
    assert "ya29" not in said
    assert "roles/monitoring.viewer" in said


def test_a_key_that_google_does_not_take_is_told_without_what_it_says(google: Google, keys: Path) -> None:
    keys.write_text(json.dumps(service_account(f"{google.url}/token")))
    google.answers["/token"] = told({"error": "invalid_grant", "error_description": "hunter2 is no key"}, 400)
    reason, said = refusal(google)
    assert (reason, "Google Cloud did not sign us in (RefreshError)." in said) == (GapReason.REFUSED, True)
    assert google.queries == 0


def test_where_nobody_gives_tokens_it_says_so(google: Google, keys: Path) -> None:
    keys.write_text(json.dumps(service_account("http://127.0.0.1:1/token")))
    reason, said = refusal(google)
    assert reason is GapReason.UNREACHABLE
    assert "cannot be reached" in said


@pytest.mark.parametrize("content", [None, "no json, hunter2", '{"type": "hunter2"}'])
def test_a_file_that_is_none_of_its_kind_says_what_to_set(google: Google, keys: Path, content: str | None) -> None:
    if content is not None:
        keys.write_text(content)
    reason, said = refusal(google)
    assert (reason, "GOOGLE_APPLICATION_CREDENTIALS" in said) == (GapReason.REFUSED, True)


def test_without_the_library_it_says_what_to_install(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "google.auth", None)  # As where it is not installed.
    assert 'pip install "morning-vistas[google]"' in refusal(google)[1]
