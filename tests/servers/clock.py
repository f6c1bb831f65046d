"""Another present for programs that ask the C library what time it is.

Python, openssl and nginx do; programs in Go ask the kernel themselves and are not moved.
"""

import os
from datetime import UTC, datetime

from tests.servers.fetch import program


def clock_at(moment: datetime) -> dict[str, str]:
    """The environment of a process whose clock starts at `moment` and runs on from there. Raises MissingServer."""
    started_at = moment.astimezone(UTC).strftime("@%Y-%m-%d %H:%M:%S")
    return {
        **os.environ,
        "LD_PRELOAD": str(program("faketime")),
        "FAKETIME": started_at,
        # Time spans and time-outs stay true; sleeping is out of the question (libfaketime takes it amiss).
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "TZ": "UTC",
    }
