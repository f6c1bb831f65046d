"""The shop on real servers, as it stands at one moment."""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.servers.kubernetes.kube_api import KubeApi
from tests.servers.metrics.prometheus import Prometheus
from tests.servers.process import ServerError, local_opener
from tests.servers.shop.alerts import alerts, rules
from tests.servers.shop.front import write_logs
from tests.servers.shop.metrics import openmetrics
from tests.servers.shop.objects import all_objects
from tests.servers.shop.story import HOUR
from tests.servers.shop.traffic import requests

LOGGED_HOURS = 12.5
RINGS_WITHIN = 60.0
EVALUATES = 'global: {evaluation_interval: 1s}\nrule_files: ["@DIR@/rules.yml"]\n'
RESTORES = ("--rules.alert.for-outage-tolerance=10y", "--rules.alert.for-grace-period=0s")
"""With these Prometheus takes up an alert where its history left it, however long ago that was."""


@dataclass(frozen=True)
class Shop:
    """`logs` are the access-log files of the two ingress controllers."""

    prometheus: Prometheus
    kube_api: KubeApi
    logs: tuple[Path, ...]


@contextmanager
def shop(moment: float) -> Iterator[Shop]:
    """Everything the shop had to tell at `moment`, in Unix seconds. Takes about two minutes to make.

    Raises MissingServer and ServerError.
    """
    with tempfile.TemporaryDirectory(prefix="shop-") as made:
        directory = Path(made)
        logs = write_logs(tuple(requests(moment - LOGGED_HOURS * HOUR, moment)), moment, directory)
        with (
            _metrics(moment, directory) as prometheus,
            KubeApi(made_at=datetime.fromtimestamp(moment, UTC)) as kube_api,
        ):
            kube_api.apply(all_objects(moment))
            _wait_until_it_rings(prometheus, moment)
            yield Shop(prometheus, kube_api, tuple(logs))


@contextmanager
def _metrics(moment: float, directory: Path) -> Iterator[Prometheus]:
    history = directory / "history.om"
    with history.open("w") as file:
        file.writelines(openmetrics(moment))
    server = Prometheus(config=EVALUATES, flags=RESTORES)
    (server.directory / "rules.yml").write_text(json.dumps(rules(moment)))
    server.backfill(history)
    with server:
        yield server


def _wait_until_it_rings(prometheus: Prometheus, moment: float) -> None:
    wanted = {(alert.name, alert.state(moment), alert.began) for alert in alerts() if alert.state(moment)}
    deadline = time.monotonic() + RINGS_WITHIN
    while (found := _ringing(prometheus)) != wanted:
        if time.monotonic() > deadline:
            raise ServerError(f"Prometheus rings {sorted(found)}, the story says {sorted(wanted, key=str)}")
        time.sleep(0.2)


def _ringing(prometheus: Prometheus) -> set[tuple[str, str | None, float]]:
    """Name, state and beginning of every active alert."""
    with local_opener().open(f"{prometheus.url}/api/v1/alerts", timeout=10) as answer:
        told = json.load(answer)["data"]["alerts"]
    return {(one["labels"]["alertname"], one["state"], _unix(one["activeAt"])) for one in told}


def _unix(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
