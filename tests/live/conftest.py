"""Real servers for tests, each started on first use, shared by the run, on a free loopback port.

- `prometheus` scrapes itself, `node_exporter` and a job that is `gone`; two alerts fire; three hours of history
  (`tests/servers/metrics/history.py`) with NaN, Inf and hostile labels; takes `.remote_write([Series(…)])`.
- `alertmanager` notifies nobody; `.fire([{"labels": {…}}])`, `.silence(…)`.
- `node_exporter` tells about this machine.
- `victoria_metrics` is empty; `.import_text(exposition)`, `.remote_write([Series(…)])`.
- `nginx` logs to `.access_log` in ingress-nginx's format; `/` is a 200, `/missing` 404, `/checkout` 502.
- `kube_api` has RBAC on and one node, `node-1`; `.kubeconfig`, `.apply(objects)` with statuses and timestamps,
  `.get(path)`; its user `viewer` has no rights: `.kubeconfig_for("viewer")`, `.bind("viewer", cluster_role)`.
- `kubelet_logs` is behind `node-1`: `.write(namespace, pod, container, [(when, line), …])`.
- `misbehaving` goes wrong in every way: `.url_for("hang")`, modes in `tests/servers/misbehaving.py`.

All but the last two have `.url`. Servers with a process have `.log_file`, `.stop()` and `.start()` (same
port, same data), `.pause()` and `.resume()`; a test that uses these makes a server of its own, as in
`with Prometheus(config=…, prefix="/p", web_config=…) as mine:`, after `require("prometheus")` of
`tests.servers.fixtures`, which skips where the program is missing (and fails where `CI=true`).
"""

from tests.servers.fixtures import (
    alertmanager,
    kube_api,
    kubelet_logs,
    misbehaving,
    nginx,
    node_exporter,
    prometheus,
    victoria_metrics,
)

__all__ = [
    "alertmanager",
    "kube_api",
    "kubelet_logs",
    "misbehaving",
    "nginx",
    "node_exporter",
    "prometheus",
    "victoria_metrics",
]
