"""Replaces service names in a pass by those of the cluster, where there is one to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from connectors.ingress.aggregation.one_pass import LogPass
from connectors.ingress.aggregation.summary import TABLES, Summary
from connectors.ingress.services.names import Directory, Resolved
from vistas.source import Deadline

if TYPE_CHECKING:
    from connectors.kubernetes.api.access import ClusterAccess

PATIENCE = 0.5
"""The share of the time left in which clusters may answer: without them all is there but the names."""
MENTIONED = 3
"""How many names a warning gives as examples."""


def name_services(read: LogPass, clusters: Sequence[ClusterAccess], deadline: Deadline) -> LogPass:
    """The same pass, rows that turned out to be of one service added up. Clusters are asked for lists alone."""
    passes = (read, *read.apart.values())
    written = {name for each in passes for name in _written(each.summary)}
    if not written:
        return read
    directory, missing = _ask(clusters, written, deadline) if clusters else (Directory(), ())
    resolved = directory.resolve(written)
    warnings = (*missing, *_say_ambiguous(resolved))
    apart = {take: _renamed(each, resolved.names, warnings) for take, each in read.apart.items()}
    return replace(_renamed(read, resolved.names, warnings), apart=apart)


def _ask(
    clusters: Sequence[ClusterAccess], written: set[str], deadline: Deadline
) -> tuple[Directory, tuple[str, ...]]:
    from connectors.ingress.services.lists import ask_clusters

    return ask_clusters(clusters, written, deadline.within(PATIENCE))


def as_named(where: Mapping[str, str], services: Mapping[str, str]) -> dict[str, str]:
    """A look's filter, by the name that a service has here, whichever way its routine writes it."""
    return {key: _named(value, services) if key == "service" else value for key, value in where.items()}


def _named(value: str, services: Mapping[str, str]) -> str:
    return services.get(value) or ",".join(services.get(each.strip(), each) for each in value.split(","))


def _written(summary: Summary) -> Iterator[str]:
    for rows in summary.tables.values():
        if "service" in rows.columns:
            yield from (name for name in rows["service"].unique() if name)


def _renamed(read: LogPass, names: Mapping[str, str], warnings: tuple[str, ...]) -> LogPass:
    return replace(
        read,
        summary=Summary(read.summary.counts, dict(_renamed_tables(read.summary, names))),
        warnings=(*read.warnings, *warnings),
        services=names,
    )


def _renamed_tables(summary: Summary, names: Mapping[str, str]) -> Iterator[tuple[str, pl.DataFrame]]:
    for name, rows in summary.tables.items():
        if names and "service" in rows.columns:
            called = rows.with_columns(pl.col("service").replace(names))
            yield name, TABLES[name].add_up(called)
        else:
            yield name, rows


def _say_ambiguous(resolved: Resolved) -> Iterator[str]:
    if number := len(resolved.ambiguous):
        some = ", ".join(resolved.ambiguous[:MENTIONED])
        rest = f" and {number - MENTIONED} more" if number > MENTIONED else ""
        yield f"Several services could be meant by {some}{rest}: they are named as the controller writes them."
