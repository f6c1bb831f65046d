"""What `vistas connect` asks somebody at a terminal. Questions go to stderr, secrets are not shown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vistas.command_line.connect.telling import line_of
from vistas.command_line.writing import complain, plain
from vistas.errors import SettingsError
from vistas.redaction import doors

if TYPE_CHECKING:
    from vistas.connecting import Credentials, Keeper, Tried
    from vistas.extensions.discovery import Missing, Offer


def somebody_is_there() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def what_to_connect(found: Sequence[Offer]) -> Offer | None:
    """One of what was found; None for something else."""
    if not found:
        return None
    labels = [*(offer.label for offer in found), "something else"]
    chosen = _choose("Found here:", labels)
    return found[chosen] if chosen < len(found) else None


def address() -> str:
    return _prompt("Address, path, or context of a kubeconfig")


def which(answering: Sequence[Tried]) -> Tried:
    if len(answering) == 1:
        return answering[0]
    return answering[_choose("Which of them?", [line_of(each) for each in answering])]


def which_offer(offers: Sequence[Offer]) -> Offer:
    return offers[_choose("Which of them?", [offer.label for offer in offers])]


def missing(what: Missing) -> str:
    """One of the choices, or what somebody writes instead."""
    if not what.choices:
        return _prompt(what.question)
    chosen = _choose(what.question, [*what.choices, "something else"])
    return what.choices[chosen] if chosen < len(what.choices) else _prompt(what.key[-1].capitalize())


def wants_sign_in(tried: Tried) -> bool:
    from vistas.extensions.discovery import Standing

    return tried.told.standing is Standing.SIGN_IN and tried.offer.sign_in is not None


def credentials() -> Credentials:
    """A token, or else a user and a password."""
    from vistas.connecting import NOBODY, Credentials

    token = secret("Token (empty: a user and a password)", may_be_empty=True)
    if token:
        return Credentials(token=token)
    user = _prompt("User", default="")
    return Credentials(user, secret("Password")) if user else NOBODY


def secret(what: str, *, may_be_empty: bool = False) -> str:
    default = "" if may_be_empty else None
    return str(click.prompt(what, hide_input=True, default=default, show_default=False, err=True)).strip()


def name(default: str, keeper: Keeper) -> str:
    """One that no source has."""
    while True:
        said = _prompt("Name", default=default)
        try:
            keeper.expect_usable(said)
        except SettingsError as error:
            complain(str(error))
        else:
            return said


def shall_it_be_kept(called: str, file: Path) -> bool:
    return click.confirm(_shown(f"Keep it as {called} in {file}?"), default=True, err=True)


def _choose(question: str, labels: Sequence[str]) -> int:
    click.echo(_shown(question), err=True)
    for number, label in enumerate(labels, start=1):
        click.echo(f"  {number}  {_shown(label)}", err=True)
    return int(click.prompt("Number", type=click.IntRange(1, len(labels)), default=1, err=True)) - 1


def _prompt(what: str, *, default: str | None = None) -> str:
    return str(click.prompt(_shown(what), default=default, show_default=bool(default), err=True)).strip()


def _shown(text: str) -> str:
    return plain(doors.masked(text))
