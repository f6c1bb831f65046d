"""The real servers behind the tests and the demo: fetched once, started on loopback, stopped by their id.

Standard library only, so that `scripts/servers` runs on a machine with Python and nothing else.
"""

from tests.servers.fetch import MissingServer
from tests.servers.kubernetes.controllers import Controllers
from tests.servers.kubernetes.kube_api import KubeApi
from tests.servers.kubernetes.kubelet_logs import KubeletLogs, LogLine
from tests.servers.logs.victoria_logs import VictoriaLogs
from tests.servers.metrics.alertmanager import Alertmanager
from tests.servers.metrics.node_exporter import NodeExporter, NodeExporterOf2017
from tests.servers.metrics.prometheus import BASIC_AUTH_WEB_CONFIG, SAMPLE_USER, Prometheus
from tests.servers.metrics.remote_write import STALE, Series
from tests.servers.metrics.victoria_metrics import VictoriaMetrics
from tests.servers.misbehaving import MisbehavingServer
from tests.servers.process import Server, ServerError
from tests.servers.proxies.backend import Backend
from tests.servers.proxies.caddy import Caddy
from tests.servers.proxies.envoy import Envoy
from tests.servers.proxies.haproxy import HAProxy
from tests.servers.proxies.nginx import INGRESS_NGINX_FORMAT, Nginx
from tests.servers.proxies.oauth2_proxy import OAuth2Proxy
from tests.servers.proxies.traefik import Traefik

__all__ = [
    "BASIC_AUTH_WEB_CONFIG",
    "INGRESS_NGINX_FORMAT",
    "SAMPLE_USER",
    "STALE",
    "Alertmanager",
    "Backend",
    "Caddy",
    "Controllers",
    "Envoy",
    "HAProxy",
    "KubeApi",
    "KubeletLogs",
    "LogLine",
    "MisbehavingServer",
    "MissingServer",
    "Nginx",
    "NodeExporter",
    "NodeExporterOf2017",
    "OAuth2Proxy",
    "Prometheus",
    "Series",
    "Server",
    "ServerError",
    "Traefik",
    "VictoriaLogs",
    "VictoriaMetrics",
]
