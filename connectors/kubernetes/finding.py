"""Finds clusters: the contexts of kubeconfigs, and the one that we run in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from connectors.discovery import introduced, is_path, path_of
from connectors.kubernetes.api.access import ClusterAccess, Request
from connectors.kubernetes.failures import Right
from connectors.kubernetes.kubeconfig import Kubeconfig, read_kubeconfig
from connectors.kubernetes.objects import count, each, part, text
from connectors.kubernetes.resources import NODES
from connectors.taking import Unobtainable
from vistas.extensions.discovery import Introduction, Machine, Offer, Standing
from vistas.formatting.counts import counted
from vistas.redaction import Redactor
from vistas.source import Deadline

LARGEST: Final = 16 << 20
"""Bytes of a file that may still be a kubeconfig."""
ACCOUNT: Final = "var/run/secrets/kubernetes.io/serviceaccount/token"


def here(machine: Machine, *, asking: bool) -> Iterator[Offer]:
    del asking  # a kubeconfig says what there is
    yield from _contexts(_usual_files(machine), _single(machine))
    if machine.environ.get("KUBERNETES_SERVICE_HOST") and (machine.root / ACCOUNT).is_file():
        table = {"type": "kubernetes"}
        yield Offer(
            "cluster", table, "Morning Vistas runs in a cluster, with an account of its own.", "this cluster"
        )


def meant(pasted: str, machine: Machine) -> Iterator[Offer]:
    if is_path(pasted, machine):
        path = path_of(pasted, machine)
        if path.is_file() and path.stat().st_size <= LARGEST:
            for number, offer in enumerate(_contexts([path], path)):
                yield replace(offer, on_request=number > 0)
    yield from (
        offer for offer in _contexts(_usual_files(machine), _single(machine)) if offer.table["context"] == pasted
    )


def introduce(offer: Offer, redactor: Redactor, deadline: Deadline) -> Introduction:
    table = {key: value for key, value in offer.table.items() if key != "type"}
    access = ClusterAccess.from_settings(offer.name, table, redactor)
    return introduced(lambda: _introduce(access, deadline))


def _introduce(access: ClusterAccess, deadline: Deadline) -> Introduction:
    version = text(access.get(Request("/version", "its version"), deadline), "gitVersion")
    tool = f"Kubernetes {version.removeprefix('v')}"
    has = [_counted(access, *each, deadline) for each in (("namespaces", "namespace"), (NODES.name, "node"))]
    contents = f"context {access.context}"
    if seen := ", ".join(filter(None, has)):
        contents += f": {seen}"
    return Introduction(
        Standing.ANSWERS, f"{tool} answers, context {access.context}.", tool=tool, contents=contents
    )


def _counted(access: ClusterAccess, resource: str, one: str, deadline: Deadline) -> str:
    """Empty where this account may not see them. Unobtainable where the cluster does not answer."""
    right = Right("list", "", resource)
    request = Request(f"/api/v1/{resource}", f"the list of {resource}", (("limit", "1"),), right)
    try:
        answer = access.get(request, deadline)
    except Unobtainable:
        return ""
    number = len(each(answer, "items")) + count(part(answer, "metadata"), "remainingItemCount")
    return counted(number, one)


def _usual_files(machine: Machine) -> list[Path]:
    """As kubectl reads them."""
    named = [Path(path) for path in machine.environ.get("KUBECONFIG", "").split(os.pathsep) if path]
    return [path for path in named or [machine.home / ".kube" / "config"] if path.is_file()]


def _single(machine: Machine) -> Path | None:
    """The file to name in the settings; None where several are read as one, which only $KUBECONFIG can say."""
    files = _usual_files(machine)
    return files[0] if len(files) == 1 else None


def _contexts(files: Sequence[Path], named: Path | None) -> Iterator[Offer]:
    """The current one first."""
    try:
        config = read_kubeconfig([str(path) for path in files]) if files else Kubeconfig()
    except Unobtainable:
        return
    place = {"kubeconfig": str(named)} if named else {}
    where = f"the kubeconfig {named}" if named else "the kubeconfigs that $KUBECONFIG names"
    for context in sorted(config.contexts, key=lambda name: name != config.current_context):
        table = {"type": "kubernetes", **place, "context": context}
        yield Offer(context, table, f"The context {context} stands in {where}.", f"kubeconfig: {context}")
