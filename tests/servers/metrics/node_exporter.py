"""A real node_exporter, telling about this machine; and one of the time before its metrics were renamed."""

from tests.servers.process import Server


class NodeExporter(Server):
    name = "node-exporter"
    ready_path = "/metrics"

    def command(self) -> list[str]:
        return [self.program(), f"--web.listen-address=127.0.0.1:{self.port}"]


class NodeExporterOf2017(NodeExporter):
    """Version 0.15: what 0.16 renamed has its older names."""

    name = "node-exporter-of-2017"
