"""Kubeconfigs, read as kubectl reads them; what cannot be used is told by file and place, never by its content.

The rules are those of client-go's clientcmd; a test holds them to what a real kubectl makes of the same files.
"""

from connectors.kubernetes.kubeconfig.entries import Cluster, Exec, User
from connectors.kubernetes.kubeconfig.merging import ChosenContext, Kubeconfig, read_kubeconfig

__all__ = ["ChosenContext", "Cluster", "Exec", "Kubeconfig", "User", "read_kubeconfig"]
