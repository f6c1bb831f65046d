"""A real Traefik in front of a backend, its access log where it writes it by default: among all else it says."""

from pathlib import Path
from typing import Literal

from tests.servers.ports import free_port, has_ipv6, loopback
from tests.servers.process import Server, placed

STATIC = """\
entryPoints:
  web: {address: "127.0.0.1:@PORT@"}
  @WEB6@
  ping: {address: "127.0.0.1:@PING_PORT@", observability: {accessLogs: false}}
ping: {entryPoint: ping, manualRouting: true}
global: {checkNewVersion: false}
log: {level: INFO}
accessLog: {format: @FORMAT@}
providers: {file: {filename: "@DIR@/routers.yml", watch: false}}
"""
ROUTERS = """\
http:
  routers:
    shop: {rule: "PathPrefix(`/`)", service: shop, middlewares: [again], entryPoints: @ENTRIES@}
    refused: {rule: "PathPrefix(`/refused`)", service: gone, middlewares: [again], entryPoints: @ENTRIES@}
    ready: {rule: "Path(`/ping`)", service: ping@internal, entryPoints: [ping]}
  middlewares:
    again: {retry: {attempts: 3, status: ["502"]}}
  services:
    shop: {loadBalancer: {servers: [{url: "http://@BACKEND@"}]}}
    gone: {loadBalancer: {servers: [{url: "http://127.0.0.1:1"}]}}
"""


class Traefik(Server):
    """Nothing listens behind `/refused`. A request is tried three times at most."""

    name = "traefik"
    ready_path = "/ping"

    def __init__(
        self, *, backend: str, logs: Literal["common", "json"] = "common", directory: Path | None = None
    ) -> None:
        super().__init__(directory=directory)
        self._backend = backend
        self._logs = logs
        self._ping_port = free_port()

    @property
    def entrances(self) -> list[tuple[str, int]]:
        return loopback(self.port)

    @property
    def ready_url(self) -> str:
        return f"http://127.0.0.1:{self._ping_port}{self.ready_path}"

    def prepare(self) -> None:
        values = {
            "PORT": str(self.port),
            "PING_PORT": str(self._ping_port),
            "WEB6": f'web6: {{address: "[::1]:{self.port}"}}' if has_ipv6() else "",
            "DIR": str(self.directory),
            "FORMAT": self._logs,
            "BACKEND": self._backend,
            "ENTRIES": "[web, web6]" if has_ipv6() else "[web]",
        }
        (self.directory / "traefik.yml").write_text(placed(STATIC, values))
        (self.directory / "routers.yml").write_text(placed(ROUTERS, values))

    def command(self) -> list[str]:
        return [self.program(), f"--configFile={self.directory}/traefik.yml"]
