"""The real servers behind the tests and the demo: fetched once, started on loopback, stopped by their id.

Standard library only, so that `scripts/servers` runs on a machine with Python and nothing else.
"""

from tests.servers.alertmanager import Alertmanager
from tests.servers.backend import Backend
from tests.servers.caddy import Caddy
from tests.servers.envoy import Envoy
from tests.servers.fetch import MissingServer
from tests.servers.haproxy import HAProxy
from tests.servers.kube_api import KubeApi
from tests.servers.kubelet_logs import KubeletLogs, LogLine
from tests.servers.misbehaving import MisbehavingServer
from tests.servers.nginx import INGRESS_NGINX_FORMAT, Nginx
from tests.servers.node_exporter import NodeExporter
from tests.servers.process import Server, ServerError
from tests.servers.prometheus import BASIC_AUTH_WEB_CONFIG, SAMPLE_USER, Prometheus
from tests.servers.remote_write import STALE, Series
from tests.servers.traefik import Traefik
from tests.servers.victoria_metrics import VictoriaMetrics

__all__ = [
    "BASIC_AUTH_WEB_CONFIG",
    "INGRESS_NGINX_FORMAT",
    "SAMPLE_USER",
    "STALE",
    "Alertmanager",
    "Backend",
    "Caddy",
    "Envoy",
    "HAProxy",
    "KubeApi",
    "KubeletLogs",
    "LogLine",
    "MisbehavingServer",
    "MissingServer",
    "Nginx",
    "NodeExporter",
    "Prometheus",
    "Series",
    "Server",
    "ServerError",
    "Traefik",
    "VictoriaMetrics",
]
