"""A real VictoriaLogs: a log store that takes what a Loki takes, and cannot be asked like one."""

from __future__ import annotations

from tests.servers.process import Server


class VictoriaLogs(Server):
    name = "victoria-logs"
    ready_path = "/health"

    def command(self) -> list[str]:
        return [
            self.program(),
            f"-storageDataPath={self.directory}/data",
            f"-httpListenAddr=127.0.0.1:{self.port}",
        ]
