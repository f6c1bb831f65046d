"""The table *tested with* of the README and the guide: what each server says its own version is."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.servers.cache import FetchError
from tests.servers.current import GATEWAY_API, version_of
from tests.servers.fetch import OLDEST, library_environment, program
from tests.servers.packages import run

PAGES = tuple(Path(__file__).parents[2] / page for page in ("README.md", "docs/guide/README.md"))
BEGINS, ENDS = "<!-- tested with: written by scripts/servers tested-with -->", "<!-- tested with ends -->"


@dataclass(frozen=True)
class Row:
    """A tool as people call it, and which servers of ours it is."""

    tool: str
    server: str
    asked: str = "--version"
    """How its program is asked which version it is."""
    oldest: bool = False
    """Whether an oldest one is promised and tested, too."""


ROWS = (
    Row("Kubernetes", "kube-apiserver", oldest=True),
    Row("Gateway API", GATEWAY_API),
    Row("Prometheus", "prometheus", oldest=True),
    Row("VictoriaMetrics", "victoria-metrics", "-version"),
    Row("Alertmanager", "alertmanager"),
    Row("Traefik", "traefik", "version"),
    Row("Envoy", "envoy"),
    Row("Caddy", "caddy", "version"),
    Row("nginx, in the format of ingress-nginx", "nginx", "-v"),
    Row("HAProxy", "haproxy", "-v"),
)


def table() -> str:
    """The table as Markdown. Raises MissingServer."""
    rows = [f"| {row.tool} | {_says(row.server, row.asked)} | {_oldest(row)} |" for row in ROWS]
    return "\n".join(["| tested with | today's | oldest |", "|---|---|---|", *rows])


def write() -> None:
    """Put the table between its markers on each page. Raises MissingServer, and FetchError where markers miss."""
    block = _block(table())
    for page in PAGES:
        page.write_text(page.read_text().replace(_block(on(page)), block))


def on(page: Path) -> str:
    """The table as it stands on a page."""
    found = re.search(f"{re.escape(BEGINS)}\n\n(.*?)\n\n{re.escape(ENDS)}", page.read_text(), re.DOTALL)
    if not found:
        raise FetchError(f"{page} has no place for the table: {BEGINS}")
    return found[1]


def _block(text: str) -> str:
    return f"{BEGINS}\n\n{text}\n\n{ENDS}"


def _oldest(row: Row) -> str:
    """Of the oldest the first two numbers: its distribution mends it now and then."""
    return ".".join(_says(f"{OLDEST}{row.server}", row.asked).split(".")[:2]) if row.oldest else ""


def _says(server: str, asked: str) -> str:
    if server == GATEWAY_API:
        return version_of(server)
    binary = program(server)
    said = run([binary, asked], env=library_environment(binary), both=True)
    found = re.search(r"\bv?(\d+\.\d+(?:\.\d+)+)", said)
    if not found:
        raise FetchError(f"{server} does not say which version it is: {said[:200]}")
    return found[1]
