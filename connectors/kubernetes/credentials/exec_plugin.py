"""A kubeconfig's credential plugin, such as `aws eks get-token`, run for a bounded time and never asking anybody.

The client's own runner waits for ever, may ask on the terminal, and turns a failure into a log line and a request
without credentials. Format: client.authentication.k8s.io, "Input and output formats".
"""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from connectors.kubernetes.failures import SIGN_IN_AGAIN
from connectors.kubernetes.kubeconfig.entries import Cluster, Exec
from connectors.taking import Unobtainable
from vistas.redaction import Redaction
from vistas.snapshot import GapReason

ALLOWED_OUTPUT = 1_000_000
SPOKEN = 300
"""How much of a plugin's complaint is passed on, in characters."""


@dataclass(frozen=True, slots=True)
class ExecCredential:
    """What the plugin gave: a token, or a certificate with its key (PEM); `expires` in RFC 3339."""

    token: str | None = None
    certificate: str | None = None
    key: str | None = None
    expires: str | None = None


def run_plugin(plugin: Exec, redaction: Redaction, *, cluster: Cluster, patience: float) -> ExecCredential:
    """Run the plugin that a kubeconfig's user names; `patience` in seconds. Unobtainable says what went wrong,
    with the plugin's last words after `redaction`.
    """
    name = Path(plugin.command).name
    if not name or not plugin.api_version:
        raise _failed(name, "its entry in the kubeconfig lacks a command or an apiVersion", plugin)
    done = _run(name, plugin, _environment(plugin, cluster), patience)
    if done.returncode != 0:
        said = redaction.text(done.stderr.decode(errors="replace").strip())[-SPOKEN:]
        raise _failed(name, f"it exited with {done.returncode}{f' ({said})' if said else ''}", plugin)
    if len(done.stdout) > ALLOWED_OUTPUT:
        raise _failed(name, "it printed more than a credential can hold", plugin)
    return _credential(name, plugin, done.stdout)


def _credential(name: str, plugin: Exec, answer: bytes) -> ExecCredential:
    try:
        status = orjson.loads(answer)["status"]
        token, certificate, key, expires = (
            value if isinstance(value := status.get(field), str) else None
            for field in ("token", "clientCertificateData", "clientKeyData", "expirationTimestamp")
        )
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        raise _failed(name, "it did not print an ExecCredential", plugin) from None
    if not token and not (certificate and key):
        raise _failed(name, "it gave neither a token nor a certificate with its key", plugin)
    return ExecCredential(token, certificate, key, expires)


def _environment(plugin: Exec, cluster: Cluster) -> dict[str, str]:
    spec: dict[str, Any] = {"interactive": False}
    if plugin.provide_cluster_info:
        spec["cluster"] = _cluster_info(cluster)
    asked = {"apiVersion": plugin.api_version, "kind": "ExecCredential", "spec": spec}
    own = {each.name: each.value for each in plugin.env if each.name}
    return {**os.environ, **own, "KUBERNETES_EXEC_INFO": json.dumps(asked)}


def _cluster_info(cluster: Cluster) -> dict[str, Any]:
    """The cluster as a plugin is told of it: the certificate itself instead of where it stands."""
    authority = cluster.certificate_authority_data
    if cluster.certificate_authority and not authority:
        try:
            authority = base64.b64encode(Path(cluster.certificate_authority).read_bytes()).decode()
        except OSError:
            authority = ""
    extensions = {each.get("name"): each.get("extension") for each in cluster.extensions if isinstance(each, dict)}
    told = {
        "server": cluster.server,
        "tls-server-name": cluster.tls_server_name,
        "insecure-skip-tls-verify": cluster.insecure_skip_tls_verify,
        "certificate-authority-data": authority,
        "proxy-url": cluster.proxy_url,
        "config": extensions.get("client.authentication.k8s.io/exec"),
    }
    return {key: value for key, value in told.items() if value}


def _run(
    name: str, plugin: Exec, environment: Mapping[str, str], patience: float
) -> subprocess.CompletedProcess[bytes]:
    try:
        process = subprocess.Popen(
            [plugin.command, *plugin.args],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    except OSError as missing:
        raise _failed(name, f"it cannot be started ({missing.strerror})", plugin) from missing
    except ValueError:
        raise _failed(name, "its entry in the kubeconfig is not a usable command", plugin) from None
    with process:
        try:
            output, complaint = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise _failed(name, f"it had not answered after {patience:.0f} s", plugin) from None
    return subprocess.CompletedProcess(name, process.returncode, output, complaint)


def _failed(name: str, why: str, plugin: Exec) -> Unobtainable:
    advice = [*plugin.install_hint.strip().splitlines()[:1], SIGN_IN_AGAIN][0]
    return Unobtainable(
        GapReason.REFUSED,
        f"The kubeconfig's credential plugin {name or '(unnamed)'} failed: {why}.",
        advice,
    )
