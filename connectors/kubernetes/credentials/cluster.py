"""Where the cluster is and who we are there: a kubeconfig's context, or the account of the pod we run in."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from connectors.imports import import_whole
from connectors.kubernetes.credentials.exec_plugin import ExecCredential, run_plugin
from connectors.kubernetes.failures import unusable
from connectors.kubernetes.kubeconfig import ChosenContext, User, read_kubeconfig
from connectors.kubernetes.kubeconfig.configuration import BEARER, configure
from connectors.kubernetes.kubeconfig.reading import is_there
from connectors.kubernetes.settings import KubernetesSettings
from vistas.redaction import Redaction

DEFAULT_FILE = "~/.kube/config"
LIFETIME = timedelta(minutes=10)
"""How long a configuration is used before its files, whose tokens may be replaced, are read again."""
EARLY = timedelta(seconds=60)
"""How long before it expires a credential is renewed."""
PLUGIN_PATIENCE = 10.0
"""Seconds that a credential plugin, or an identity provider, may take."""
REMOVED = {"gcp": "gke-gcloud-auth-plugin", "azure": "kubelogin"}
"""What has taken the place of the sign-ins that kubectl had built in until 1.26."""


@dataclass(frozen=True, slots=True)
class ClusterCredentials:
    """The client's configuration, what it is called, and until when it may be used.

    `headers` say on whose behalf we ask, where the kubeconfig's user acts for somebody else.
    """

    configuration: Any
    context: str
    until: datetime
    headers: tuple[tuple[str, str], ...] = ()

    def is_valid(self, now: datetime) -> bool:
        return now < self.until


def load_credentials(
    settings: KubernetesSettings, redaction: Redaction, *, patience: float, now: datetime
) -> ClusterCredentials:
    """Read the kubeconfig, or the pod's own account. Unobtainable says what is missing; `patience` in seconds.

    What a credential plugin says goes through `redaction`.
    """
    import_whole("requests", "kubernetes.client")
    paths = kubeconfig_paths(settings, os.environ)
    if not paths:
        return _from_pod(now)
    chosen = read_kubeconfig(paths).choose(settings.context)
    user, expires = _signed_in(chosen, redaction, min(patience, PLUGIN_PATIENCE), now)
    until = now + LIFETIME
    if expires is not None:
        until = min(max(expires - EARLY, now + timedelta(seconds=1)), now + timedelta(days=1))
    return ClusterCredentials(configure(chosen.cluster, user), chosen.context, until, _acting_for(user))


def kubeconfig_paths(settings: KubernetesSettings, environment: Mapping[str, str]) -> tuple[str, ...]:
    """The kubeconfig files that are there, in order; none means that we run in a pod. Unobtainable otherwise."""
    if settings.kubeconfig is not None:
        wanted = [str(settings.kubeconfig)]
    elif named := environment.get("KUBECONFIG"):
        wanted = [each for each in named.split(os.pathsep) if each]
    else:
        wanted = [DEFAULT_FILE]
    found = tuple(path for path in wanted if is_there(path))
    if found or (settings.kubeconfig is None and environment.get("KUBERNETES_SERVICE_HOST")):
        return found
    raise unusable(f"there is no file {' or '.join(wanted)}" if wanted else "KUBECONFIG names no file")


def _from_pod(now: datetime) -> ClusterCredentials:
    from kubernetes.client import Configuration
    from kubernetes.config import ConfigException, incluster_config

    configuration = Configuration()
    try:
        incluster_config.load_incluster_config(  # type: ignore[no-untyped-call]
            client_configuration=configuration, try_refresh_token=False
        )
    except (ConfigException, OSError, ValueError) as failure:
        why = str(failure) if isinstance(failure, ConfigException) else type(failure).__name__
        raise unusable(f"the pod's service account: {why.rstrip('.')}") from None
    configuration.api_key[BEARER] = configuration.api_key[BEARER].strip()
    return ClusterCredentials(configuration, "in-cluster", now + LIFETIME)


def _signed_in(
    chosen: ChosenContext, redaction: Redaction, patience: float, now: datetime
) -> tuple[User, datetime | None]:
    """The user with credentials that are good now, and when those that were given expire."""
    user = chosen.user
    if user.auth_provider and not user.token and not user.token_file:
        return _signed_in_by_provider(user, patience, now)
    if user.exec is None or user.token or user.token_file or user.username or user.password:
        return user, None
    credential = run_plugin(user.exec, redaction, cluster=chosen.cluster, patience=patience)
    return _with(user, credential), _moment(credential.expires)


def _signed_in_by_provider(user: User, patience: float, now: datetime) -> tuple[User, datetime | None]:
    from connectors.kubernetes.credentials.oidc import id_token

    provider = user.auth_provider
    if provider is None or provider.name != "oidc":
        name = provider.name if provider else ""
        instead = f": use its successor {REMOVED[name]}" if name in REMOVED else ""
        raise unusable(f"its user signs in by the auth-provider {name!r}, which kubectl no longer knows{instead}")
    given = id_token(provider.config, patience=patience, now=now)
    return msgspec.structs.replace(user, token=given.token), given.expires


def _with(user: User, credential: ExecCredential) -> User:
    if credential.token:
        return msgspec.structs.replace(user, token=credential.token)
    return msgspec.structs.replace(
        user,
        client_certificate_data=_encoded(credential.certificate),
        client_key_data=_encoded(credential.key),
    )


def _encoded(pem: str | None) -> str:
    return base64.b64encode((pem or "").encode()).decode()


def _moment(said: str | None) -> datetime | None:
    """None where a plugin gives no time, or nothing that is one."""
    try:
        at = datetime.fromisoformat(said) if said else None
        return at.astimezone(UTC) if at else None
    except (ValueError, OverflowError):
        return None


def _acting_for(user: User) -> tuple[tuple[str, str], ...]:
    """The headers of impersonation. Format: Kubernetes documentation, "User impersonation"."""
    from urllib.parse import quote

    said = [("Impersonate-User", user.impersonate), ("Impersonate-Uid", user.as_uid)]
    said += [("Impersonate-Group", group) for group in user.as_groups]
    said += [
        (f"Impersonate-Extra-{quote(key)}", one) for key, values in user.as_user_extra.items() for one in values
    ]
    return tuple((name, value) for name, value in said if value)
