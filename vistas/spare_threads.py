"""Threads for work that may hang, each kept a while for the next.

Starting one takes as long as a small answer, and Polars compiles its expressions for each thread anew. However
many hang, the next work gets a thread at once. All are daemons, so none keeps the program from ending.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable

KEPT_FOR = 60.0
"""Seconds that a thread without work stays."""
SPARE = "spare"

Work = Callable[[], object]
_Inbox = queue.SimpleQueue[tuple[str, Work]]

# A list takes and gives one entry at a time, so no lock is needed, which a forked process might find locked.
_waiting: list[_Inbox] = []
os.register_at_fork(after_in_child=_waiting.clear)


def begin(name: str, work: Work) -> None:
    """Do `work` at once in a thread of this name. It tells by itself how it ends, and never raises."""
    try:
        inbox = _waiting.pop()
    except IndexError:
        inbox = queue.SimpleQueue()
        threading.Thread(target=_serve, args=(inbox,), name=SPARE, daemon=True).start()
    inbox.put((name, work))


def _serve(inbox: _Inbox) -> None:
    thread = threading.current_thread()
    while True:
        try:
            thread.name, work = inbox.get(timeout=KEPT_FOR)
        except queue.Empty:
            if _is_withdrawn(inbox):
                return
            continue
        work()
        del work
        _waiting.append(inbox)
        thread.name = SPARE


def _is_withdrawn(inbox: _Inbox) -> bool:
    """False where it has just been taken, and work is about to come."""
    try:
        _waiting.remove(inbox)
    except ValueError:
        return False
    return True
