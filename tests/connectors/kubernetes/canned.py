"""A cluster in a can: answers as a Kubernetes API gives them, served over real HTTP.

What they say is what an API server of today takes and says (`tests/live/test_answers_live.py`); of metrics there
is only what is written here, since metrics-server needs kubelets.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from connectors.kubernetes import KubernetesSource
from connectors.kubernetes.api.access import ClusterAccess
from connectors.kubernetes.kinds import KINDS
from tests.connectors.http.answering import AnsweringServer, Reply
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import Frame, Gap, Snapshot, Window
from vistas.source import Deadline

ANSWERS = Path(__file__).parent / "answers"
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
"""When the answers were recorded."""
REDACTOR = Redactor(b"k" * 32)
WINDOW = Window.ending(NOW, timedelta(hours=12))


def recorded(name: str) -> Any:
    """A recorded answer by the word of a look's `take`."""
    return json.loads(_file_of(name).read_text())


def _file_of(name: str) -> Path:
    (file,) = ANSWERS.rglob(f"{name}.json")
    return file


def canned_cluster() -> AnsweringServer:
    """Serves every recorded answer where a current API server would."""
    server = AnsweringServer()
    for path, name in {"/apis": "apis", "/version": "version"}.items():
        server.answers[path] = Reply((ANSWERS / f"{name}.json").read_bytes())
    for name, kind in KINDS.items():
        path = kind.resource.path(kind.resource.served_as[0])
        server.answers[path] = Reply(_file_of(name).read_bytes())
    return server


def kubeconfig(directory: Path, url: str, user: dict[str, Any] | None = None, **cluster: Any) -> Path:
    """A kubeconfig with the one context `canned`."""
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "can", "cluster": {"server": url, **cluster}}],
        "users": [{"name": "ann", "user": user if user is not None else {"token": "ann-s-token"}}],
        "contexts": [{"name": "canned", "context": {"cluster": "can", "user": "ann"}}],
        "current-context": "canned",
    }
    path = directory / "kubeconfig"
    path.write_text(json.dumps(config))
    return path


def canned_access(directory: Path, url: str, **settings: Any) -> ClusterAccess:
    return ClusterAccess.from_settings(
        "shop", {"kubeconfig": str(kubeconfig(directory, url)), **settings}, REDACTOR
    )


def canned_source(directory: Path, url: str, **settings: Any) -> KubernetesSource:
    """A source that believes it is the morning of the recording."""
    from connectors.kubernetes.settings import KubernetesSettings
    from connectors.source_settings import read_settings

    wanted = read_settings("shop", KubernetesSettings, {"kubeconfig": str(kubeconfig(directory, url)), **settings})
    return KubernetesSource("shop", wanted, REDACTOR, clock=lambda: NOW)


def seconds(number: float) -> Deadline:
    return Deadline(timedelta(seconds=number))


def take(source: KubernetesSource, what: str, *, deadline: Deadline | None = None, **look: Any) -> Snapshot:
    asked = Look(look="look", title="A look", source="shop", take=what, **look)
    return source.take("stop", asked, WINDOW, deadline or seconds(60))


def rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    assert isinstance(snapshot.content, Frame), snapshot.content
    return snapshot.content.data.to_dicts()


def gap(snapshot: Snapshot) -> Gap:
    assert isinstance(snapshot.content, Gap), snapshot.content
    return snapshot.content
