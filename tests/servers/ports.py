"""Ports of this machine's loopback addresses."""

import os
import socket
from secrets import SystemRandom

BELOW_EPHEMERAL_PORTS = range(20_000, 32_000)
_workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
OURS = BELOW_EPHEMERAL_PORTS[_worker % _workers :: _workers]
"""Those of this worker, where several run tests at once: no other takes them."""
_given_out: set[int] = set()


def free_port(address: str = "127.0.0.1") -> int:
    """A port nobody listens on, out of the range from which the kernel serves outgoing connections.

    None is given out twice by a process: where nothing is to listen, no later server does.
    """
    while True:
        port = SystemRandom().choice(OURS)
        with socket.socket() as probe:
            if port not in _given_out and probe.connect_ex((address, port)) != 0:
                _given_out.add(port)
                return port


def has_ipv6() -> bool:
    """Whether this machine has an IPv6 loopback address to listen on."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def loopback(port: int) -> list[tuple[str, int]]:
    """A port at each loopback address of this machine."""
    return [(address, port) for address in ("127.0.0.1", *(["::1"] if has_ipv6() else []))]


def is_listening(place: tuple[str, int]) -> bool:
    """Whether a connection to an address and port is taken; it is closed without a word."""
    try:
        socket.create_connection(place, timeout=2).close()
    except OSError:
        return False
    return True
