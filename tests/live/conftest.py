"""Real servers for tests, each started on first use, shared by the run, on a free loopback port.

| fixture            | what it is and holds                                                                        |
|--------------------|---------------------------------------------------------------------------------------------|
| `prometheus`       | scrapes itself, `node_exporter` and a job that is `gone`; two alerts fire; three hours of    |
|                    | history (`tests/servers/history.py`) with NaN, Inf and hostile labels; takes remote writes  |
| `alertmanager`     | notifies nobody; `.fire([{"labels": {…}}])`, `.silence(…)`                                  |
| `node_exporter`    | tells about this machine                                                                    |
| `victoria_metrics` | empty; `.import_text(exposition)`, `.remote_write([Series(…)])`                             |
| `nginx`            | ingress-nginx's log format in `.access_log`; `/` 200, `/missing` 404, `/checkout` 502       |
| `kube_api`         | RBAC on, one node `node-1`; `.kubeconfig`, `.apply(objects)` with statuses and timestamps,   |
|                    | a user `viewer` without rights: `.kubeconfig_for("viewer")`, `.bind("viewer", cluster_role)` |
| `kubelet_logs`     | behind node `node-1`: `.write(namespace, pod, container, [(when, line), …])`                 |
| `misbehaving`      | `.url_for("hang")` and so on: every mode in `tests/servers/misbehaving.py`                  |

All have `.url` (but `kubelet_logs`, `.address`, and `misbehaving`). Servers with a process have `.log_file`,
`.stop()`/`.start()` (same port, same data) and `.pause()`/`.resume()`; a test that uses these makes a
server of its own: `with Prometheus(config=…, prefix="/p", web_config=…) as mine:`, after
`require("prometheus")`, which skips where the program is missing (and fails where `CI=true`).
"""

from tests.servers.fixtures import (
    alertmanager,
    kube_api,
    kubelet_logs,
    misbehaving,
    nginx,
    node_exporter,
    prometheus,
    pytest_terminal_summary,
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
    "pytest_terminal_summary",
    "victoria_metrics",
]
