"""Finds access logs in files, for somebody who wants to connect them."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from connectors.discovery import introduced, is_path, path_of
from connectors.ingress.aggregation.one_pass import LogPass, Task
from connectors.ingress.aggregation.summarising import SummaryScope
from connectors.ingress.origins.files import find_files
from connectors.ingress.origins.from_files import gather_files
from connectors.ingress.reading.parsing import Parser
from connectors.ingress.settings import IngressSettings
from connectors.source_settings import read_settings
from vistas.extensions.discovery import Introduction, Machine, Offer, Standing
from vistas.formatting.counts import counted
from vistas.redaction import Redactor
from vistas.source import Deadline

NAME: Final = "ingress"
USUAL_PLACES: Final = (
    *("var/log/nginx/access.log", "var/log/nginx/*access*.log", "usr/local/var/log/nginx/access.log"),
    *("var/log/traefik/access.log", "var/log/caddy/access.log", "var/log/haproxy.log", "var/log/envoy/access.log"),
    *("var/log/apache2/access.log", "var/log/httpd/access_log", "var/log/kong/access.log"),
)
IN_A_FOLDER: Final = ("*access*log", "*.log")
READ_AT_MOST: Final = 64 << 20
"""How much of the newest logs is read to say what they hold, in bytes of text."""


def here(machine: Machine, *, asking: bool) -> Iterator[Offer]:
    del asking  # files are there without it
    seen = set[Path]()
    for place in USUAL_PLACES:
        for name in sorted(glob.glob(str(machine.root / place))):  # noqa: PTH207 - the root may be any
            path = Path(name)
            if path not in seen and path.is_file() and os.access(path, os.R_OK):
                seen.add(path)
                yield _offer(_rotated(path), f"There is a log at {path}.")


def meant(pasted: str, machine: Machine) -> Iterator[Offer]:
    if not (is_path(pasted, machine) or ("://" not in pasted and glob.has_magic(pasted))):
        return
    path = path_of(pasted, machine)
    if path.is_dir():
        inside = next((each for each in IN_A_FOLDER if any(path.glob(each))), IN_A_FOLDER[-1])
        yield _offer(f"{path}/{inside}*", f"There may be logs in {path}.")
    elif path.suffix != ".vista":
        yield _offer(_rotated(path) if path.is_file() else str(path), f"There may be a log at {path}.")


def introduce(offer: Offer, redactor: Redactor, deadline: Deadline) -> Introduction:
    table = {key: value for key, value in offer.table.items() if key != "type"}
    settings = read_settings(offer.name, IngressSettings, table)
    return introduced(lambda: _introduce(settings, redactor, deadline))


def _introduce(settings: IngressSettings, redactor: Redactor, deadline: Deadline) -> Introduction:
    now = datetime.now(UTC)
    task = Task(
        scope=SummaryScope(tables=frozenset()),
        max_bytes=READ_AT_MOST,
        new_parser=partial(Parser, settings.dialects, ZoneInfo(settings.timezone), now),
        redaction=redactor.begin(),
        deadline=deadline,
    )
    size = sum(file.size for file in find_files(settings.files, []))
    return _told(gather_files(settings.files, task), settings, whole=size <= READ_AT_MOST)


def _told(read: LogPass, settings: IngressSettings, *, whole: bool) -> Introduction:
    counts = read.summary.counts
    where = settings.files[0] if len(read.origins) != 1 else read.origins[0]
    if not counts.lines:
        return Introduction(Standing.ANSWERS, f"{where} is empty so far.", tool="log", contents="no lines yet")
    if not counts.requests:
        message = f"The lines of {where} are in no known format of an access log."
        hint = "If it is one, say its format: log_format or json_keys (docs/guide/ingress-logs.md)."
        return Introduction(Standing.SOMETHING_ELSE, message, hint)
    dialects = [name for name, _ in counts.dialects.most_common()]
    controllers = {dialect.name: dialect.controller for dialect in settings.dialects}
    tool = f"{controllers.get(dialects[0], '') or 'access'} log"
    part = "" if whole and read.complete else "in the newest of it "
    said = [
        part + counted(counts.lines, "line"),
        _span(counts.oldest, counts.newest),
        f"format {', '.join(dialects)}",
    ]
    message = f"{counted(len(read.origins), 'log')} can be read."
    return Introduction(Standing.ANSWERS, message, tool=tool, contents=", ".join(filter(None, said)))


def _span(first: datetime | None, last: datetime | None) -> str:
    if first is None or last is None:
        return ""
    first, last = first.astimezone(UTC), last.astimezone(UTC)
    if first.date() == last.date():
        return f"{last:%Y-%m-%d} {first:%H:%M}–{last:%H:%M} UTC"
    return f"{first:%Y-%m-%d %H:%M} – {last:%Y-%m-%d %H:%M} UTC"


def _rotated(path: Path) -> str:
    """With those that were rotated away, where there are some beside it."""
    beside = (*path.parent.glob(f"{glob.escape(path.name)}.*"), *path.parent.glob(f"{glob.escape(path.name)}-*"))
    return f"{path}*" if any(beside) and not glob.has_magic(str(path)) else str(path)


def _offer(files: str, text: str) -> Offer:
    table: Mapping[str, Any] = {"type": "ingress", "files": [files]}
    return Offer(NAME, table, text, f"log: {files}")
