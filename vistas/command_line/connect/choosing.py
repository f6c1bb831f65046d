"""Of what a text may mean, what fits all that was said besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from vistas.command_line.connect import asking

if TYPE_CHECKING:
    from vistas.connecting import Pasted
    from vistas.extensions.discovery import Offer

WITH_STREAMS = ("loki", "victoria_logs")
"""The settings of an ingress source for a log engine of whose streams some are chosen."""


def narrowed(pasted: Pasted, kind: str | None, settings: Mapping[str, str], *, asks: bool) -> Pasted:
    """Only what is of that type and can have those settings, with them; UsageError where nothing is left."""
    offers, others = pasted.offers, pasted.others
    if kind is not None:
        offers, others = (tuple(each for each in some if _is_of(each, kind)) for some in (offers, others))
        if pasted.offers and not offers:
            kinds = ", ".join(dict.fromkeys(each.finder for each in pasted.offers))
            raise click.UsageError(f"it cannot be of the type {kind}; what was named may be: {kinds}")
    if wanted := settings.get("context"):
        offers = tuple(each for each in (*offers, *others) if each.table.get("context") == wanted)
        if not offers:
            raise click.UsageError(f"there is no context {wanted} in what was named")
    elif others and asks:
        offers = (asking.which_offer((*offers, *others)),)
    for key, value in settings.items():
        if key != "context":
            offers = _with(offers, key, value)
    return replace(pasted, offers=offers, others=())


def set_within(table: Mapping[str, Any], key: tuple[str, ...], value: str) -> dict[str, Any]:
    """The table with a value at the end of a path of keys."""
    inner = set_within(table.get(key[0], {}), key[1:], value) if len(key) > 1 else value
    return {**table, key[0]: inner}


def _is_of(offer: Offer, kind: str) -> bool:
    """A type of source as the settings have it, or what finds it."""
    return kind in (offer.finder, offer.table["type"])


def _with(offers: tuple[Offer, ...], key: str, value: str) -> tuple[Offer, ...]:
    fitting = tuple((each, place) for each in offers if (place := _place_of(each, key)) is not None)
    if offers and not fitting:
        raise click.UsageError(f"--{key.replace('_', '-')} is not for what was named")
    return tuple(replace(each, table=set_within(each.table, place, value)) for each, place in fitting)


def _place_of(offer: Offer, key: str) -> tuple[str, ...] | None:
    """Where in its table a setting belongs; None where it has none of that name."""
    match key:
        case "tenant":
            return offer.tenant
        case "selector":
            return next(((engine, "selector") for engine in WITH_STREAMS if engine in offer.table), None)
        case _:
            return None if offer.sign_in is None else (*offer.sign_in, key)
