"""A real HAProxy in front of a backend, logging to its standard output as its container image does."""

from pathlib import Path
from typing import Literal

from tests.servers.ports import has_ipv6
from tests.servers.process import Server, placed

CONFIGURATION = """\
global
    log stdout format raw local0
defaults
    mode http
    log global
    option @FORMAT@
    timeout connect 5s
    timeout client 30s
    timeout server 30s
    option abortonclose
    retries 2
    retry-on conn-failure empty-response
    option redispatch 1
frontend edge
    bind 127.0.0.1:@PORT@
    @BIND6@
    monitor-uri /monitor
    use_backend gone if { path_beg /refused }
    default_backend shop
backend shop
    server one @BACKEND@
backend gone
    server nobody 127.0.0.1:1
    server noone 127.0.0.2:1
"""


class HAProxy(Server):
    """Nothing listens behind `/refused`. A request is tried three times at most."""

    name = "haproxy"
    ready_path = "/monitor"

    def __init__(
        self, *, backend: str, logs: Literal["httplog", "httpslog"] = "httplog", directory: Path | None = None
    ) -> None:
        super().__init__(directory=directory)
        self._backend = backend
        self._logs = logs

    def prepare(self) -> None:
        values = {
            "PORT": str(self.port),
            "BIND6": f"bind [::1]:{self.port}" if has_ipv6() else "",
            "BACKEND": self._backend,
            "FORMAT": self._logs,
        }
        (self.directory / "haproxy.cfg").write_text(placed(CONFIGURATION, values))

    def command(self) -> list[str]:
        return [self.program(), "-db", "-f", str(self.directory / "haproxy.cfg")]
