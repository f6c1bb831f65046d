"""A Kubernetes cluster as a source: the landscape's objects, and what stands out among them.

`access` reads, `listing` pages, `kinds` turns each kind of object into rows, `judging` says what stands out,
`source` answers looks.
"""

from connectors.kubernetes.source import KubernetesSource

__all__ = ["KubernetesSource"]
