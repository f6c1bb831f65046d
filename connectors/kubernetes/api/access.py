"""Reading from one cluster: the official client for configuration, credentials and TLS; its answers as raw JSON.

Every call is bounded by its deadline and by a number of bytes, and raises `Unobtainable` where there is no answer.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import orjson

from connectors.kubernetes.api.deadline import Errand, arriving
from connectors.kubernetes.connections import OpenConnection, with_lines
from connectors.kubernetes.credentials.cluster import ClusterCredentials, load_credentials
from connectors.kubernetes.failures import Expired, Right, foreign_failures, not_json, refusal, too_big
from connectors.kubernetes.kubeconfig.configuration import BEARER
from connectors.kubernetes.settings import KubernetesSettings
from connectors.source_settings import read_settings
from vistas.redaction import Redactor
from vistas.source import Deadline

Headers = tuple[tuple[str, str], ...]

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
class ByteBudget:
    """How many bytes may still be read for one look."""

    limit: int
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.limit

    def spend(self, size: int, what: str) -> None:
        self.left -= size
        if self.left < 0:
            raise too_big(what, self.limit)


class ClusterAccess:
    """One cluster as one account sees it. Connects when first used; may be shared by threads."""

    def __init__(self, settings: KubernetesSettings, redactor: Redactor) -> None:
        self.settings = settings
        self._redactor = redactor
        self._lock = threading.Lock()
        self._client: Any = None
        self._credentials: ClusterCredentials | None = None

    @classmethod
    def from_settings(cls, name: str, settings: Mapping[str, Any], redactor: Redactor) -> ClusterAccess:
        """From a kubernetes source's table in vistas.toml, less its `type`; SettingsError names a wrong key."""
        return cls(read_settings(name, KubernetesSettings, settings), redactor)

    @property
    def context(self) -> str:
        """The kubeconfig's context; empty before the first connection."""
        return self._credentials.context if self._credentials else ""

    def get(self, request: Request, deadline: Deadline, budget: ByteBudget | None = None) -> dict[str, Any]:
        """The JSON object that a path holds. Unobtainable, or Expired for 410."""
        body = self.begin(request, deadline, budget or ByteBudget(self.settings.max_bytes)).result()
        try:
            said = orjson.loads(body)
        except orjson.JSONDecodeError:
            raise not_json(body, request.what) from None
        if not isinstance(said, dict):
            raise not_json(body, request.what)
        return said

    def begin(self, request: Request, deadline: Deadline, budget: ByteBudget) -> Errand[bytearray]:
        """Ask for what a path holds without waiting. The errand's result is the body; it fails as `get` does."""

        def read(line: OpenConnection) -> bytearray:
            body = bytearray()
            with closing(self._exchange(request, deadline, line)) as chunks:
                for chunk in chunks:
                    if line.is_cut:
                        break
                    budget.spend(len(chunk), request.what)
                    body += chunk
            return body

        return Errand(deadline, read, what=request.what)

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
        def exchange(line: OpenConnection) -> Iterator[bytes]:
            return self._exchange(request, deadline, line)

        return arriving(deadline, exchange, what=request.what)

    def _exchange(
        self, request: Request, deadline: Deadline, line: OpenConnection
    ) -> Generator[bytes, None, None]:
        client, headers = self._connected(deadline)
        server = str(client.configuration.host)
        patience = max(0.1, min(self.settings.timeout, deadline.remaining()))
        with foreign_failures(server, patience):
            response = _send(client, request, headers, patience)
            try:
                yield from self._body(response, request)
            finally:
                # A body read to its end leaves the connection for the next request; any other closes it.
                if line.is_cut or not response.closed:
                    response.close()
                response.release_conn()

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

    def _connected(self, deadline: Deadline) -> tuple[Any, Headers]:
        """The client, and the headers that go with everything it asks."""
        with self._lock:
            now = datetime.now(UTC)
            if self._client is None or self._credentials is None or not self._credentials.is_valid(now):
                self._credentials = load_credentials(
                    self.settings, self._redactor.begin(), patience=deadline.remaining() * 0.8, now=now
                )
                self._client = _client(self._credentials.configuration, self.settings.at_once)
            return self._client, self._credentials.headers

    def _forget(self) -> None:
        with self._lock:
            self._client = None


def _client(configuration: Any, at_once: int) -> Any:
    from kubernetes.client import ApiClient

    configuration.retries = False
    configuration.connection_pool_maxsize = at_once + 2
    with foreign_failures(str(configuration.host), 0.0):
        client = ApiClient(configuration)
    with_lines(client.rest_client.pool_manager)
    return client


def _send(client: Any, request: Request, headers: Headers, patience: float) -> Any:
    """The answer with its body unread: a `urllib3.HTTPResponse`."""
    from urllib3 import HTTPHeaderDict

    method, url, asked_with, *rest = client.param_serialize(
        "GET",
        request.path,
        query_params=list(request.params),
        header_params={"Accept": request.accept, "Accept-Encoding": "gzip"},
        auth_settings=[BEARER],
    )
    everything = HTTPHeaderDict(asked_with)
    for name, value in headers:
        everything.add(name, value)
    timeouts = (min(patience, CONNECT_PATIENCE), patience)
    return client.call_api(method, url, everything, *rest, _request_timeout=timeouts).response
