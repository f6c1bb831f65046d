"""The doors of the process, which a test may have watched, given back as they were."""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from vistas.redaction import doors


@contextmanager
def as_before() -> Iterator[None]:
    factory, hook, of_threads = logging.getLogRecordFactory(), sys.excepthook, threading.excepthook
    showing = warnings.showwarning
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        logging.setLogRecordFactory(factory)
        sys.excepthook, threading.excepthook, warnings.showwarning = hook, of_threads, showing
        doors.use(None)
