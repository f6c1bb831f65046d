"""What a kubeconfig's entries hold, as far as kubectl looks at them. Format: client-go, clientcmd/api/v1."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import field


class _Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="kebab"):
    def __repr__(self) -> str:
        """Most entries hold secrets."""
        return f"{type(self).__name__}(…)"


class Cluster(_Entry, frozen=True):
    server: str = ""
    tls_server_name: str = ""
    insecure_skip_tls_verify: bool = False
    certificate_authority: str = ""
    certificate_authority_data: str = ""
    proxy_url: str = ""
    extensions: list[Any] = []


class Variable(_Entry, frozen=True):
    name: str = ""
    value: str = ""


class Exec(_Entry, frozen=True):
    """A credential plugin."""

    command: str = ""
    args: list[str] = []
    env: list[Variable] = []
    api_version: str = field(name="apiVersion", default="")
    install_hint: str = field(name="installHint", default="")
    provide_cluster_info: bool = field(name="provideClusterInfo", default=False)


class AuthProvider(_Entry, frozen=True):
    name: str = ""
    config: dict[str, str] = {}


class User(_Entry, frozen=True):
    client_certificate: str = ""
    client_certificate_data: str = ""
    client_key: str = ""
    client_key_data: str = ""
    token: str = ""
    token_file: str = field(name="tokenFile", default="")
    username: str = ""
    password: str = ""
    impersonate: str = field(name="as", default="")
    as_uid: str = ""
    as_groups: list[str] = []
    as_user_extra: dict[str, list[str]] = {}
    auth_provider: AuthProvider | None = None
    exec: Exec | None = None


class Context(_Entry, frozen=True):
    cluster: str = ""
    user: str = ""
    namespace: str = ""


class NamedCluster(_Entry, frozen=True):
    name: str = ""
    cluster: Cluster = Cluster()


class NamedUser(_Entry, frozen=True):
    name: str = ""
    user: User = User()


class NamedContext(_Entry, frozen=True):
    name: str = ""
    context: Context = Context()


class File(_Entry, frozen=True):
    """One kubeconfig file."""

    kind: str = ""
    api_version: str = field(name="apiVersion", default="")
    clusters: list[NamedCluster] = []
    users: list[NamedUser] = []
    contexts: list[NamedContext] = []
    current_context: str = ""
