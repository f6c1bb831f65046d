"""`vistas connect`: recognises what is named, tries it, and keeps it in the settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vistas.command_line.connect import asking, choosing, telling
from vistas.command_line.writing import say, settings_here
from vistas.errors import SettingsError
from vistas.redaction import doors

if TYPE_CHECKING:
    from vistas.connecting import Credentials, Keeper, Pasted, Tried
    from vistas.extensions.discovery import Offer
    from vistas.settings import Settings

PATIENCE = timedelta(seconds=10)
PREVIEW = timedelta(seconds=6)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said on the command line. `asks` where somebody is there to be asked.

    `settings` are those that some kinds of tool have: `context`, `tenant`, `ca_file`, `selector`.
    """

    name: str | None
    kind: str | None
    settings: Mapping[str, str]
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
@click.option("--context", help="Which context of a kubeconfig; by default its current one.")
@click.option("--tenant", help="Whose data of a tool that several share, sent as X-Scope-OrgID.")
@click.option("--ca-file", type=click.Path(path_type=Path), help="The authority that signed its certificate.")
@click.option("--selector", help="Which streams of a Loki or VictoriaLogs, such as '{app=\"ingress-nginx\"}'.")
@click.option("--yes", is_flag=True, help="Keep it without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and ask nothing.")
def connect(
    address: str | None,
    name: str | None,
    kind: str | None,
    username: str,
    password_file: Path | None,
    token_file: Path | None,
    context: str | None,
    tenant: str | None,
    ca_file: Path | None,
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
    said = {
        "context": context,
        "tenant": tenant,
        "ca_file": ca_file and str(_readable(ca_file)),
        "selector": selector,
    }
    given = {key: value for key, value in said.items() if value}
    wanted = Wanted(name, kind, given, yes, not as_json and asking.somebody_is_there(), as_json)
    keeper = Keeper(os.environ, Path.cwd())
    if name is not None:
        keeper.expect_usable(name)
    pasted = choosing.narrowed(_named(address, wanted), wanted.kind, wanted.settings, asks=wanted.asks)
    credentials = _credentials(pasted, username, password_file, token_file, wanted)
    tried = _try(pasted, credentials, settings)
    if wanted.asks and tried and not tried[0].told.answers:
        pasted, credentials, tried = _once_more(pasted, credentials, tried, settings)
    return _keep(pasted, tried, credentials, wanted, keeper, settings)


def _once_more(
    pasted: Pasted, credentials: Credentials, tried: tuple[Tried, ...], settings: Settings
) -> tuple[Pasted, Credentials, tuple[Tried, ...]]:
    """With what the tool asks for, where it asks for something that a person may know."""
    best = tried[0]
    offer = best.offer
    if not credentials and asking.wants_sign_in(best):
        telling.what_was_found(tried[:1])
        credentials = asking.credentials()
    elif best.told.missing:
        telling.what_was_found(tried[:1])
        for missing in best.told.missing:
            offer = replace(offer, table=choosing.set_within(offer.table, missing.key, asking.missing(missing)))
    else:
        return pasted, credentials, tried
    pasted = replace(pasted, offers=(offer,))
    return pasted, credentials, _try(pasted, credentials, settings)


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
    chosen = _completed(_chosen(answering, wanted), wanted)
    if known := connected_as(chosen.offer.table, settings):
        telling.known(pasted, answering, known, as_json=wanted.as_json)
        return 0
    if wanted.asks:
        _tell_stops(chosen.offer, credentials, settings)
    name = _agreed(chosen.offer, wanted, keeper)
    if name is None:
        say("Nothing was changed.")
        return 1
    change = keeper.add(name, chosen.offer.table, credentials=credentials, sign_in=chosen.offer.sign_in)
    telling.kept(pasted, answering, name, change, as_json=wanted.as_json)
    return 0


def _chosen(answering: tuple[Tried, ...], wanted: Wanted) -> Tried:
    """UsageError where several answer, and nobody is there to choose."""
    if len(answering) > 1 and not wanted.asks:
        kinds = ", ".join(each.offer.finder for each in answering)
        raise click.UsageError(f"several answer there: say --type with one of {kinds}")
    return asking.which(answering)


def _agreed(offer: Offer, wanted: Wanted, keeper: Keeper) -> str | None:
    """What it shall be called; None where it shall not be kept. UsageError where nobody says so."""
    name = wanted.name or keeper.free_name(offer.name)
    if wanted.yes:
        return name
    if not wanted.asks:
        raise click.UsageError("nothing was changed: say --yes to keep it")
    name = wanted.name or asking.name(name, keeper)
    return name if asking.shall_it_be_kept(name, keeper.file) else None


def _tell_stops(offer: Offer, credentials: Credentials, settings: Settings) -> None:
    """What the routine to begin with would show: for somebody who decides, and only as far as it comes in time."""
    from vistas.connecting import preview
    from vistas.routine.file import built_in_routines
    from vistas.source import Deadline

    routine, redactor = built_in_routines()[0], settings.redactor(keep_key=False)
    now = datetime.now(UTC)
    stops = preview(offer, routine, redactor, Deadline(PREVIEW), now=now, credentials=credentials)
    telling.stops(routine.title, stops)


def _completed(chosen: Tried, wanted: Wanted) -> Tried:
    """With what only a person can say. UsageError where nobody is there to say it."""
    table: Mapping[str, Any] = chosen.offer.table
    for missing in chosen.told.missing:
        if not wanted.asks:
            hint = f" such as {missing.choices[0]}" if missing.choices else ""
            raise click.UsageError(f"{missing.question} Say --{missing.key[-1]}{hint}")
        table = choosing.set_within(table, missing.key, asking.missing(missing))
    return replace(chosen, offer=replace(chosen.offer, table=table))
