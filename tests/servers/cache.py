"""Where fetched servers are kept on this machine, so that each is fetched or built once.

A server is finished when its directory bears its final name, `<name>-<version>` for one of a package and
`<name>@<version>` for one built from a Go module: it is made in a staging directory and renamed at the end,
so a half-made one can never be mistaken for it.
"""

import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FetchError(Exception):
    """A server cannot be had on this machine; the message says why and what to try."""


def progress(line: str) -> None:
    """Tell the person who waits what is going on."""
    print(f"servers: {line}", file=sys.stderr, flush=True)


def cache_directory() -> Path:
    """The folder of all fetched servers: `$XDG_CACHE_HOME`, or `~/.cache`, with our name below."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    directory = Path(root) / "morning-vistas" / "servers"
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def finished(name: str) -> Path | None:
    """The newest finished directory of a server, or None when it was never fetched."""
    candidates = cache_directory().glob(f"{name}-[0-9]*")
    return max(candidates, key=lambda path: path.stat().st_mtime, default=None)


@contextmanager
def exclusively() -> Iterator[None]:
    """One fetching run at a time on this machine; a second one waits and then finds the work done."""
    with (cache_directory() / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("another run is fetching; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def staging() -> Iterator[Path]:
    """A directory for work in progress on the cache's own disk, gone afterwards."""
    directory = Path(tempfile.mkdtemp(prefix=".staging-", dir=cache_directory()))
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def publish(made: Path, name: str) -> Path:
    """Give a made directory its final name, the version in it: from here on the server is finished."""
    final = cache_directory() / name.replace(":", "_")
    shutil.rmtree(final, ignore_errors=True)
    made.chmod(0o755)
    return made.rename(final)
