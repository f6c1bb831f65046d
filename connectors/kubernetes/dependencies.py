"""What leads to what in a cluster: from the paths of Ingresses and HTTPRoutes over services to the workloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.kubernetes.columns import TEXT, WHOLE, Holds
from connectors.kubernetes.kinds.links import LINKS
from connectors.kubernetes.several_kinds import See, Several, first_failure, view_all

if TYPE_CHECKING:
    import polars as pl

COLUMNS: dict[str, Holds] = {
    "kind": TEXT,
    "namespace": TEXT,
    "name": TEXT,
    "needs_kind": TEXT,
    "needs_namespace": TEXT,
    "needs": TEXT,
    "host": TEXT,
    "path": TEXT,
    "ready": WHOLE,
    "endpoints": WHOLE,
}
"""One thing needs another. `host` and `path` where requests to them lead there; `ready` of so many `endpoints`
where a service leads to a workload."""
KEY = ("kind", "namespace", "name", "needs_kind", "needs_namespace", "needs", "host", "path")
ASKED = (*LINKS, "services", "pods")
NO_PODS = "The workloads behind the services are not shown: the list of pods is missing."


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Routes first, then services; what was asked for it, and which lists could not be had."""

    table: pl.DataFrame
    asked: str
    warnings: tuple[str, ...]


def look_for_dependencies(see: See, at_once: int) -> Dependencies:
    """A list that cannot be had is a warning; Unobtainable where nothing that leads to another can."""
    import polars as pl

    from connectors.kubernetes.tables import make_table

    seen = view_all(ASKED, see, at_once)
    if not set(LINKS) & set(seen.views):
        raise first_failure(seen.failures.values())
    routes = [seen.views[kind].table for kind in ("ingress paths", "httproute rules") if kind in seen.views]
    parts = [make_table(COLUMNS, ()), *routes, *_behind_services(seen), *_outside(seen)]
    told = pl.concat(parts, how="diagonal").with_columns(pl.col("host", "path").fill_null(""))
    table = told.sort(KEY)
    unknown = (NO_PODS,) if "endpoints" in seen.views and "pods" not in seen.views else ()
    return Dependencies(table, seen.asked, (*unknown, *seen.warnings))


def _behind_services(seen: Several) -> list[pl.DataFrame]:
    """Service to workload, by the owners of the pods that are its endpoints; a pod that nobody owns by itself."""
    import polars as pl

    if not {"endpoints", "pods"} <= set(seen.views):
        return []
    owners = seen.views["pods"].table.select("namespace", "owner_kind", "owner", pod="name")
    bare = pl.col("owner").fill_null("") == ""
    # A pod may stand in several slices of its service, one for each family of addresses.
    pods = seen.views["endpoints"].table.group_by("namespace", "service", "pod").agg(pl.col("ready").any())
    found = (
        pods.join(owners, on=["namespace", "pod"], how="inner")
        .with_columns(
            pl.lit("Service").alias("kind"),
            pl.when(bare).then(pl.lit("Pod")).otherwise("owner_kind").alias("needs_kind"),
            pl.col("namespace").alias("needs_namespace"),
            pl.when(bare).then("pod").otherwise("owner").alias("needs"),
        )
        .rename({"service": "name"})
        .group_by("kind", "namespace", "name", "needs_kind", "needs_namespace", "needs")
        .agg(pl.col("ready").sum().cast(pl.Int64), pl.len().cast(pl.Int64).alias("endpoints"))
    )
    return [found]


def _outside(seen: Several) -> list[pl.DataFrame]:
    """Services that are another name for a host somewhere else."""
    import polars as pl

    if "services" not in seen.views:
        return []
    external = seen.views["services"].table.filter(pl.col("external_name").fill_null("") != "")
    return [
        external.select(
            pl.lit("Service").alias("kind"),
            "namespace",
            "name",
            pl.lit("Host").alias("needs_kind"),
            pl.lit("").alias("needs_namespace"),
            pl.col("external_name").alias("needs"),
        )
    ]
