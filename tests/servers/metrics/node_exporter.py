"""A real node_exporter, telling about this machine."""

from tests.servers.process import Server


class NodeExporter(Server):
    name = "node-exporter"
    ready_path = "/metrics"

    def command(self) -> list[str]:
        return [self.program(), f"--web.listen-address=127.0.0.1:{self.port}"]
