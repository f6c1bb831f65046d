"""Reading from one cluster: the official client for configuration, credentials and TLS; its answers as raw JSON.

Every call is bounded by its deadline and by a number of bytes, and raises `Unobtainable` where there is no answer.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import orjson

from connectors.kubernetes.credentials import Credentials, load_credentials
from connectors.kubernetes.failures import Expired, Right, not_json, refusal, too_big, unreachable
from connectors.kubernetes.patience import Errand, arriving
from connectors.kubernetes.settings import KubernetesSettings
from connectors.source_settings import read_settings
from vistas.source import Deadline

CHUNK = 1 << 16
CONNECT_PATIENCE = 5.0
"""Seconds for the connection itself to come about."""
SPOKEN = 1 << 14
"""How many bytes of an answer that is none are read."""


@dataclass(frozen=True, slots=True)
class Request:
    """One GET. `what` is what it asks for in plain words; `right` what the account must be allowed for it."""

    path: str
    what: str
    params: tuple[tuple[str, str], ...] = ()
    right: Right | None = None
    accept: str = "application/json"


@dataclass
class Budget:
    """How many bytes may still be read for one look."""

    limit: int
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.limit

    def spend(self, size: int, what: str) -> None:
        self.left -= size
        if self.left < 0:
            raise too_big(what, self.limit)


@dataclass(frozen=True, slots=True)
class LogPod:
    """A pod whose logs may be read; `restarts` by container."""

    namespace: str
    name: str
    phase: str
    containers: tuple[str, ...]
    restarts: Mapping[str, int]


class ClusterAccess:
    """One cluster as one account sees it. Connects when first used; may be shared by threads."""

    def __init__(self, settings: KubernetesSettings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._client: Any = None
        self._credentials: Credentials | None = None

    @classmethod
    def from_settings(cls, name: str, settings: Mapping[str, Any]) -> ClusterAccess:
        """From a kubernetes source's table in vistas.toml, less its `type`; SettingsError names a wrong key."""
        return cls(read_settings(name, KubernetesSettings, settings))

    @property
    def context(self) -> str:
        """The kubeconfig's context; empty before the first connection."""
        return self._credentials.context if self._credentials else ""

    def get(self, request: Request, deadline: Deadline, budget: Budget | None = None) -> dict[str, Any]:
        """The JSON object that a path holds. Unobtainable, or Expired for 410."""
        body = self.begin(request, deadline, budget or Budget(self.settings.max_bytes)).result()
        try:
            said = orjson.loads(body)
        except orjson.JSONDecodeError:
            raise not_json(body, request.what) from None
        if not isinstance(said, dict):
            raise not_json(body, request.what)
        return said

    def begin(self, request: Request, deadline: Deadline, budget: Budget) -> Errand[bytearray]:
        """Ask for what a path holds without waiting. The errand's result is the body; it fails as `get` does."""

        def read(abandoned: threading.Event) -> bytearray:
            body = bytearray()
            with closing(self._exchange(request, deadline, abandoned)) as chunks:
                for chunk in chunks:
                    if abandoned.is_set():
                        break
                    budget.spend(len(chunk), request.what)
                    body += chunk
            return body

        return Errand(deadline, read, what=request.what)

    def list_pods(self, namespace: str | None, label_selector: str, deadline: Deadline) -> tuple[LogPod, ...]:
        """The pods of a namespace (None: of all) that a label selector chooses, by name."""
        from connectors.kubernetes.kinds.pod_parts import PodParts
        from connectors.kubernetes.listing import list_objects
        from connectors.kubernetes.resources import PODS

        params = (("labelSelector", label_selector),) if label_selector else ()
        listed = list_objects(self, PODS, "v1", [namespace], params, deadline, _log_pods, PodParts)
        pods = (pod for page in listed.pages for pod in page)
        return tuple(sorted(pods, key=lambda pod: (pod.namespace, pod.name)))

    def stream_log(
        self,
        namespace: str,
        pod: str,
        container: str,
        *,
        since_seconds: int | None = None,
        limit_bytes: int,
        timestamps: bool = True,
        previous: bool = False,
        deadline: Deadline,
    ) -> Iterator[bytes]:
        """A container's log as it comes, oldest first, in pieces that end anywhere; never more than `limit_bytes`.

        The API has only the newest rotated file (kubelet: 10 MiB). `timestamps` puts RFC 3339 before each line;
        `previous` is the instance before the last restart. Unobtainable may come at any piece.
        """
        asked = {
            "container": container,
            "limitBytes": str(limit_bytes),
            "timestamps": str(timestamps).lower(),
            "previous": str(previous).lower(),
            **({"sinceSeconds": str(since_seconds)} if since_seconds else {}),
        }
        path = f"/api/v1/namespaces/{quote(namespace, safe='')}/pods/{quote(pod, safe='')}/log"
        what = f"the log of {container} in the pod {namespace}/{pod}"
        right = Right("get", "", "pods/log", namespace)
        left = limit_bytes
        for chunk in self._arriving(Request(path, what, tuple(asked.items()), right, "*/*"), deadline):
            yield chunk[:left]
            left -= len(chunk)
            if left <= 0:
                return

    def _arriving(self, request: Request, deadline: Deadline) -> Iterator[bytes]:
        def exchange(abandoned: threading.Event) -> Iterator[bytes]:
            return self._exchange(request, deadline, abandoned)

        return arriving(deadline, exchange, what=request.what)

    def _exchange(
        self, request: Request, deadline: Deadline, abandoned: threading.Event
    ) -> Generator[bytes, None, None]:
        from kubernetes.client.exceptions import ApiException
        from urllib3.exceptions import HTTPError

        client = self._connected(deadline)
        server = str(client.configuration.host)
        patience = max(0.1, min(self.settings.timeout, deadline.remaining()))
        try:
            response = self._send(client, request, patience)
            try:
                yield from self._body(response, request)
            finally:
                # A body read to its end leaves the connection for the next request; any other closes it.
                if abandoned.is_set() or not response.closed:
                    response.close()
                response.release_conn()
        except (HTTPError, ApiException, OSError, UnicodeError) as failure:
            raise unreachable(failure, server, patience) from failure

    def _send(self, client: Any, request: Request, patience: float) -> Any:
        """The answer with its body unread: a `urllib3.HTTPResponse`."""
        with self._lock:
            # Asking for the token may renew it, which the client does not guard against other threads.
            asked = client.param_serialize(
                "GET",
                request.path,
                query_params=list(request.params),
                header_params={"Accept": request.accept, "Accept-Encoding": "gzip"},
                auth_settings=["BearerToken"],
            )
        timeouts = (min(patience, CONNECT_PATIENCE), patience)
        return client.call_api(*asked, _request_timeout=timeouts).response

    def _body(self, response: Any, request: Request) -> Iterator[bytes]:
        if response.status == HTTPStatus.OK:
            while chunk := response.read1(CHUNK, decode_content=True):
                yield chunk
            return
        said = response.read(SPOKEN, decode_content=True)
        if response.status == HTTPStatus.GONE:
            raise Expired
        if response.status == HTTPStatus.UNAUTHORIZED:
            self._forget()
        raise refusal(response.status, said, request.what, request.right)

    def _connected(self, deadline: Deadline) -> Any:
        with self._lock:
            now = datetime.now(UTC)
            if self._client is None or self._credentials is None or not self._credentials.good(now):
                self._credentials = load_credentials(self.settings, patience=deadline.remaining() * 0.8, now=now)
                self._client = _client(self._credentials.configuration, self.settings.at_once)
            return self._client

    def _forget(self) -> None:
        with self._lock:
            self._client = None


def _client(configuration: Any, at_once: int) -> Any:
    from kubernetes.client import ApiClient

    configuration.retries = False
    configuration.connection_pool_maxsize = at_once + 2
    return ApiClient(configuration)


def _log_pods(pods: Iterable[dict[str, Any]]) -> list[LogPod]:
    return [
        LogPod(
            namespace=pod["metadata"]["namespace"],
            name=pod["metadata"]["name"],
            phase=(status := pod.get("status") or {}).get("phase") or "",
            containers=tuple(each["name"] for each in pod["spec"].get("containers") or ()),
            restarts={each["name"]: each["restartCount"] for each in status.get("containerStatuses") or ()},
        )
        for pod in pods
    ]
