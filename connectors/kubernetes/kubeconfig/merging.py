"""Several kubeconfig files as one, and what one of its contexts leads to.

The first file that names a cluster, a user, a context or a current context decides about it alone. Paths are
relative to the file that they stand in.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from connectors.kubernetes.failures import unusable
from connectors.kubernetes.kubeconfig.entries import Cluster, Context, Exec, User
from connectors.kubernetes.kubeconfig.reading import place_of, read_file

E = TypeVar("E", Cluster, User, Context)


@dataclass(frozen=True, slots=True)
class Kept(Generic[E]):
    """An entry and the file it stands in."""

    entry: E
    file: str


@dataclass(frozen=True, slots=True)
class ChosenContext:
    """Where a context leads, with absolute paths; a user who is not there has no credentials."""

    context: str
    cluster: Cluster
    user: User


@dataclass(frozen=True, slots=True)
class Kubeconfig:
    clusters: Mapping[str, Kept[Cluster]] = field(default_factory=dict)
    users: Mapping[str, Kept[User]] = field(default_factory=dict)
    contexts: Mapping[str, Kept[Context]] = field(default_factory=dict)
    current_context: str = ""

    def choose(self, context: str | None) -> ChosenContext:
        """What the context of this name, or else the current one, leads to. Unobtainable where that is nowhere."""
        name = context or self.current_context
        if name not in self.contexts:
            said = f"has no context {name!r}" if name else "names no current context"
            raise unusable(f"it {said}; it has {', '.join(self.contexts) or 'none at all'}")
        wanted = self.contexts[name].entry
        cluster = self.clusters.get(wanted.cluster)
        if cluster is None or not cluster.entry.server:
            message = (
                "names no cluster" if not wanted.cluster else f"has no server for its cluster {wanted.cluster!r}"
            )
            raise unusable(f"the context {name!r} {message}")
        user = self.users.get(wanted.user)
        return ChosenContext(name, _cluster_at_home(cluster), _user_at_home(user) if user else User())


def read_kubeconfig(paths: Sequence[str]) -> Kubeconfig:
    """The files that are there, merged. Unobtainable where one of them is no kubeconfig."""
    files = [(path, file) for path in dict.fromkeys(paths) if (file := read_file(path)) is not None]
    return Kubeconfig(
        _first((one.name, Kept(one.cluster, path)) for path, file in files for one in file.clusters),
        _first((one.name, Kept(one.user, path)) for path, file in files for one in file.users),
        _first((one.name, Kept(one.context, path)) for path, file in files for one in file.contexts),
        next((file.current_context for _, file in files if file.current_context), ""),
    )


def _first(named: Iterable[tuple[str, Kept[E]]]) -> dict[str, Kept[E]]:
    found: dict[str, Kept[E]] = {}
    for name, kept in named:
        found.setdefault(name, kept)
    return found


def _cluster_at_home(kept: Kept[Cluster]) -> Cluster:
    authority = _at_home(kept.entry.certificate_authority, kept.file)
    return msgspec.structs.replace(kept.entry, certificate_authority=authority)


def _user_at_home(kept: Kept[User]) -> User:
    user, file = kept.entry, kept.file
    return msgspec.structs.replace(
        user,
        client_certificate=_at_home(user.client_certificate, file),
        client_key=_at_home(user.client_key, file),
        token_file=_at_home(user.token_file, file),
        exec=_plugin_at_home(user.exec, file) if user.exec else None,
    )


def _plugin_at_home(plugin: Exec, file: str) -> Exec:
    """A command without a folder is looked for in PATH."""
    if os.sep not in plugin.command:
        return plugin
    return msgspec.structs.replace(plugin, command=_at_home(plugin.command, file))


def _at_home(path: str, file: str) -> str:
    """A path as it is seen from the file that it stands in; empty where there is none."""
    if not path or Path(path).is_absolute():
        return path
    return os.path.normpath(place_of(file).absolute().parent / path)
