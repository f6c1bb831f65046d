"""What a look opens in, by what it asked and where its source can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vistas.linking import pages
from vistas.linking.addresses import LONGEST, is_reached_by_people
from vistas.linking.asked import Asked, asked
from vistas.linking.elsewhere import Elsewhere, Tool
from vistas.linking.explore import explore
from vistas.routine import Look
from vistas.snapshot import Provenance

_QUERIED = ("range", "instant")
EXPLORE = "Grafana Explore"
MASKED = "Part of its query was masked before it was saved, so it cannot be opened elsewhere."
TOO_LONG = "Its queries are too long for an address, so it cannot be opened elsewhere."


@dataclass(frozen=True, slots=True)
class Link:
    """One way out: what it opens in, and the address; without an address, the reason why it leads nowhere."""

    label: str
    address: str = ""
    reason: str = ""


def ways_out(
    look: Look, provenance: Provenance, elsewhere: Elsewhere, *, on_this_machine: bool = False
) -> tuple[Link, ...]:
    """Where a look opens, Grafana first; none where its source has no page that people reach."""
    page = _page(elsewhere, on_this_machine=on_this_machine)
    match elsewhere.tool:
        case Tool.ALERTMANAGER:
            return _of_alertmanager(look, page) if page else ()
        case Tool.LOKI:
            of_streams = Asked((("", elsewhere.selector),), provenance.asked)
            return _fitting(_in_grafana(elsewhere, of_streams, f"Its log lines in {EXPLORE}"))
        case Tool.PROMETHEUS if look.take in _QUERIED:
            if not (look.asked and (page or elsewhere.opens_in_grafana)):
                return ()
            if (told := asked(look, provenance)) is None:
                return (Link("", reason=MASKED),)
            return _fitting((*_in_grafana(elsewhere, told, EXPLORE), *_in_prometheus(page, told)))
        case _:
            return _of_the_present(look, page)


def then_and_now(then: tuple[Look, Provenance, Elsewhere], now: tuple[Look, Provenance, Elsewhere]) -> Link | None:
    """Both side by side in Explore; None where that cannot be, for the one has no such place."""
    sides = []
    for look, provenance, elsewhere in (then, now):
        if not elsewhere.opens_in_grafana or elsewhere.tool is not Tool.PROMETHEUS or look.take not in _QUERIED:
            return None
        sides.append((elsewhere, asked(look, provenance)))
    (one, before), (other, after) = sides
    if one.grafana != other.grafana or one.org != other.org or before is None or after is None:
        return None
    link = Link(f"Then and now in {EXPLORE}", explore({"thn": (one, before), "now": (other, after)}))
    return next(iter(_fitting((link,))))


def _page(elsewhere: Elsewhere, *, on_this_machine: bool) -> str:
    """The tool's own page: the one that was set, else the address that is asked where people reach it."""
    if elsewhere.page is not None:
        return elsewhere.page
    reached = elsewhere.url and is_reached_by_people(elsewhere.url, on_this_machine=on_this_machine)
    return elsewhere.url if reached else ""


def _in_grafana(elsewhere: Elsewhere, told: Asked, label: str) -> Iterator[Link]:
    if elsewhere.opens_in_grafana:
        yield Link(label, explore({"now": (elsewhere, told)}))


def _in_prometheus(page: str, told: Asked) -> Iterator[Link]:
    if page:
        yield Link("Prometheus", pages.graph(page, told))


def _of_the_present(look: Look, page: str) -> tuple[Link, ...]:
    if not page or look.take not in pages.PRESENT:
        return ()
    return (Link(f"{look.take.capitalize()} in Prometheus, as they are now", f"{page}/{look.take}"),)


def _of_alertmanager(look: Look, page: str) -> tuple[Link, ...]:
    if look.take == "silences":
        return (Link("Silences in Alertmanager, as they are now", pages.silences(page)),)
    if not look.is_whole:
        return (Link("", reason=MASKED),)
    return _fitting((Link("Alertmanager, as it is now", pages.alerts(page, look.where)),))


def _fitting(links: Iterator[Link] | tuple[Link, ...]) -> tuple[Link, ...]:
    """Those whose address is not too long; where that is none of several, the reason."""
    all_of_them = tuple(links)
    fit = tuple(link for link in all_of_them if len(link.address) <= LONGEST)
    return fit if fit or not all_of_them else (Link("", reason=TOO_LONG),)
