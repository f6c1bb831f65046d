"""A real OAuth2 Proxy in front of a server: whoever has not signed in is asked to."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from tests.servers.process import Server


class OAuth2Proxy(Server):
    """Nobody can sign in here: its provider is named and never asked. `flags` come last on the command line."""

    name = "oauth2-proxy"
    ready_path = "/ping"

    def __init__(self, *, upstream: str, flags: Sequence[str] = (), directory: Path | None = None) -> None:
        super().__init__(directory=directory)
        self._upstream = upstream
        self._flags = tuple(flags)

    def command(self) -> list[str]:
        return [
            self.program(),
            "--provider=github",
            "--client-id=tests",
            f"--client-secret={secrets.token_hex(8)}",
            f"--cookie-secret={secrets.token_hex(16)}",
            "--email-domain=*",
            f"--http-address=127.0.0.1:{self.port}",
            f"--upstream={self._upstream}",
            *self._flags,
        ]
