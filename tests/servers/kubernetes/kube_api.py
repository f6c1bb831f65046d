"""A real Kubernetes API server with etcd behind it and nothing else: no controllers, no kubelets.

RBAC is on. Objects stay exactly as they were applied, because nobody is there to change them.
Every address in an object belongs in 127.0.0.0/8: the API server dials nodes itself.
"""

import base64
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any

from tests.servers.certificates import Authority
from tests.servers.kubernetes.kube_objects import JsonClient, Objects
from tests.servers.packages import run
from tests.servers.ports import free_port
from tests.servers.process import Process, Server, ServerError

ADMINISTRATOR = ("admin", "system:masters")
SERVER_NAMES = "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,IP:127.0.0.1,IP:10.0.0.1"
MADE_AFTER_STARTING = (
    *(f"/api/v1/namespaces/{name}" for name in ("default", "kube-node-lease", "kube-public", "kube-system")),
    "/api/v1/namespaces/default/services/kubernetes",
)
"""Its bootstrap controller makes these on its own time: `/readyz` (Kubernetes 1.20) does not wait for them.

The RBAC roles and priority classes are waited for. The `default` service account is never made: that is the
controller manager's, and no pod here is asked for one.
"""
ADMISSION_OFF = "ServiceAccount,TaintNodesByCondition,ResourceQuota,DefaultTolerationSeconds,Priority"


class Etcd(Server):
    """The API server's storage."""

    name = "etcd"
    ready_path = "/health"

    def __init__(self, *, oldest: bool = False, directory: Path | None = None) -> None:
        super().__init__(directory=directory)
        self.oldest = oldest
        self._peer_port = free_port()

    def command(self) -> list[str]:
        peer = f"http://127.0.0.1:{self._peer_port}"
        clients = ["--listen-client-urls", self.url, "--advertise-client-urls", self.url]
        peers = ["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer]
        data = ["--data-dir", f"{self.directory}/etcd", "--unsafe-no-fsync"]
        return [self.program(), "--name", "only", *data, *clients, *peers, "--initial-cluster", f"only={peer}"]


class KubeApi(Server):
    """`users` are tokens to make besides the administrator's: user names, without any right at first. `flags`
    come last on the command line.

    `made_at` is when its certificates begin, for a client whose clock stands at another time.
    """

    name = "kube-apiserver"
    ready_path = "/readyz"
    ready_means = "it was ready and had made its namespaces and its own service"
    scheme = "https"

    def __init__(
        self,
        *,
        users: Sequence[str] = ("viewer",),
        flags: Sequence[str] = (),
        oldest: bool = False,
        directory: Path | None = None,
        made_at: datetime | None = None,
    ) -> None:
        super().__init__(directory=directory)
        self.oldest = oldest
        self.flags = tuple(flags)
        self.etcd = Etcd(oldest=oldest, directory=self.directory)
        self._authority = Authority(self.directory, made_at=made_at)
        self._tokens = {user: secrets.token_hex(16) for user in (ADMINISTRATOR[0], *users)}
        self._objects: Objects | None = None

    @property
    def processes(self) -> list[Process]:
        return [*self.etcd.processes, *super().processes]

    @property
    def authority(self) -> Path:
        """The PEM file of the authority that signed the server's certificate."""
        return self._authority.own.certificate

    @property
    def token(self) -> str:
        """The administrator's bearer token."""
        return self.token_of(ADMINISTRATOR[0])

    def token_of(self, user: str) -> str:
        """A user's bearer token."""
        return self._tokens[user]

    @property
    def kubeconfig(self) -> Path:
        """A kubeconfig file for the administrator."""
        return self.kubeconfig_for(ADMINISTRATOR[0])

    def kubeconfig_for(self, user: str) -> Path:
        """A kubeconfig file for a user; its one context is called `shop`."""
        authority = base64.b64encode(self.authority.read_bytes()).decode()
        cluster = {"server": self.url, "certificate-authority-data": authority}
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "shop", "cluster": cluster}],
            "users": [{"name": user, "user": {"token": self.token_of(user)}}],
            "contexts": [{"name": "shop", "context": {"cluster": "shop", "user": user}}],
            "current-context": "shop",
        }
        path = self.directory / f"{user}.kubeconfig"
        # JSON is YAML.
        path.write_text(json.dumps(config, indent=1))
        path.chmod(0o600)
        return path

    def apply(self, objects: Iterable[Mapping[str, Any]]) -> None:
        """Create or change objects as the administrator: their `status` is set as well, and so are
        `creationTimestamp` and `deletionTimestamp`. Raises ServerError when one is refused."""
        self._as_administrator().apply(objects)

    def change(self, objects: Iterable[Mapping[str, Any]]) -> None:
        """Change the given fields of objects that are there. Raises ServerError when one is refused."""
        self._as_administrator().change(objects)

    def delete(self, objects: Iterable[Mapping[str, Any]]) -> None:
        """Take objects away at once. Raises ServerError when one is not there."""
        self._as_administrator().delete(objects)

    def _as_administrator(self) -> Objects:
        if self._objects is None:
            self._objects = Objects(JsonClient(self.url, self.token, self.authority), JsonClient(self.etcd.url))
        return self._objects

    def bind(self, user: str, cluster_role: str, *, namespace: str | None = None) -> None:
        """Give a user a ClusterRole's rights: in the whole cluster, or in one namespace."""
        kind = "RoleBinding" if namespace else "ClusterRoleBinding"
        place = {"namespace": namespace} if namespace else {}
        group = "rbac.authorization.k8s.io"
        role = {"apiGroup": group, "kind": "ClusterRole", "name": cluster_role}
        subject = {"apiGroup": group, "kind": "User", "name": user}
        metadata = {"name": f"{cluster_role}-{user}", **place}
        binding = {"metadata": metadata, "roleRef": role, "subjects": [subject]}
        self.apply([{"apiVersion": f"{group}/v1", "kind": kind, **binding}])

    def get(self, path: str) -> Any:
        """The JSON at a path of the API, read as the administrator."""
        client = JsonClient(self.url, self.token, self.authority)
        try:
            return client.request("GET", path)[1]
        finally:
            client.close()

    def is_ready(self) -> bool:
        """Whether it says so, and has made what objects are applied into."""
        return super().is_ready() and all(self._has(path) for path in MADE_AFTER_STARTING)

    def _has(self, path: str) -> bool:
        try:
            self.get(path)
        except (ServerError, OSError, HTTPException):
            return False
        return True

    def prepare(self) -> None:
        if not self.authority.exists():
            Authority.make(self.directory, made_at=self._authority.made_at).issue("server", names=SERVER_NAMES)
            signing = self.directory / "signing.key"
            run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", signing])
        rows = [f"{token},{user},{user}" for user, token in self._tokens.items()]
        tokens = self.directory / "tokens.csv"
        tokens.write_text("\n".join(f"{row},{ADMINISTRATOR[1]}" if n == 0 else row for n, row in enumerate(rows)))
        tokens.chmod(0o600)
        self.etcd.start()

    def command(self) -> list[str]:
        here = self.directory
        return [
            self.program(),
            f"--etcd-servers={self.etcd.url}",
            # Stored as JSON, an object's age can be written where it is kept.
            "--storage-media-type=application/json",
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            f"--secure-port={self.port}",
            f"--tls-cert-file={here}/server.crt",
            f"--tls-private-key-file={here}/server.key",
            f"--cert-dir={here}",
            f"--token-auth-file={here}/tokens.csv",
            "--authorization-mode=RBAC",
            "--anonymous-auth=true",
            "--service-account-issuer=https://kubernetes.default.svc",
            f"--service-account-key-file={here}/signing.key",
            f"--service-account-signing-key-file={here}/signing.key",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--endpoint-reconciler-type=none",
            # Node names are looked up nowhere: a pod's log is asked for at its node's address.
            "--kubelet-preferred-address-types=InternalIP",
            "--allow-privileged=true",
            f"--disable-admission-plugins={ADMISSION_OFF}",
            "--event-ttl=8760h",
            *self.flags,
        ]

    def stop(self) -> None:
        self._objects = None
        if self.process:
            self.process.stop()
            self.process = None
        self.etcd.stop()
