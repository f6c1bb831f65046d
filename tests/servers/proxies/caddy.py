"""A real Caddy in front of a backend, its access log where it writes it by default: among all else it says."""

from pathlib import Path

from tests.servers.ports import free_port, has_ipv6, loopback
from tests.servers.process import Server, placed

CADDYFILE = """\
{
    admin 127.0.0.1:@ADMIN_PORT@
    auto_https off
    persist_config off
    storage file_system @DIR@/storage
    servers {
        protocols h1 h2c
    }
}
http://:@PORT@ {
    bind 127.0.0.1 @SIX@
    log
    handle /refused* {
        reverse_proxy 127.0.0.1:1 {
            lb_retries 2
        }
    }
    handle {
        reverse_proxy @BACKEND@ {
            lb_retries 2
        }
    }
}
"""


class Caddy(Server):
    """Nothing listens behind `/refused`. A request is tried three times at most."""

    name = "caddy"
    ready_path = "/config/"

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
        values = {
            "PORT": str(self.port),
            "ADMIN_PORT": str(self._admin_port),
            "SIX": "::1" if has_ipv6() else "",
            "DIR": str(self.directory),
            "BACKEND": self._backend,
        }
        (self.directory / "Caddyfile").write_text(placed(CADDYFILE, values))

    def command(self) -> list[str]:
        return [self.program(), "run", "--adapter", "caddyfile", "--config", str(self.directory / "Caddyfile")]
