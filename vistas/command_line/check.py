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

from vistas.command_line.writing import say, say_json, settings_here
from vistas.errors import VistasError

if TYPE_CHECKING:
    from vistas.redaction import Redactor
    from vistas.settings import Settings

PATIENCE = timedelta(seconds=10)
MENTIONED = 3
"""How many tools that were found here are told of, where none is connected."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one thing is; `wrong` where it is the settings that have to change."""

    what: str
    ok: bool
    message: str
    hint: str = ""
    wrong: bool = False


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(as_json: bool) -> int:
    """Check the settings, every source and the store: what works, what does not, what to do.

    Exits with 0 if everything works, 1 if something does not answer, 2 if settings are wrong.
    """
    from vistas.settings.file import find_settings_file

    settings = settings_here()
    file = find_settings_file(os.environ, Path.cwd())
    findings = [
        CheckResult("settings", ok=True, message=f"read from {file}" if file else "no file: all at their defaults")
    ]
    findings += [*_check_sources(settings), *_check_ways_out(settings), *_check_annotations(settings)]
    findings += [_check_routines(settings), _check_store(settings)]
    if as_json:
        say_json([_as_json(finding) for finding in findings])
    else:
        _print(findings)
    if any(finding.wrong for finding in findings):
        return 2
    return 0 if all(finding.ok for finding in findings) else 1


def _check_sources(settings: Settings) -> Iterator[CheckResult]:
    for paused in settings.paused.values():
        yield CheckResult(paused.name, ok=True, message=f"paused {paused.said}".rstrip())
    if not settings.sources:
        if not settings.paused:
            yield _nothing_connected()
        return
    redactor = settings.redactor()
    with ThreadPoolExecutor(max_workers=len(settings.sources)) as pool:
        yield from pool.map(lambda name: _check_source(name, settings.sources[name], redactor), settings.sources)


def _check_source(name: str, table: Mapping[str, Any], redactor: Redactor) -> CheckResult:
    from vistas.source import Deadline, build_source, check_source

    try:
        health = check_source(build_source(name, table, redactor), Deadline(PATIENCE), redactor)
    except VistasError as error:
        return CheckResult(name, ok=False, message=str(error), hint="Fix it in the settings.", wrong=True)
    return CheckResult(name, health.ok, health.message, health.hint)


def _nothing_connected() -> CheckResult:
    from vistas.extensions.discovery import Machine, found_here

    found = " ".join(offer.text for offer in found_here(Machine.this(), asking=False)[:MENTIONED])
    hint = f"`vistas connect` connects your tools. {found}".strip()
    return CheckResult("sources", ok=True, message="none connected: the app shows the recordings", hint=hint)


def _check_ways_out(settings: Settings) -> Iterator[CheckResult]:
    """In what looks open, where anything is set."""
    from vistas.linking import Elsewhere
    from vistas.source import build_source

    told, redactor = [], settings.redactor()
    for name, table in settings.sources.items():
        try:
            there = getattr(build_source(name, table, redactor), "elsewhere", None)
        except VistasError:
            continue  # it was told before
        if not isinstance(there, Elsewhere):
            continue
        grafana = there.grafana or settings.grafana.address
        if there.uid and not grafana:
            message = f"{name} has open.grafana_uid, but no Grafana is set."
            yield CheckResult("links", ok=False, message=message, hint="Set url under [grafana].", wrong=True)
        elif places := [*([f"Grafana at {grafana}"] if there.uid else []), *([there.page] if there.page else [])]:
            told.append(f"{name} opens in {' and '.join(places)}")
    if told:
        yield CheckResult("links", ok=True, message=f"{', '.join(told)}.")


def _check_annotations(settings: Settings) -> Iterator[CheckResult]:
    from vistas.errors import PostError
    from vistas.extensions.annotators import annotating
    from vistas.source import Deadline

    if not settings.grafana.takes_annotations:
        return
    try:
        health = annotating(settings.grafana, lambda it: it.check(Deadline(PATIENCE)))
    except PostError as error:
        yield CheckResult("annotations", ok=False, message=str(error), hint="Fix it under [grafana].", wrong=True)
    else:
        yield CheckResult("annotations", health.ok, health.message, health.hint)


def _check_routines(settings: Settings) -> CheckResult:
    from vistas.routine.file import known_routines

    try:
        return CheckResult("routines", ok=True, message=f"{len(known_routines(settings.routines))} ready to walk")
    except VistasError as error:
        return CheckResult("routines", ok=False, message=str(error), hint="Fix the file.", wrong=True)


def _check_store(settings: Settings) -> CheckResult:
    from vistas.store import Store

    try:
        message = Store.open(settings.store.database, settings.store.blobs).check()
    except VistasError as error:
        return CheckResult("store", ok=False, message=str(error), hint="Check store.database and store.blobs.")
    return CheckResult("store", ok=True, message=message)


def _as_json(finding: CheckResult) -> dict[str, Any]:
    return {"what": finding.what, "well": finding.ok, "says": finding.message, "hint": finding.hint}


def _print(findings: list[CheckResult]) -> None:
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        say(f"{'✓' if finding.ok else '✗'} {finding.what:{width}}  {finding.message}")
        if finding.hint:
            say(f"  {'':{width}}  {finding.hint}")
