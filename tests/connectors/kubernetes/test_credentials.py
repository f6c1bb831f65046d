"""Where the cluster is and who we are there; and a credential plugin that fails, hangs, or works."""

from __future__ import annotations

import json
import os
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.kubernetes.credentials.cluster import LIFETIME, kubeconfig_paths, load_credentials
from connectors.kubernetes.settings import KubernetesSettings
from connectors.taking import Unobtainable
from tests.connectors.kubernetes.canned import REDACTOR, kubeconfig
from tests.waiting import LATE, Stopwatch, eventually
from vistas.snapshot import Gap, GapReason

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
VERSION = "client.authentication.k8s.io/v1"


def plugin(directory: Path, code: str) -> dict[str, Any]:
    """A credential plugin: a Python program."""
    program = directory / "get-token"
    program.write_text(f"#!{sys.executable}\nimport json, os, sys, time\n{code}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return {"exec": {"apiVersion": VERSION, "command": str(program), "args": ["one", "two"]}}


def loaded(directory: Path, user: dict[str, Any], *, patience: float = 5.0, **cluster: Any) -> Any:
    path = kubeconfig(directory, "https://127.0.0.1:6443", user, **cluster)
    return load_credentials(KubernetesSettings(kubeconfig=path), REDACTOR.begin(), patience=patience, now=NOW)


def gap(directory: Path, user: dict[str, Any], *, patience: float = 5.0) -> Gap:
    with pytest.raises(Unobtainable) as caught:
        loaded(directory, user, patience=patience)
    return caught.value.gap


def credential(**status: str) -> str:
    said = {"apiVersion": VERSION, "kind": "ExecCredential", "status": status}
    return f"print({json.dumps(json.dumps(said))})"


def test_a_plugin_s_token_is_used_until_shortly_before_it_expires(tmp_path: Path) -> None:
    code = credential(token="from-the-plugin", expirationTimestamp="2026-11-23T06:15:00Z")
    got = loaded(tmp_path, plugin(tmp_path, code))
    assert got.configuration.api_key["BearerToken"] == "Bearer from-the-plugin"
    assert got.until == NOW + timedelta(minutes=14)
    assert got.context == "canned"


def test_a_plugin_s_certificate_is_used(tmp_path: Path) -> None:
    code = credential(clientCertificateData="CERTIFICATE", clientKeyData="KEY")
    got = loaded(tmp_path, plugin(tmp_path, code))
    assert Path(got.configuration.cert_file).read_text() == "CERTIFICATE"
    assert Path(got.configuration.key_file).read_text() == "KEY"


def test_a_plugin_is_told_what_it_is_asked_and_gets_its_arguments(tmp_path: Path) -> None:
    code = """
info = json.loads(os.environ["KUBERNETES_EXEC_INFO"])
token = "-".join([*sys.argv[1:], info["kind"], str(info["spec"]["interactive"]), os.environ["REGION"]])
token += "-" + info["spec"]["cluster"]["server"]
print(json.dumps({"apiVersion": info["apiVersion"], "kind": info["kind"], "status": {"token": token}}))
"""
    user = plugin(tmp_path, code)
    user["exec"] |= {"env": [{"name": "REGION", "value": "eu"}], "provideClusterInfo": True}
    got = loaded(tmp_path, user)
    assert got.configuration.api_key["BearerToken"] == (
        "Bearer one-two-ExecCredential-False-eu-https://127.0.0.1:6443"
    )


def test_a_plugin_that_fails_is_a_gap_with_its_last_words(tmp_path: Path) -> None:
    found = gap(tmp_path, plugin(tmp_path, "sys.exit('The SSO session has expired')"))
    assert found.reason is GapReason.REFUSED
    assert "get-token" in found.message
    assert "The SSO session has expired" in found.message
    assert found.hint


@pytest.mark.slow("it waits for a deadline")
def test_a_plugin_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "child"
    code = f"""
import subprocess
child = subprocess.Popen(["sleep", "600"])
open({str(mark)!r}, "w").write(str(child.pid))
time.sleep(600)
"""
    with Stopwatch() as watch:
        found = gap(tmp_path, plugin(tmp_path, code), patience=4.0)
    assert watch.seconds < 4 + LATE
    assert "had not answered after 4 s" in found.message
    child = int(mark.read_text())
    eventually(lambda: not Path(f"/proc/{child}/cmdline").exists() or not _alive(child))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(
    "code",
    [
        "print('no JSON')",
        "print('[]')",
        "print('{}')",
        "print(json.dumps({'status': None}))",
        credential(),
        "pass",
    ],
)
def test_a_plugin_that_prints_no_credential_is_a_gap(tmp_path: Path, code: str) -> None:
    assert gap(tmp_path, plugin(tmp_path, code)).reason is GapReason.REFUSED


def test_a_plugin_that_is_not_installed_tells_its_own_advice(tmp_path: Path) -> None:
    user = {
        "exec": {"apiVersion": VERSION, "command": "no-such-plugin", "installHint": "Install it.\nThen run it."}
    }
    found = gap(tmp_path, user)
    assert "cannot be started" in found.message
    assert found.hint == "Install it."


def test_a_plugin_without_a_command_is_a_gap(tmp_path: Path) -> None:
    assert "lacks a command" in gap(tmp_path, {"exec": {"apiVersion": VERSION}}).message


def test_plain_credentials_are_read_again_after_a_while(tmp_path: Path) -> None:
    got = loaded(tmp_path, {"token": "plain"})
    assert got.configuration.api_key["BearerToken"] == "Bearer plain"
    assert got.is_valid(NOW)
    assert not got.is_valid(NOW + LIFETIME)


def test_a_context_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    path = kubeconfig(tmp_path, "https://127.0.0.1:6443")
    with pytest.raises(Unobtainable) as caught:
        load_credentials(
            KubernetesSettings(kubeconfig=path, context="prod"), REDACTOR.begin(), patience=5, now=NOW
        )
    assert "'prod'" in caught.value.gap.message
    assert "canned" in caught.value.gap.message


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "clusters: 3", "a: b: c", "contexts: [{}]"])
def test_a_file_that_is_no_kubeconfig_is_a_gap(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken"
    path.write_text(text)
    with pytest.raises(Unobtainable) as caught:
        load_credentials(KubernetesSettings(kubeconfig=path), REDACTOR.begin(), patience=5, now=NOW)
    assert "kubeconfig" in caught.value.gap.message


def test_a_kubeconfig_that_is_not_there_is_a_gap(tmp_path: Path) -> None:
    with pytest.raises(Unobtainable) as caught:
        load_credentials(
            KubernetesSettings(kubeconfig=tmp_path / "nowhere"), REDACTOR.begin(), patience=5, now=NOW
        )
    assert "there is no file" in caught.value.gap.message


def test_by_default_the_environment_says_where_to_look(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.touch()
    environment = {"KUBECONFIG": f"{one}{os.pathsep}{two}"}
    assert kubeconfig_paths(KubernetesSettings(), environment) == (str(one),)
    with pytest.raises(Unobtainable):
        kubeconfig_paths(KubernetesSettings(), {"KUBECONFIG": str(two)})


def test_in_a_pod_its_own_account_is_used(tmp_path: Path) -> None:
    environment = {"KUBECONFIG": str(tmp_path / "none"), "KUBERNETES_SERVICE_HOST": "127.0.0.1"}
    assert kubeconfig_paths(KubernetesSettings(), environment) == ()


def test_a_plugin_s_complaint_is_told_without_its_secrets(tmp_path: Path) -> None:
    code = "sys.exit('Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl was refused, password=hunter2')"
    found = gap(tmp_path, plugin(tmp_path, code))
    assert "was refused" in found.message
    assert "hunter2" not in found.message
    assert "eyJzdWIi" not in found.message


@pytest.mark.parametrize("wanted", ["~nobody-of-that-name/config", "no\0path", "/dev/null/config", "x" * 5000])
def test_a_path_that_is_none_is_a_gap(wanted: str) -> None:
    with pytest.raises(Unobtainable):
        load_credentials(KubernetesSettings(kubeconfig=Path(wanted)), REDACTOR.begin(), patience=5, now=NOW)
