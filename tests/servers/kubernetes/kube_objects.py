"""Objects into a real API server, statuses and ages included: raw JSON and nothing between."""

import base64
import http.client
import json
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.servers.process import ServerError

Object = dict[str, Any]
"""One Kubernetes object as its JSON says it."""

SET_BY_THE_SERVER = ("creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation")
"""Metadata that no client may set, so that it is written where the API server stores it."""
STORED_AS = {
    "nodes": "minions",
    "services": "services/specs",
    "endpoints": "services/endpoints",
    "ingresses": "ingress",
}
FORMERLY = {
    ("batch/v1", "CronJob"): "batch/v1beta1",
    ("autoscaling/v2", "HorizontalPodAutoscaler"): "autoscaling/v2beta2",
    ("policy/v1", "PodDisruptionBudget"): "policy/v1beta1",
    ("discovery.k8s.io/v1", "EndpointSlice"): "discovery.k8s.io/v1beta1",
}
"""Where the oldest server that is promised (1.20) has what is written for the servers of today."""
CONFLICT = 409
NAMESPACE = "Namespace"
DEFINITION = "CustomResourceDefinition"
"""Its status is the API server's own, and what it defines is there a moment later."""
DEFINED_WITHIN = 30.0


@dataclass
class JsonClient:
    """JSON over one kept-alive connection. Raises ServerError for an answer of 400 and above, except 409.

    The server may end a connection that rested, just as it is used again: what was asked is asked once more.
    """

    url: str
    token: str | None = None
    authority: Path | None = None
    _connection: http.client.HTTPConnection | None = None

    def request(
        self, method: str, path: str, body: Any = None, kind: str = "application/json", accept: str = "*/*"
    ) -> tuple[int, Any]:
        """The answer's status and its JSON."""
        headers = {
            "Content-Type": kind,
            "Accept": accept,
            **({"Authorization": f"Bearer {self.token}"} if self.token else {}),
        }
        data = None if body is None else json.dumps(body)
        try:
            status, content = self._exchanged(method, path, data, headers)
        except (ConnectionError, ssl.SSLEOFError):
            status, content = self._exchanged(method, path, data, headers)
        if status >= 400 and status != CONFLICT:
            raise ServerError(f"{method} {path} was answered {status}: {content.decode(errors='replace')[:600]}")
        return status, json.loads(content) if content else None

    def close(self) -> None:
        if self._connection:
            self._connection.close()

    def _exchanged(self, method: str, path: str, data: str | None, headers: dict[str, str]) -> tuple[int, bytes]:
        connection = self._connected()
        try:
            connection.request(method, path, data, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.close()  # Half an exchange would be in the way of the next one.
            raise

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
            self._apply_one({**wanted, "apiVersion": self._version(wanted)})

    def change(self, objects: Iterable[Mapping[str, Any]]) -> None:
        """Change the given fields of each object, which is there already; those of its `status`, too."""
        for changed in objects:
            name = f"{self.path_of(changed)}/{changed['metadata']['name']}"
            merge = "application/merge-patch+json"
            self.api.request("PATCH", name, {key: said for key, said in changed.items() if key != "status"}, merge)
            if "status" in changed:
                self.api.request("PATCH", f"{name}/status", {"status": changed["status"]}, merge)

    def delete(self, objects: Iterable[Mapping[str, Any]]) -> None:
        """Take each object away at once, without the time that a kubelet would be given."""
        for gone in objects:
            now = {"gracePeriodSeconds": 0, "propagationPolicy": "Background"}
            self.api.request("DELETE", f"{self.path_of(gone)}/{gone['metadata']['name']}", now)

    def path_of(self, wanted: Mapping[str, Any]) -> str:
        """The collection that an object belongs to, such as `/api/v1/namespaces/shop/pods`."""
        version, (resource, namespaced, _) = self._version(wanted), self._resource(wanted)
        root = f"/apis/{version}" if "/" in version else f"/api/{version}"
        namespace = f"/namespaces/{wanted['metadata'].get('namespace', 'default')}" if namespaced else ""
        return f"{root}{namespace}/{resource}"

    def _apply_one(self, wanted: Object) -> None:
        apart = wanted["kind"] == DEFINITION or self._resource(wanted)[2]
        status = wanted.get("status") if apart and wanted["kind"] != DEFINITION else None
        metadata = {key: value for key, value in wanted["metadata"].items() if key not in SET_BY_THE_SERVER}
        said = {key: value for key, value in wanted.items() if key != "status" or not apart}
        spoken = {**said, "metadata": metadata}
        collection = self.path_of(wanted)
        name = f"{collection}/{metadata['name']}"
        code, _ = self.api.request("POST", collection, spoken)
        if code == CONFLICT:
            self.api.request("PATCH", name, spoken, "application/merge-patch+json")
        given = {key: wanted["metadata"][key] for key in SET_BY_THE_SERVER if key in wanted["metadata"]}
        if wanted["kind"] == NAMESPACE:  # Its status says that it ends only if it does.
            self._rewrite_metadata(wanted, given)
        if status is not None:
            self.api.request("PATCH", f"{name}/status", {"status": status}, "application/merge-patch+json")
        if wanted["kind"] == DEFINITION:
            self._wait_until_served(wanted)
        self._rewrite_metadata(wanted, given)

    def _wait_until_served(self, definition: Object) -> None:
        spec = definition["spec"]
        versions = [f"{spec['group']}/{one['name']}" for one in spec["versions"] if one["served"]]
        ends = time.monotonic() + DEFINED_WITHIN
        while not all(spec["names"]["kind"] in self._discover(version) for version in versions):
            if time.monotonic() > ends:
                raise ServerError(f"the API server does not serve {definition['metadata']['name']}")
            time.sleep(0.05)

    def _rewrite_metadata(self, wanted: Object, given: Mapping[str, Any]) -> None:
        if not given:
            return
        places = self._may_be_stored_at(wanted)
        for place in places:
            key = base64.b64encode(place.encode()).decode()
            _, found = self.etcd.request("POST", "/v3/kv/range", {"key": key})
            if not found.get("kvs"):
                continue
            stored = json.loads(base64.b64decode(found["kvs"][0]["value"]))
            stored["metadata"].update(given)
            value = base64.b64encode(json.dumps(stored).encode()).decode()
            self.etcd.request("POST", "/v3/kv/put", {"key": key, "value": value})
            return
        raise ServerError(f"etcd has nothing at {' or '.join(places)}")

    def _may_be_stored_at(self, wanted: Object) -> tuple[str, str]:
        """What is custom is stored below its group; what is built in, and may be in such a group too, is not."""
        resource, namespaced, _ = self._resource(wanted)
        group = wanted["apiVersion"].partition("/")[0]
        namespace = f"{wanted['metadata'].get('namespace', 'default')}/" if namespaced else ""
        rest = f"{STORED_AS.get(resource, resource)}/{namespace}{wanted['metadata']['name']}"
        return f"/registry/{group}/{rest}", f"/registry/{rest}"

    def _resource(self, wanted: Mapping[str, Any]) -> tuple[str, bool, bool]:
        return self._served(self._version(wanted), wanted["kind"])[wanted["kind"]]

    def _version(self, wanted: Mapping[str, Any]) -> str:
        """The version that is written, or where the server does not have it the one before."""
        written, kind = wanted["apiVersion"], wanted["kind"]
        for version in filter(None, (written, FORMERLY.get((written, kind)))):
            if kind in self._served(version, kind):
                return str(version)
        raise ServerError(f"this API server knows no {kind} in {written}")

    def _served(self, version: str, kind: str) -> dict[str, tuple[str, bool, bool]]:
        """What a version has; asked again for a kind that was not there, for it may have been defined since."""
        if kind not in self._resources.get(version, {}):
            self._resources[version] = self._discover(version)
        return self._resources[version]

    def _discover(self, version: str) -> dict[str, tuple[str, bool, bool]]:
        try:
            _, listed = self.api.request("GET", f"/apis/{version}" if "/" in version else f"/api/{version}")
        except ServerError as error:
            if "was answered 404" in str(error):
                return {}
            raise
        names = {entry["name"] for entry in listed["resources"]}
        return {
            entry["kind"]: (entry["name"], entry["namespaced"], f"{entry['name']}/status" in names)
            for entry in listed["resources"]
            if "/" not in entry["name"]
        }
