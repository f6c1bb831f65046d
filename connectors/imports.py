"""Libraries that are imported when they are first needed, by one thread at a time.

`requests` imports its parts from each other, and the Kubernetes client begins with another part than everybody
else: two threads that do so at the same moment find it half made, and Python raises ImportError.
"""

from __future__ import annotations

import threading
from importlib import import_module

_importing = threading.Lock()


def import_whole(*names: str) -> None:
    """Import modules, in this order; what other threads import this way comes before or after."""
    with _importing:
        for name in names:
            import_module(name)
