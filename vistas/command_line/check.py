"""`vistas check`: what works, what does not, and what to do about it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vistas.command_line.writing import say, say_json
from vistas.errors import VistasError

if TYPE_CHECKING:
    from vistas.redaction import Redactor
    from vistas.settings import Settings

PATIENCE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing is; `wrong` where it is the settings that have to change."""

    what: str
    well: bool
    says: str
    hint: str = ""
    wrong: bool = False


@click.command
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def check(as_json: bool) -> int:
    """Check the settings, every source and the store: what works, what does not, what to do.

    Ends with 0 when all is well, 1 when something does not answer, 2 when settings are wrong.
    """
    from vistas.settings import load_settings
    from vistas.settings_file import find_settings_file

    settings = load_settings(os.environ, Path.cwd())
    file = find_settings_file(os.environ, Path.cwd())
    findings = [
        Finding("settings", well=True, says=f"read from {file}" if file else "none: all at their defaults")
    ]
    findings += [*_check_sources(settings), _check_routines(settings), _check_store(settings)]
    if as_json:
        say_json([_as_json(finding) for finding in findings])
    else:
        _tell(findings)
    if any(finding.wrong for finding in findings):
        return 2
    return 0 if all(finding.well for finding in findings) else 1


def _check_sources(settings: Settings) -> Iterator[Finding]:
    if not settings.sources:
        yield _nothing_connected()
        return
    redactor = settings.redactor()
    with ThreadPoolExecutor(max_workers=len(settings.sources)) as pool:
        yield from pool.map(lambda name: _check_source(name, settings.sources[name], redactor), settings.sources)


def _check_source(name: str, table: Mapping[str, Any], redactor: Redactor) -> Finding:
    from vistas.source import Deadline, build_source

    try:
        health = build_source(name, table, redactor).check(Deadline(PATIENCE))
    except VistasError as error:
        return Finding(name, well=False, says=str(error), hint="Correct it in the settings.", wrong=True)
    return Finding(name, health.well, health.says, health.hint)


def _nothing_connected() -> Finding:
    from vistas.discovery import offers

    found = " ".join(offer.says for offer in offers(os.environ, Path.home()))
    hint = f"Connect your tools in vistas.toml; vistas.example.toml shows how. {found}".strip()
    return Finding("sources", well=True, says="none connected: the app opens on the recordings", hint=hint)


def _check_routines(settings: Settings) -> Finding:
    from vistas.routine_file import known_routines

    try:
        return Finding("routines", well=True, says=f"{len(known_routines(settings.routines))} can be walked")
    except VistasError as error:
        return Finding("routines", well=False, says=str(error), hint="Correct the file.", wrong=True)


def _check_store(settings: Settings) -> Finding:
    from vistas.store import Store

    try:
        says = Store.open(settings.store.database, settings.store.blobs).check()
    except VistasError as error:
        return Finding("store", well=False, says=str(error), hint="See store.database and store.blobs.")
    return Finding("store", well=True, says=says)


def _as_json(finding: Finding) -> dict[str, Any]:
    return {"what": finding.what, "well": finding.well, "says": finding.says, "hint": finding.hint}


def _tell(findings: list[Finding]) -> None:
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        say(f"{'✓' if finding.well else '✗'} {finding.what:{width}}  {finding.says}")
        if finding.hint:
            say(f"  {'':{width}}  {finding.hint}")
