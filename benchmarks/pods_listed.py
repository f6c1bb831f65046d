"""One way of having every pod of a cluster: `python -m benchmarks.pods_listed WAY KUBECONFIG [once]`.

Without `once` it gets everything ready, and then lists the pods once for each line on its standard input. Each
answer is a line of JSON: how many pods there were, seconds of the wall clock, seconds of user and system time, the
most memory the process ever held, and what of it no file stands behind, in bytes.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

PATIENCE = timedelta(minutes=2)

Way = Callable[[], int]
"""Lists the pods; how many there are."""


def vistas(kubeconfig: Path) -> Way:
    """A look at pods, to the redacted frame. A source that has just listed them remembers: each time a new one."""
    from connectors.kubernetes import KubernetesSource
    from vistas.redaction import Redactor
    from vistas.routine import Look
    from vistas.snapshot import Window
    from vistas.source import Deadline

    look = Look(look="pods", title="Pods", source="shop", take="pods")
    settings = {"kubeconfig": str(kubeconfig)}

    def way() -> int:
        source = KubernetesSource.from_settings("shop", settings, Redactor(b"k" * 32))
        window = Window.ending(datetime.now(UTC), timedelta(hours=1))
        frame = source.take("stop", look, window, Deadline(PATIENCE)).frame
        return frame.rows if frame else 0

    return way


def typed(kubeconfig: Path) -> Way:
    """The official client's list of objects."""
    from kubernetes import client, config

    config.load_kube_config(str(kubeconfig))  # type: ignore[no-untyped-call]
    api = client.CoreV1Api()
    return lambda: len(api.list_pod_for_all_namespaces(_request_timeout=PATIENCE.total_seconds()).items)


WAYS = {"vistas": vistas, "typed": typed}


def main() -> None:
    name, kubeconfig, *once = sys.argv[1:]
    way = WAYS[name](Path(kubeconfig))
    if once:
        print(way())
        return
    way()
    print("ready", flush=True)
    for _ in sys.stdin:
        began, used = time.perf_counter(), time.process_time()
        pods = way()
        taken = time.perf_counter() - began, time.process_time() - used
        print(json.dumps([pods, *taken, *_memory()]), flush=True)


def _memory() -> tuple[int, int]:
    lines = Path("/proc/self/status").read_text().splitlines()
    kilobytes = {
        name: int(size.split()[0]) for name, _, size in (line.partition(":") for line in lines) if "kB" in size
    }
    return kilobytes["VmHWM"] << 10, kilobytes["RssAnon"] << 10


if __name__ == "__main__":
    main()
