"""What to write into vistas.toml to connect a tool, ready to copy."""

from __future__ import annotations

SNIPPETS: tuple[tuple[str, str, str], ...] = (
    (
        "Prometheus, Thanos, Mimir, VictoriaMetrics",
        "The address as in a browser, path prefix included. Secrets come from files or environment variables.",
        """[sources.prometheus]
type = "prometheus"
url = "http://prometheus.monitoring:9090"
# bearer_token_file = "/run/secrets/prometheus-token"
# headers = { "X-Scope-OrgID" = "shop" }
""",
    ),
    (
        "Kubernetes",
        "A kubeconfig with read access; `docs/kubernetes-clusterrole.yaml` is a role with exactly what is needed.",
        """[sources.cluster]
type = "kubernetes"
# kubeconfig = "~/.kube/morning-vistas"
# context = "shop"
""",
    ),
    (
        "Ingress logs in files",
        "Paths and globs; rotated and `.gz` files, too. The format is recognised automatically.",
        """[sources.front-door]
type = "ingress"
files = ["/var/log/nginx/access.log*"]
""",
    ),
    (
        "Ingress logs of pods",
        "Through the Kubernetes API, from every replica of the controller.",
        """[sources.front-door]
type = "ingress"
pods = { namespace = "ingress-nginx", selector = "app.kubernetes.io/name=ingress-nginx" }
""",
    ),
    (
        "Ingress logs in a Loki",
        "All lines where there are few; where there are many, Loki counts them.",
        """[sources.front-door]
type = "ingress"
loki = { url = "http://loki-gateway.monitoring", selector = '{app="ingress-nginx"}' }
""",
    ),
    (
        "Ingress logs in VictoriaLogs",
        "All lines where there are few; where there are many, VictoriaLogs counts them.",
        """[sources.front-door]
type = "ingress"
victoria_logs = { url = "http://victoria-logs.monitoring:9428", selector = '{app="ingress-nginx"}' }
""",
    ),
    (
        "Ingress logs in ClickHouse",
        "As OpenTelemetry's collector writes them; where there are many lines, ClickHouse counts them.",
        """[sources.front-door]
type = "ingress"
clickhouse = { url = "http://clickhouse.monitoring:8123", where = { ServiceName = "ingress-nginx" } }
""",
    ),
    (
        "Alertmanager",
        "Firing alerts, and silences.",
        """[sources.alertmanager]
type = "alertmanager"
url = "http://alertmanager.monitoring:9093"
""",
    ),
)
