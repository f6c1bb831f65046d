"""Objects into a real API server, statuses and ages included: raw JSON and nothing between."""

import base64
import http.client
import json
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.servers.process import ServerError

Object = dict[str, Any]
"""One Kubernetes object as its JSON says it."""

SET_BY_THE_SERVER = ("creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds")
"""Metadata that no client may set, so that it is written where the API server stores it."""
STORED_AS = {
    "nodes": "minions",
    "services": "services/specs",
    "endpoints": "services/endpoints",
    "ingresses": "ingress",
}
CONFLICT = 409


@dataclass
class JsonClient:
    """JSON over one kept-alive connection. Raises ServerError for an answer of 400 and above, except 409."""

    url: str
    token: str | None = None
    authority: Path | None = None
    _connection: http.client.HTTPConnection | None = None

    def request(self, method: str, path: str, body: Any = None, kind: str = "application/json") -> tuple[int, Any]:
        """The answer's status and its JSON."""
        headers = {"Content-Type": kind, **({"Authorization": f"Bearer {self.token}"} if self.token else {})}
        connection = self._connected()
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status >= 400 and answer.status != CONFLICT:
            raise ServerError(
                f"{method} {path} was answered {answer.status}: {content.decode(errors='replace')[:600]}"
            )
        return answer.status, json.loads(content) if content else None

    def close(self) -> None:
        if self._connection:
            self._connection.close()

    def _connected(self) -> http.client.HTTPConnection:
        if self._connection is None:
            address = urlsplit(self.url).netloc
            if self.authority:
                trusted = ssl.create_default_context(cafile=str(self.authority))
                self._connection = http.client.HTTPSConnection(address, context=trusted, timeout=30)
            else:
                self._connection = http.client.HTTPConnection(address, timeout=30)
        return self._connection


@dataclass
class Objects:
    """Creates and changes objects through the API server, and their age in etcd behind it."""

    api: JsonClient
    etcd: JsonClient
    _resources: dict[str, dict[str, tuple[str, bool, bool]]] = field(default_factory=dict)
    """By API version and kind: the resource's name, whether it is namespaced, whether it has a status."""

    def apply(self, objects: Iterable[Mapping[str, Any]]) -> None:
        """Create each object, or change it where it exists; its `status` and its timestamps too."""
        for wanted in objects:
            self._apply_one(dict(wanted))

    def delete(self, objects: Iterable[Mapping[str, Any]]) -> None:
        """Take each object away at once, without the time that a kubelet would be given."""
        for gone in objects:
            now = {"gracePeriodSeconds": 0, "propagationPolicy": "Background"}
            self.api.request("DELETE", f"{self.path_of(gone)}/{gone['metadata']['name']}", now)

    def path_of(self, wanted: Mapping[str, Any]) -> str:
        """The collection that an object belongs to, such as `/api/v1/namespaces/shop/pods`."""
        version, (resource, namespaced, _) = wanted["apiVersion"], self._resource(wanted)
        root = f"/apis/{version}" if "/" in version else f"/api/{version}"
        namespace = f"/namespaces/{wanted['metadata'].get('namespace', 'default')}" if namespaced else ""
        return f"{root}{namespace}/{resource}"

    def _apply_one(self, wanted: Object) -> None:
        status = wanted.get("status")
        metadata = {key: value for key, value in wanted["metadata"].items() if key not in SET_BY_THE_SERVER}
        spoken = {**{key: value for key, value in wanted.items() if key != "status"}, "metadata": metadata}
        collection = self.path_of(wanted)
        name = f"{collection}/{metadata['name']}"
        code, _ = self.api.request("POST", collection, spoken)
        if code == CONFLICT:
            self.api.request("PATCH", name, spoken, "application/merge-patch+json")
        if status is not None and self._resource(wanted)[2]:
            self.api.request("PATCH", f"{name}/status", {"status": status}, "application/merge-patch+json")
        timestamps = {key: wanted["metadata"][key] for key in SET_BY_THE_SERVER if key in wanted["metadata"]}
        if timestamps:
            self._rewrite_metadata(wanted, timestamps)

    def _rewrite_metadata(self, wanted: Object, timestamps: Mapping[str, Any]) -> None:
        key = base64.b64encode(self._stored_at(wanted).encode()).decode()
        _, found = self.etcd.request("POST", "/v3/kv/range", {"key": key})
        if not found.get("kvs"):
            raise ServerError(f"etcd has nothing at {self._stored_at(wanted)}")
        stored = json.loads(base64.b64decode(found["kvs"][0]["value"]))
        stored["metadata"].update(timestamps)
        value = base64.b64encode(json.dumps(stored).encode()).decode()
        self.etcd.request("POST", "/v3/kv/put", {"key": key, "value": value})

    def _stored_at(self, wanted: Object) -> str:
        resource, namespaced, _ = self._resource(wanted)
        group = wanted["apiVersion"].partition("/")[0]
        custom = f"{group}/" if "." in group and not group.endswith("k8s.io") else ""
        namespace = f"{wanted['metadata'].get('namespace', 'default')}/" if namespaced else ""
        return f"/registry/{custom}{STORED_AS.get(resource, resource)}/{namespace}{wanted['metadata']['name']}"

    def _resource(self, wanted: Mapping[str, Any]) -> tuple[str, bool, bool]:
        version, kind = wanted["apiVersion"], wanted["kind"]
        if kind not in self._resources.get(version, {}):
            self._resources[version] = self._discover(version)
        if kind not in self._resources[version]:
            raise ServerError(f"this API server knows no {kind} in {version}")
        return self._resources[version][kind]

    def _discover(self, version: str) -> dict[str, tuple[str, bool, bool]]:
        _, listed = self.api.request("GET", f"/apis/{version}" if "/" in version else f"/api/{version}")
        names = {entry["name"] for entry in listed["resources"]}
        return {
            entry["kind"]: (entry["name"], entry["namespaced"], f"{entry['name']}/status" in names)
            for entry in listed["resources"]
            if "/" not in entry["name"]
        }
