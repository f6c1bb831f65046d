"""Where what a source is asked can be seen in a tool of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from vistas.snapshot import Provenance
from vistas.source import Source


class Tool(Enum):
    """What answers the queries; its value is how Grafana calls that type of data source."""

    PROMETHEUS = "prometheus"
    ALERTMANAGER = "alertmanager"
    LOKI = "loki"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A source has one as its `elsewhere`, where its tool has pages for people.

    `page` is the address of the tool's own page as people reach it, `url` the one that is asked, where a browser
    could use it as well. `grafana` is the address of a Grafana, `uid` the source's name there, `org` its
    organisation. `selector` chooses the streams of a Loki.
    """

    tool: Tool
    page: str | None = None
    url: str = ""
    grafana: str = ""
    uid: str = ""
    org: int | None = None
    selector: str = ""

    @property
    def opens_in_grafana(self) -> bool:
        return bool(self.grafana and self.uid)


def elsewhere_of(provenance: Provenance, sources: Iterable[Source], grafana: str = "") -> Elsewhere | None:
    """Where what was asked then can be seen now: of the source of that name and type, if there still is one.

    `grafana` is where it is for sources that name a data source and no Grafana.
    """
    for source in sources:
        if source.name == provenance.source and source.type == provenance.source_type:
            found = getattr(source, "elsewhere", None)
            return replace(found, grafana=found.grafana or grafana) if isinstance(found, Elsewhere) else None
    return None
