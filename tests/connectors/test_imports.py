"""Libraries that connectors share, imported when two sources are first asked at the same moment."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TWO_AT_ONCE = """
import builtins, sys, threading, time
from datetime import timedelta

half_made, other_begins = threading.Event(), threading.Event()
really = builtins.__import__

def slowly(name, globals=None, locals=None, fromlist=(), level=0):
    "Brings two threads to where each has begun with another part of the library."
    importing = (globals or {}).get("__name__")
    if importing == "requests" and "utils" in (fromlist or ()) and threading.current_thread() is asks_metrics:
        half_made.set()
        other_begins.wait(3)
        time.sleep(0.3)
    elif importing == "requests_oauthlib.oauth1_auth" and name == "requests.utils":
        half_made.wait(3)
    elif importing == "requests.utils":
        other_begins.set()
    return really(name, globals, locals, fromlist, level)

builtins.__import__ = slowly

from connectors.kubernetes import KubernetesSource
from connectors.prometheus import PrometheusSource
from vistas.redaction import Redactor
from vistas.source import Deadline

nowhere = {"clusters": [{"name": "c", "cluster": {"server": "http://127.0.0.1:1"}}], "users": [],
           "contexts": [{"name": "c", "context": {"cluster": "c"}}], "current-context": "c"}
import json, pathlib
file = pathlib.Path(sys.argv[1]); file.write_text(json.dumps(nowhere))
key = Redactor(b"k" * 32)
metrics = PrometheusSource.from_settings("m", {"url": "http://127.0.0.1:1"}, key)
cluster = KubernetesSource.from_settings("c", {"kubeconfig": str(file)}, key)
told = {}

def ask(name, source):
    try:
        told[name] = source.check(Deadline(timedelta(seconds=30))).message
    except BaseException as error:
        told[name] = repr(error)

asks_cluster = threading.Thread(target=ask, args=("cluster", cluster))
asks_metrics = threading.Thread(target=ask, args=("metrics", metrics))
asks_cluster.start()
time.sleep(0.1)
asks_metrics.start()
for each in (asks_cluster, asks_metrics):
    each.join()
print(told)
"""


def test_two_sources_first_asked_at_once_find_nothing_half_made(tmp_path: Path) -> None:
    """Each says that nothing answers, and neither that it cannot import a library."""
    command = [sys.executable, "-c", TWO_AT_ONCE, str(tmp_path / "kubeconfig")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.count("127.0.0.1:1") == 2, run.stdout
    assert "Error" not in run.stdout
