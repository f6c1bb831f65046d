"""Where the cluster is and who we are there: a kubeconfig's context, or the account of the pod we run in."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from connectors.kubernetes.exec_plugin import SPOKEN, ExecCredential, run_plugin
from connectors.kubernetes.settings import KubernetesSettings
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

DEFAULT_FILE = "~/.kube/config"
LIFETIME = timedelta(minutes=10)
"""How long a configuration is used before its files, whose tokens may be replaced, are read again."""
EARLY = timedelta(seconds=60)
"""How long before it expires a credential is renewed."""
PLUGIN_PATIENCE = 10.0
"""Seconds that a credential plugin may take."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """The client's configuration, what it is called, and until when it may be used."""

    configuration: Any
    context: str
    until: datetime

    def good(self, now: datetime) -> bool:
        return now < self.until


def load_credentials(settings: KubernetesSettings, *, patience: float, now: datetime) -> Credentials:
    """Read the kubeconfig, or the pod's own account. Unobtainable says what is missing; `patience` in seconds."""
    from kubernetes.config import ConfigException
    from yaml import YAMLError

    paths = kubeconfig_paths(settings, os.environ)
    shown = os.pathsep.join(paths) or "the pod's service account"
    try:
        return _from_kubeconfig(paths, settings.context, patience, now) if paths else _from_pod(now)
    except (ConfigException, YAMLError, OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise _unusable(f"{shown}: {_one_line(wrong)}") from wrong


def kubeconfig_paths(settings: KubernetesSettings, environment: Mapping[str, str]) -> tuple[str, ...]:
    """The kubeconfig files that are there, in order; none means that we run in a pod. Unobtainable otherwise."""
    if settings.kubeconfig is not None:
        wanted = [str(settings.kubeconfig)]
    else:
        wanted = [each for each in environment.get("KUBECONFIG", "").split(os.pathsep) if each] or [DEFAULT_FILE]
    found = tuple(path for path in wanted if Path(path).expanduser().is_file())
    if found or (settings.kubeconfig is None and environment.get("KUBERNETES_SERVICE_HOST")):
        return found
    raise _unusable(f"there is no file {' or '.join(wanted)}")


def _from_pod(now: datetime) -> Credentials:
    from kubernetes.client import Configuration
    from kubernetes.config import incluster_config

    configuration = Configuration()
    incluster_config.load_incluster_config(client_configuration=configuration)  # type: ignore[no-untyped-call]
    return Credentials(configuration, "in-cluster", now + LIFETIME)


def _from_kubeconfig(paths: tuple[str, ...], context: str | None, patience: float, now: datetime) -> Credentials:
    from kubernetes.client import Configuration
    from kubernetes.config import kube_config

    config = kube_config.KubeConfigMerger(os.pathsep.join(paths)).config  # type: ignore[no-untyped-call]
    name = context or str(config.value.get("current-context") or "")
    _make_sure_of(name, [str(each.value["name"]) for each in config.value["contexts"]])
    until = now + LIFETIME
    credential = _ask_plugin(config, name, min(patience, PLUGIN_PATIENCE))
    if credential and credential.expires:
        expires = datetime.fromisoformat(credential.expires).astimezone(UTC)
        until = max(expires - EARLY, now + timedelta(seconds=1))
    configuration = Configuration()
    loader = kube_config.KubeConfigLoader(config_dict=config, active_context=name)  # type: ignore[no-untyped-call]
    loader.load_and_set(configuration)  # type: ignore[no-untyped-call]
    if "expiry" not in vars(loader):
        # It would set what is set already, and look through the environment for a proxy, at every request.
        configuration.refresh_api_key_hook = None
    return Credentials(configuration, name, until)


def _ask_plugin(config: Any, context: str, patience: float) -> ExecCredential | None:
    """Run the context's credential plugin, if it has one, and put what it gave in its place."""
    chosen = _named(config.value["contexts"], context).value["context"]
    user_node = _named(config.value["users"], chosen.get("user"))
    user = (user_node.value.get("user") or {}) if user_node else {}
    if "exec" not in user or "token" in user or "tokenFile" in user:
        return None
    cluster = _named(config.value["clusters"], chosen.get("cluster"))
    credential = run_plugin(
        user["exec"],
        cluster=cluster.value["cluster"] if cluster else {},
        directory=str(Path(user_node.path).expanduser().absolute().parent),
        patience=patience,
    )
    if credential.token:
        user["token"] = credential.token
    else:
        user["client-certificate-data"] = _encoded(credential.certificate)
        user["client-key-data"] = _encoded(credential.key)
    del user["exec"]
    return credential


def _named(nodes: Any, name: str | None) -> Any:
    return next((node for node in nodes if node.value.get("name") == name), None)


def _encoded(pem: str | None) -> str:
    return base64.b64encode((pem or "").encode()).decode()


def _make_sure_of(context: str, known: list[str]) -> None:
    if context not in known:
        said = f"has no context {context!r}" if context else "names no current context"
        raise _unusable(f"it {said}; it has {', '.join(known) or 'none at all'}")


def _one_line(wrong: Exception) -> str:
    return " ".join(str(wrong).split())[:SPOKEN] or type(wrong).__name__


def _unusable(why: str) -> Unobtainable:
    return Unobtainable(
        GapReason.UNREACHABLE,
        f"The kubeconfig cannot be used: {why.replace(str(Path.home()), '~')}.",
        "Set kubeconfig and context of this source in vistas.toml to what works with kubectl.",
    )
