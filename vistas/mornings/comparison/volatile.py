"""Names that change with a rollout, and what of them stays.

Kubernetes calls pods after their ReplicaSet and five random letters, ReplicaSets after their Deployment and a
hash, and the Jobs of a CronJob after the minute they were due. The letters leave out vowels and what looks alike
(k8s.io/apimachinery, `util/rand`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import polars as pl

_LETTER = "[bcdfghjklmnpqrstvwxz2456789]"
ENDING: Final = rf"(?:-{_LETTER}{{6,10}})?-{_LETTER}{{5}}$|-\d{{8,}}(?:-{_LETTER}{{5}})?$|-{_LETTER}{{8,10}}$"
"""The part of a name that changes, for `re` and Polars alike."""

NAMES: Final = frozenset(
    {"name", "object", "pod", "exported_pod", "job_name", "replicaset", "kubernetes_pod_name"}
)
"""Labels and columns that hold such a name."""
LET_GO: Final = frozenset(
    {
        "instance",
        "upstream",
        "address",
        "id",
        "uid",
        "pod_uid",
        "pod_ip",
        "container_id",
        "fingerprint",
        "hash",
        "pod_template_hash",
        "controller_revision_hash",
    }
)
"""Labels and columns of which nothing stays."""

_ENDING = re.compile(ENDING)
_POD_IN_LABELS = rf'((?:^|, )(?:exported_)?pod="[^"]*?)(?:(?:-{_LETTER}{{6,10}})?-{_LETTER}{{5}})"'


def stable_name(name: str) -> str:
    """`checkout` of `checkout-6d8f9c7b5d-x2k4p`; a name that does not end so stays as it is."""
    return _ENDING.sub("", name) or name


def stable_labels(labels: Mapping[str, str]) -> dict[str, str]:
    """The labels that stay with a rollout, names without the ending that changes."""
    return {
        name: stable_name(value) if name in NAMES else value
        for name, value in labels.items()
        if name not in LET_GO
    }


def let_go(labels: Mapping[str, str]) -> tuple[str, ...]:
    """The labels of which `stable_labels` keeps less than there is."""
    stable = stable_labels(labels)
    return tuple(name for name, value in labels.items() if stable.get(name) != value)


def stable_column(name: str, column: pl.Expr) -> pl.Expr:
    """As `stable_labels`, for the texts of a column of this name; of the labels in an alert's text, its pod."""
    if name in NAMES:
        shortened = column.str.replace(ENDING, "")
        return pl.when(shortened == "").then(column).otherwise(shortened).alias(name)
    return column.str.replace_all(_POD_IN_LABELS, '${1}"') if name == "labels" else column
