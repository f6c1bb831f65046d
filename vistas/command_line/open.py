"""`vistas open`: starts the app and says where it is."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

import click

from vistas.command_line.writing import say, settings_here

APP = Path(__file__).parent.parent.parent / "streamlit_app.py"
_TRIES = 20
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@click.command("open")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Listen on this port; by default 8501 or the next free one."
)
@click.option("--address", help="Listen on this address; by default only this machine can reach it.")
@click.option("--browser/--no-browser", default=None, help="Whether to open a browser.")
def open_(port: int | None, address: str | None, browser: bool | None) -> None:
    """Open the app."""
    server = settings_here().server
    address = address or server.address
    port = port or _free_port(address, server.port)
    if not _is_free(address, port):
        raise click.ClickException(f"{address} port {port} is in use: choose another with --port")
    if browser is None:
        browser = sys.stdout.isatty() and _has_a_screen()
    say(f"Morning Vistas is at http://{_host(address)}:{port} (Ctrl-C stops it)")
    sys.stdout.flush()
    # The app takes this process over, so that it ends when the app does.
    os.execv(sys.executable, _command(address, port, _known_as(address, server.hosts), browser=browser))  # noqa: S606


def _command(address: str, port: int, hosts: Sequence[str], *, browser: bool) -> list[str]:
    options = {
        "server.address": address,
        "server.port": str(port),
        "server.headless": str(not browser).lower(),
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "logger.hideWelcomeMessage": "true",
    }
    written = [f"--{name}={value}" for name, value in options.items()]
    written += [f"--server.allowedHosts={host}" for host in hosts]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *written]


def _known_as(address: str, hosts: Sequence[str]) -> tuple[str, ...]:
    """The names that are answered. Beyond this machine any, unless somebody has said which."""
    if not hosts and not _is_this_machine(address):
        return ("*",)
    return tuple(dict.fromkeys((*LOOPBACK, address, *hosts)))


def _is_this_machine(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _free_port(address: str, first: int) -> int:
    """The first free port from `first` on; `first` itself where none is."""
    ports = range(first, min(first + _TRIES, 65536))
    return next((port for port in ports if _is_free(address, port)), first)


def _is_free(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def _host(address: str) -> str:
    everywhere = address in {"0.0.0.0", "::"}  # noqa: S104 - only compared with
    shown = "localhost" if everywhere else address
    return f"[{shown}]" if ":" in shown else shown


def _has_a_screen() -> bool:
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
