"""A real server as an ordinary process: started on loopback, waited for, held, and stopped by its id."""

import base64
import os
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from functools import reduce
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from tests.servers.certificates import KeyPair
from tests.servers.fetch import OLDEST, library_environment, program
from tests.servers.ports import free_port, is_listening

READY_WITHIN = 120.0
STOPPED_WITHIN = 10.0
LOG_LINES_SHOWN = 12
STANDS_STILL = frozenset("TtZX")
"""As /proc writes it: stopped, or ended."""


class ServerError(Exception):
    """A server did not start or did not do what it was told; the message holds the end of its log."""


def placed(template: str, values: Mapping[str, str]) -> str:
    """A configuration with `@NAME@` replaced by each value of that name."""
    return reduce(lambda text, name: text.replace(f"@{name}@", values[name]), values, template)


class Process:
    """One program in a process group of its own, its output in one file."""

    def __init__(self, command: list[str], *, log_file: Path, directory: Path) -> None:
        with log_file.open("ab") as log:
            self._popen = subprocess.Popen(
                command,
                cwd=directory,
                env=library_environment(Path(command[0])),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._popen.poll()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole group, unless it has ended."""
        if self.exit_code is None:
            os.killpg(self.pid, number)

    def pause(self) -> None:
        """Stop the whole group, and wait until it stands still: each thread goes on until it is next looked at."""
        self.signal(signal.SIGSTOP)
        ends = time.monotonic() + STOPPED_WITHIN
        while not set(self._thread_states()) <= STANDS_STILL and time.monotonic() < ends:
            time.sleep(0.01)

    def _thread_states(self) -> Iterator[str]:
        """The kernel's letter for each thread of the group; none where there is no /proc."""
        for path in Path("/proc").glob("[0-9]*/task/[0-9]*/stat"):
            try:
                state, _, group = path.read_text().rpartition(")")[2].split()[:3]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(group) == self.pid:
                yield state

    def stop(self) -> None:
        """Ask it to end; make it end when it does not."""
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        try:
            self._popen.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            self.signal(signal.SIGKILL)
            self._popen.wait()


class Server(ABC):
    """One server with its own data directory, log file and free port.

    A context manager: started on entry; stopped, and its directory removed, on exit. `stop` and
    `start` in between keep port and data, so a client sees the same server come back.
    """

    name: ClassVar[str]
    """What `scripts/servers fetch` calls it."""
    ready_path: ClassVar[str]
    """The path below `url` that answers once the server is ready."""
    ready_means: ClassVar[str] = "it was ready"
    """What is waited for, as the end of a sentence that says it did not come."""
    scheme = "http"
    credentials: tuple[str, str] | None = None
    """A user and password that the server lets in, where it asks for them."""
    client_certificate: KeyPair | None = None
    """A certificate that the server lets in, where it asks for one."""
    oldest = False
    """Whether it is to be the oldest that is promised instead of the one that people run today."""

    def __init__(self, *, directory: Path | None = None) -> None:
        self._owns_directory = directory is None
        self.directory = directory or Path(tempfile.mkdtemp(prefix=f"{self.name}-"))
        self.directory.mkdir(parents=True, exist_ok=True)
        self.log_file = self.directory / f"{self.name}.log"
        self.port = free_port()
        self.process: Process | None = None

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def processes(self) -> list[Process]:
        """Every process that belongs to this server, first started first."""
        return [self.process] if self.process else []

    def start(self) -> Self:
        """Start it and wait until it is ready. Raises MissingServer or ServerError."""
        self.prepare()
        self.process = Process(self.command(), log_file=self.log_file, directory=self.directory)
        self.wait_until_ready(self.process)
        return self

    def prepare(self) -> None:  # noqa: B027 - most programs read nothing
        """Write what the program reads when it starts."""

    @abstractmethod
    def command(self) -> list[str]:
        """The program and its arguments."""

    def stop(self) -> None:
        """End it and wait until it has ended. Its data stays."""
        for process in reversed(self.processes):
            process.stop()
        self.process = None

    def close(self) -> None:
        """Stop, and remove the directory unless it was given."""
        self.stop()
        if self._owns_directory:
            shutil.rmtree(self.directory, ignore_errors=True)

    def pause(self) -> None:
        """Make it hang: connections are accepted by the kernel and never answered."""
        for process in self.processes:
            process.pause()

    def resume(self) -> None:
        """End a pause."""
        for process in self.processes:
            process.signal(signal.SIGCONT)

    def program(self, name: str | None = None) -> str:
        return str(program(f"{OLDEST if self.oldest else ''}{self.name}", name))

    @property
    def entrances(self) -> list[tuple[str, int]]:
        """Where it takes connections, for one that tells on a port apart that it is ready: it may do so first."""
        return []

    @property
    def ready_url(self) -> str:
        """What answers 200 once the server is ready."""
        return self.url + self.ready_path

    def is_ready(self) -> bool:
        """Whether its own health endpoint says so, and clients are let in."""
        return self._says_ready() and all(map(is_listening, self.entrances))

    def _says_ready(self) -> bool:
        request = urllib.request.Request(self.ready_url)
        if self.credentials:
            request.add_header("Authorization", basic(*self.credentials))
        try:
            with local_opener(self.scheme, self.client_certificate).open(request, timeout=2) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except (OSError, HTTPException):
            return False

    def wait_until_ready(self, process: Process) -> None:
        """Raises ServerError when the process ends first or takes too long."""
        deadline = time.monotonic() + READY_WITHIN
        while not self.is_ready():
            if process.exit_code is not None or time.monotonic() > deadline:
                ended = "took too long" if process.exit_code is None else f"ended with {process.exit_code}"
                self.stop()
                raise ServerError(f"{self.name} {ended} before {self.ready_means}:\n{self.log_end()}")
            time.sleep(0.05)

    def log_end(self) -> str:
        """The last lines of its log."""
        lines = self.log_file.read_text(errors="replace").splitlines() if self.log_file.exists() else []
        return "\n".join(lines[-LOG_LINES_SHOWN:])

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def basic(user: str, password: str) -> str:
    """The Authorization header of a user with a password."""
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


def local_opener(scheme: str = "http", certificate: KeyPair | None = None) -> urllib.request.OpenerDirector:
    """A client for servers of ours: no proxy of the environment, any server certificate."""
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
    if scheme == "https":
        anything = ssl.create_default_context()
        anything.check_hostname = False
        anything.verify_mode = ssl.CERT_NONE
        if certificate:
            anything.load_cert_chain(certificate.certificate, certificate.key)
        handlers.append(urllib.request.HTTPSHandler(context=anything))
    return urllib.request.build_opener(*handlers)
