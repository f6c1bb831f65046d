"""`vistas connect`: recognises what is named, tries it, and keeps it in the settings."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vistas.command_line.connect import asking, telling
from vistas.command_line.writing import say, settings_here
from vistas.errors import SettingsError
from vistas.redaction import doors

if TYPE_CHECKING:
    from vistas.connecting import Credentials, Keeper, Pasted, Tried
    from vistas.extensions.discovery import Offer
    from vistas.settings import Settings

PATIENCE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said on the command line. `asks` where somebody is there to be asked."""

    name: str | None
    kind: str | None
    selector: str | None
    yes: bool
    asks: bool
    as_json: bool


@click.command("connect")
@click.argument("address", required=False)
@click.option("--name", help="What to call the source; by default a name that fits.")
@click.option("--type", "kind", help="What it is, where several answer, such as prometheus or loki.")
@click.option("--username", default="", help="Sign in as this user; the password is asked for.")
@click.option("--password-file", type=click.Path(path_type=Path), help="The file that holds the password.")
@click.option("--token-file", type=click.Path(path_type=Path), help="The file that holds a bearer token.")
@click.option("--selector", help="Which streams of a Loki, such as '{app=\"ingress-nginx\"}'.")
@click.option("--yes", is_flag=True, help="Keep it without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and ask nothing.")
def connect(
    address: str | None,
    name: str | None,
    kind: str | None,
    username: str,
    password_file: Path | None,
    token_file: Path | None,
    selector: str | None,
    yes: bool,
    as_json: bool,
) -> int:
    """Connect a tool or logs, and keep them in vistas.toml.

    ADDRESS is the address of a tool, a path of logs or of a kubeconfig, or a context of yours; without it you can
    choose from what is found here. It is tried at once. What else stands in vistas.toml stays as it is. A token or
    a password is asked for, or read from a file, and never written into the settings.

    Exits with 0 if it is connected, 1 if it does not answer or nothing was kept, 2 if something is wrong with what
    was said or with the settings.
    """
    from vistas.connecting import Keeper

    settings = _settings()
    wanted = Wanted(name, kind, selector, yes, not as_json and asking.somebody_is_there(), as_json)
    keeper = Keeper(os.environ, Path.cwd())
    if name is not None:
        keeper.expect_usable(name)
    pasted = _named(address, wanted)
    credentials = _credentials(pasted, username, password_file, token_file, wanted)
    tried = _fitting(_try(pasted, credentials, settings), wanted)
    if wanted.asks and not credentials and tried and asking.wants_sign_in(tried[0]):
        telling.what_was_found(tried)
        credentials = asking.credentials()
        tried = _try(replace(pasted, offers=(tried[0].offer,)), credentials, settings)
    return _keep(pasted, tried, credentials, wanted, keeper, settings)


def _settings() -> Settings:
    """Where $VISTAS_CONFIG names a file that is not there yet, this is what makes it."""
    from vistas.settings.file import place_for_settings, settings_with

    if place_for_settings(os.environ, Path.cwd()).exists():
        return settings_here()
    settings = settings_with("", os.environ, Path.cwd())
    doors.use(settings.redactor(keep_key=False))
    return settings


def _named(address: str | None, wanted: Wanted) -> Pasted:
    from vistas.connecting import Pasted, recognise
    from vistas.extensions.discovery import Machine, found_here

    machine = Machine.this()
    if address is not None:
        return recognise(address, machine)
    found = found_here(machine)
    if not wanted.asks:
        raise click.UsageError(_what_could_be_named(found))
    chosen = asking.what_to_connect(found)
    return Pasted(chosen.label, (chosen,)) if chosen else recognise(asking.address(), machine)


def _what_could_be_named(found: tuple[Offer, ...]) -> str:
    here = f" Found here: {', '.join(offer.label for offer in found)}." if found else ""
    return f"Say what to connect: an address, a path, or a context of a kubeconfig.{here}"


def _credentials(
    pasted: Pasted, username: str, password_file: Path | None, token_file: Path | None, wanted: Wanted
) -> Credentials:
    from vistas.connecting import Credentials

    files = [file and _readable(file) for file in (password_file, token_file)]
    if not (username or any(files)):
        return pasted.credentials
    password = ""
    if username and not password_file:
        if not wanted.asks:
            raise click.UsageError("say --password-file as well: nobody is there to be asked for the password")
        password = asking.secret("Password")
    return Credentials(username, password, password_file=files[0], token_file=files[1])


def _readable(file: Path) -> Path:
    """As it stands in the settings: seen from anywhere."""
    path = Path.cwd() / file.expanduser()
    if not path.is_file():
        raise SettingsError(f"{file} is not a file")
    return path


def _try(pasted: Pasted, credentials: Credentials, settings: Settings) -> tuple[Tried, ...]:
    from vistas.connecting import try_out
    from vistas.source import Deadline

    redactor = settings.redactor(keep_key=False)
    return try_out(pasted.offers, redactor, Deadline(PATIENCE), credentials=credentials)


def _fitting(tried: tuple[Tried, ...], wanted: Wanted) -> tuple[Tried, ...]:
    """What is of the type that was said, where one was: of the settings', or as it is called."""
    if wanted.kind is None:
        return tried
    fitting = tuple(each for each in tried if wanted.kind in (each.offer.finder, each.offer.table["type"]))
    if not fitting:
        kinds = ", ".join(dict.fromkeys(each.offer.finder for each in tried)) or "nothing"
        raise click.UsageError(f"it cannot be of the type {wanted.kind}; what was named may be: {kinds}")
    return fitting


def _keep(
    pasted: Pasted,
    tried: tuple[Tried, ...],
    credentials: Credentials,
    wanted: Wanted,
    keeper: Keeper,
    settings: Settings,
) -> int:
    from vistas.connecting import connected_as

    answering = tuple(each for each in tried if each.told.answers)
    if not answering:
        telling.why_not(pasted, tried, as_json=wanted.as_json)
        return 1
    if not wanted.as_json:
        telling.what_was_found(answering)
    chosen = _completed(asking.which(answering) if wanted.asks and not wanted.yes else answering[0], wanted)
    if known := connected_as(chosen.offer.table, settings):
        telling.known(pasted, answering, known, as_json=wanted.as_json)
        return 0
    name = wanted.name or keeper.free_name(chosen.offer.name)
    if wanted.asks and not wanted.yes:
        name = wanted.name or asking.name(name, keeper)
        if not asking.shall_it_be_kept(name, keeper.file):
            say("Nothing was changed.")
            return 1
    elif not wanted.yes:
        raise click.UsageError("nothing was changed: say --yes to keep it")
    offer = chosen.offer
    change = keeper.add(name, offer.table, credentials=credentials, sign_in=offer.sign_in)
    telling.kept(pasted, answering, name, change, as_json=wanted.as_json)
    return 0


def _completed(chosen: Tried, wanted: Wanted) -> Tried:
    """With what only a person can say. UsageError where nobody is there to say it."""
    table: dict[str, Any] = dict(chosen.offer.table)
    if wanted.selector is not None:
        if "loki" not in table:
            raise click.UsageError("--selector is for a Loki")
        table["loki"] = {**table["loki"], "selector": wanted.selector}
        return replace(chosen, offer=replace(chosen.offer, table=table))
    for missing in chosen.told.missing:
        if not wanted.asks:
            hint = f" such as {missing.choices[0]}" if missing.choices else ""
            raise click.UsageError(f"{missing.question} Say --{missing.key[-1]}{hint}")
        table = _with(table, missing.key, asking.missing(missing))
    return replace(chosen, offer=replace(chosen.offer, table=table))


def _with(table: dict[str, Any], key: tuple[str, ...], value: str) -> dict[str, Any]:
    inner = _with(dict(table.get(key[0], {})), key[1:], value) if len(key) > 1 else value
    return {**table, key[0]: inner}
