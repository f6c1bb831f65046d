"""The controllers of a Kubernetes of today beside an API server of ours: what it has does not stay as it is."""

from pathlib import Path

from tests.servers.kubernetes.kube_api import KubeApi
from tests.servers.process import Server

LEFT_OUT = ("node-lifecycle-controller", "pod-garbage-collector-controller")
"""They would undo what a test makes: nodes of which no kubelet is heard, and pods on them."""


class Controllers(Server):
    """`cluster` runs already; whatever is to be seen of a kubelet, its test says."""

    name = "kube-controller-manager"
    ready_path = "/healthz"
    scheme = "https"

    def __init__(self, cluster: KubeApi, *, directory: Path | None = None) -> None:
        super().__init__(directory=directory)
        self.cluster = cluster

    def command(self) -> list[str]:
        theirs = self.cluster.directory
        return [
            self.program(),
            f"--kubeconfig={self.cluster.kubeconfig}",
            "--bind-address=127.0.0.1",
            f"--secure-port={self.port}",
            f"--cert-dir={self.directory}",
            "--leader-elect=false",
            f"--service-account-private-key-file={theirs}/signing.key",
            f"--root-ca-file={self.cluster.authority}",
            f"--controllers=*,{','.join(f'-{name}' for name in LEFT_OUT)}",
            "--horizontal-pod-autoscaler-sync-period=1s",
            "--concurrent-gc-syncs=2",
        ]
