"""A real Envoy in front of a backend, logging in its default format, in Istio's and in Envoy Gateway's."""

import json
from pathlib import Path
from typing import Any

from tests.servers.ports import free_port, has_ipv6, loopback
from tests.servers.process import Server

ISTIO_LOG = "istio.log"
ISTIO_FORMAT = (
    '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" '
    "%RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS% "
    '"%UPSTREAM_TRANSPORT_FAILURE_REASON%" %BYTES_RECEIVED% %BYTES_SENT% '
    '%DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" '
    '"%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%" %UPSTREAM_CLUSTER_RAW% '
    "%UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS% "
    "%REQUESTED_SERVER_NAME% %ROUTE_NAME%\n"
)
"""Istio's default access log (its `pilot/pkg/model/telemetry_logging.go`)."""
GATEWAY_LOG = "gateway.log"
GATEWAY_FORMAT = {
    "start_time": "%START_TIME%",
    "method": "%REQ(:METHOD)%",
    "x-envoy-origin-path": "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%",
    "protocol": "%PROTOCOL%",
    "response_code": "%RESPONSE_CODE%",
    "response_flags": "%RESPONSE_FLAGS%",
    "response_code_details": "%RESPONSE_CODE_DETAILS%",
    "connection_termination_details": "%CONNECTION_TERMINATION_DETAILS%",
    "upstream_transport_failure_reason": "%UPSTREAM_TRANSPORT_FAILURE_REASON%",
    "bytes_received": "%BYTES_RECEIVED%",
    "bytes_sent": "%BYTES_SENT%",
    "duration": "%DURATION%",
    "x-envoy-upstream-service-time": "%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%",
    "x-forwarded-for": "%REQ(X-FORWARDED-FOR)%",
    "user-agent": "%REQ(USER-AGENT)%",
    "x-request-id": "%REQ(X-REQUEST-ID)%",
    ":authority": "%REQ(:AUTHORITY)%",
    "upstream_host": "%UPSTREAM_HOST%",
    "upstream_cluster": "%UPSTREAM_CLUSTER%",
    "upstream_local_address": "%UPSTREAM_LOCAL_ADDRESS%",
    "downstream_local_address": "%DOWNSTREAM_LOCAL_ADDRESS%",
    "downstream_remote_address": "%DOWNSTREAM_REMOTE_ADDRESS%",
    "requested_server_name": "%REQUESTED_SERVER_NAME%",
    "route_name": "%ROUTE_NAME%",
}
"""Envoy Gateway's default access log (its `internal/xds/translator/accesslog.go`)."""


def _address(host: str, port: int) -> dict[str, Any]:
    return {"socket_address": {"address": host, "port_value": port}}


def _cluster(name: str, host: str, port: int) -> dict[str, Any]:
    endpoint = {"endpoint": {"address": _address(host, port)}}
    assignment = {"cluster_name": name, "endpoints": [{"lb_endpoints": [endpoint]}]}
    return {"name": name, "type": "STATIC", "connect_timeout": "5s", "load_assignment": assignment}


def _typed(kind: str, **fields: Any) -> dict[str, Any]:
    return {"@type": f"type.googleapis.com/envoy.extensions.{kind}", **fields}


class Envoy(Server):
    """Nothing listens behind `/refused`. A request is tried three times at most."""

    name = "envoy"
    ready_path = "/ready"

    def __init__(self, *, backend: str, directory: Path | None = None) -> None:
        super().__init__(directory=directory)
        self._backend = backend
        self._admin_port = free_port()

    @property
    def entrances(self) -> list[tuple[str, int]]:
        return loopback(self.port)

    @property
    def ready_url(self) -> str:
        return f"http://127.0.0.1:{self._admin_port}{self.ready_path}"

    def prepare(self) -> None:
        host, _, port = self._backend.rpartition(":")
        configuration = {
            "admin": {"address": _address("127.0.0.1", self._admin_port)},
            "static_resources": {
                "listeners": [self._listener()],
                "clusters": [_cluster("shop", host, int(port)), _cluster("gone", "127.0.0.1", 1)],
            },
        }
        (self.directory / "envoy.json").write_text(json.dumps(configuration))

    def _listener(self) -> dict[str, Any]:
        six = [{"address": _address("::1", self.port)}] if has_ipv6() else []
        manager = _typed(
            "filters.network.http_connection_manager.v3.HttpConnectionManager",
            stat_prefix="edge",
            codec_type="AUTO",
            delayed_close_timeout="0.1s",
            access_log=self._access_logs(),
            route_config=self._routes(),
            http_filters=[{"name": "router", "typed_config": _typed("filters.http.router.v3.Router")}],
        )
        return {
            "name": "edge",
            "address": _address("127.0.0.1", self.port),
            "additional_addresses": six,
            "filter_chains": [{"filters": [{"name": "http", "typed_config": manager}]}],
        }

    def _access_logs(self) -> list[dict[str, Any]]:
        istio = self._file(ISTIO_LOG, text_format_source={"inline_string": ISTIO_FORMAT})
        gateway = self._file(GATEWAY_LOG, json_format=GATEWAY_FORMAT)
        default = _typed("access_loggers.stream.v3.StdoutAccessLog")
        return [{"name": "log", "typed_config": each} for each in (default, istio, gateway)]

    def _file(self, name: str, **log_format: Any) -> dict[str, Any]:
        path = str(self.directory / name)
        return _typed("access_loggers.file.v3.FileAccessLog", path=path, log_format=log_format)

    def _routes(self) -> dict[str, Any]:
        again = {"retry_on": "reset,connect-failure", "num_retries": 2}
        again["retry_back_off"] = {"base_interval": "0.005s", "max_interval": "0.01s"}
        routes = [
            {"name": name, "match": {"prefix": prefix}, "route": {"cluster": cluster, "retry_policy": again}}
            for name, prefix, cluster in (
                ("httproute/shop/gone/rule/0/match/0/*", "/refused", "gone"),
                ("httproute/shop/web/rule/0/match/0/*", "/", "shop"),
            )
        ]
        return {"virtual_hosts": [{"name": "shop", "domains": ["*"], "routes": routes}]}

    def command(self) -> list[str]:
        once = ["--disable-hot-restart", "--concurrency", "1", "--file-flush-interval-msec", "100"]
        return [self.program(), "--config-path", str(self.directory / "envoy.json"), *once]
