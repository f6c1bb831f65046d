"""Tools that somebody may want to connect: the contract of what finds one kind of them, found by entry point."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from functools import cache, partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, Protocol

from vistas.border import Fault, attempt
from vistas.errors import VistasError
from vistas.redaction import Redactor
from vistas.source import Deadline

ENTRY_POINTS = "morning_vistas.offers"
"""The entry-point group of what finds tools to connect; each is a Finder."""


class Standing(StrEnum):
    """How a tool that was tried is, the most telling first."""

    ANSWERS = "answers"
    SIGN_IN = "sign-in"
    """It wants to know who asks."""
    TENANT = "tenant"
    """It is shared, and wants to know whose data is meant."""
    REFUSED = "refused"
    """It knows who asks, and does not let them."""
    SOMETHING_ELSE = "something-else"
    """Something is there, but not this kind of tool: another one, or this one below another path."""
    SLOW = "slow"
    """It gave no answer in time."""
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Offer:
    """A source that could be connected: `table` is what would stand under [sources.NAME] in vistas.toml.

    `label` names it in a word or three, `text` says in a sentence why it is offered. `sign_in` is where within the
    table credentials belong, and `tenant` where the tenant of a tool that is shared does; None where it has none.
    `finder` is who knows how to try it. What is `on_request` is not tried by itself: there may be many.
    """

    name: str
    table: Mapping[str, Any]
    text: str
    label: str = ""
    sign_in: tuple[str, ...] | None = None
    tenant: tuple[str, ...] | None = None
    finder: str = ""
    on_request: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """Where things are looked for."""

    environ: Mapping[str, str]
    home: Path
    folder: Path
    """What a relative path is relative to."""
    root: Path = Path("/")

    @classmethod
    def this(cls) -> Machine:
        return cls(os.environ, Path.home(), Path.cwd())


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a tool has, and what that is good for."""

    name: str
    gives: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A setting that only a person can say: where in the table it belongs, and what there is to choose from."""

    key: tuple[str, ...]
    question: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a tool said when it was tried. All text is one line each, without secrets.

    `tool` is what it is (`Prometheus 3.16`); `contents` what it has, a sentence without its stop; `message` how it
    is, as in a source's health, and `hint` what to do about that. `table` is what to keep where trying has shown
    more than the offer knew.
    """

    standing: Standing
    message: str
    hint: str = ""
    took: timedelta = timedelta()
    tool: str = ""
    contents: str = ""
    parts: tuple[Part, ...] = ()
    missing: tuple[Missing, ...] = ()
    table: Mapping[str, Any] | None = field(default=None)

    @property
    def answers(self) -> bool:
        return self.standing is Standing.ANSWERS


class Finder(Protocol):
    """One kind of tool. A module with these functions is one."""

    def here(self, machine: Machine, *, asking: bool) -> Iterable[Offer]:
        """What lies about on this machine; where `asking`, also what answers on it within half a second."""
        ...

    def meant(self, pasted: str, machine: Machine) -> Iterable[Offer]:
        """What a text may mean, by its form and by what lies about; the likeliest first. Nobody is asked."""
        ...

    def introduce(self, offer: Offer, redactor: Redactor, deadline: Deadline) -> Introduction:
        """Try it. SettingsError where its table is wrong."""
        ...


def found_here(machine: Machine, *, asking: bool = True) -> tuple[Offer, ...]:
    """What could be connected without typing anything. What fails offers nothing."""
    return tuple(
        offer for entry in _installed() for offer in _offered(entry, partial(_here, entry, machine, asking=asking))
    )


def meant_by(pasted: str, machine: Machine) -> tuple[Offer, ...]:
    """What a pasted text may mean, without asking anybody."""
    return tuple(
        offer for entry in _installed() for offer in _offered(entry, partial(_meant, entry, pasted, machine))
    )


def introduce(offer: Offer, redactor: Redactor, deadline: Deadline) -> Introduction:
    """Try what is offered. SettingsError where its table is wrong."""
    entry = next(each for each in _installed() if each.name == offer.finder)
    tried = attempt(offer.finder, lambda: _finder(entry).introduce(offer, redactor, deadline), passing=VistasError)
    if isinstance(tried, Fault):
        return Introduction(Standing.SOMETHING_ELSE, tried.message, tried.hint)
    return _masked(tried, redactor)


def _masked(told: Introduction, redactor: Redactor) -> Introduction:
    mask = redactor.begin().text
    return replace(
        told,
        message=mask(told.message),
        hint=mask(told.hint),
        tool=mask(told.tool),
        contents=mask(told.contents),
        parts=tuple(Part(mask(part.name), part.gives) for part in told.parts),
    )


def _here(entry: EntryPoint, machine: Machine, *, asking: bool) -> Iterable[Offer]:
    return tuple(_finder(entry).here(machine, asking=asking))


def _meant(entry: EntryPoint, pasted: str, machine: Machine) -> Iterable[Offer]:
    return tuple(_finder(entry).meant(pasted, machine))


def _offered(entry: EntryPoint, ask: partial[Iterable[Offer]]) -> Iterable[Offer]:
    found = attempt(entry.name, ask)
    return () if isinstance(found, Fault) else (replace(offer, finder=entry.name) for offer in found)


def _finder(entry: EntryPoint) -> Finder:
    finder: Finder = entry.load()
    return finder


@cache
def _installed() -> tuple[EntryPoint, ...]:
    """Found out once: for each look at them, every installed package is opened."""
    return tuple(entry_points(group=ENTRY_POINTS))
