"""A kubeconfig's credential plugin, such as `aws eks get-token`, run for a bounded time and never asking anybody.

The client's own runner waits for ever, may ask on the terminal, and turns a failure into a log line and a request
without credentials. Format: client.authentication.k8s.io, "Input and output formats".
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from connectors.kubernetes.failures import SIGN_IN_AGAIN
from connectors.taking import Unobtainable
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


def run_plugin(
    plugin: Mapping[str, Any], *, cluster: Mapping[str, Any], directory: str, patience: float
) -> ExecCredential:
    """Run the plugin that a kubeconfig's user names; `patience` in seconds. Unobtainable says what went wrong."""
    name = os.path.basename(str(plugin.get("command", "")))  # noqa: PTH119 - a command, not a file
    if not name or not plugin.get("apiVersion"):
        raise _failed(name, "its entry in the kubeconfig lacks a command or an apiVersion", plugin)
    answer = _output(name, plugin, _environment(plugin, cluster), directory, patience)
    try:
        said = orjson.loads(answer)
        status = said["status"]
        credential = ExecCredential(
            token=status.get("token"),
            certificate=status.get("clientCertificateData"),
            key=status.get("clientKeyData"),
            expires=status.get("expirationTimestamp"),
        )
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        raise _failed(name, "it did not print an ExecCredential", plugin) from None
    if not credential.token and not (credential.certificate and credential.key):
        raise _failed(name, "it gave neither a token nor a certificate with its key", plugin)
    return credential


def _environment(plugin: Mapping[str, Any], cluster: Mapping[str, Any]) -> dict[str, str]:
    spec: dict[str, Any] = {"interactive": False}
    if plugin.get("provideClusterInfo"):
        extensions = {each.get("name"): each.get("extension") for each in cluster.get("extensions") or ()}
        config = extensions.get("client.authentication.k8s.io/exec")
        shown = {key: value for key, value in cluster.items() if key != "extensions"}
        spec["cluster"] = {**shown, **({"config": config} if config else {})}
    asked = {"apiVersion": plugin["apiVersion"], "kind": "ExecCredential", "spec": spec}
    own = {str(each["name"]): str(each["value"]) for each in plugin.get("env") or ()}
    return {**os.environ, **own, "KUBERNETES_EXEC_INFO": json.dumps(asked)}


def _output(
    name: str, plugin: Mapping[str, Any], environment: Mapping[str, str], directory: str, patience: float
) -> bytes:
    command = [str(plugin["command"]), *(str(each) for each in plugin.get("args") or ())]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=directory or None,
            start_new_session=True,
        )
    except OSError as missing:
        raise _failed(name, f"it cannot be started ({missing.strerror})", plugin) from missing
    with process:
        try:
            output, complaint = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise _failed(name, f"it had not answered after {patience:.0f} s", plugin) from None
    if process.returncode != 0:
        said = complaint.decode(errors="replace").strip()[-SPOKEN:]
        raise _failed(name, f"it ended with {process.returncode}{f' ({said})' if said else ''}", plugin)
    if len(output) > ALLOWED_OUTPUT:
        raise _failed(name, "it printed more than a credential can be", plugin)
    return output


def _failed(name: str, why: str, plugin: Mapping[str, Any]) -> Unobtainable:
    advice = [*str(plugin.get("installHint") or "").strip().splitlines()[:1], SIGN_IN_AGAIN][0]
    return Unobtainable(
        GapReason.REFUSED,
        f"The kubeconfig's credential plugin {name or '(unnamed)'} gave no credentials: {why}.",
        advice,
    )
