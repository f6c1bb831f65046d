"""What a Prometheus has words for: the values and names of labels, and what its metrics mean.

Source: prometheus `docs/querying/api.md`, "Querying metadata"; `limit` there since 2.54 (labels and their values);
whoever does not know it sends everything. Names that need quotes: prometheus/proposals, "UTF-8 support".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import msgspec

from connectors.prometheus.api import PrometheusApi
from vistas.snapshot import Window
from vistas.source import Deadline
from vistas.vocabulary import Word

AT_MOST: Final = 200_000
"""Names or values that are asked for at once; and metrics of which is asked what they mean."""
LONGEST_HELP: Final = 300

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class _Meaning(msgspec.Struct):
    type: Any = ""
    help: Any = ""


def label_values(
    api: PrometheusApi, label: str, matching: str, window: Window, deadline: Deadline
) -> tuple[str, ...]:
    """Of the series that match a selector, or of all where it is empty. Raises Unobtainable."""
    path = f"label/{quote(_in_path(label), safe='')}/values"
    return tuple(api.ask_list(path, _among(matching, window), deadline))


def label_names(api: PrometheusApi, matching: str, window: Window, deadline: Deadline) -> tuple[str, ...]:
    return tuple(api.ask_list("labels", _among(matching, window), deadline))


def metric_meanings(api: PrometheusApi, deadline: Deadline) -> Mapping[str, Word]:
    """What was said of metrics where they are scraped; of one with several meanings the first."""
    asked = {"limit": str(AT_MOST), "limit_per_metric": "1"}
    told = api.ask_map("metadata", list[_Meaning], asked, deadline)
    return {
        name: Word(name, str(said[0].type or ""), str(said[0].help or "")[:LONGEST_HELP])
        for name, said in told.items()
        if said
    }


def _among(matching: str, window: Window) -> dict[str, str]:
    asked = {"start": f"{window.start.timestamp():.3f}", "end": f"{window.end.timestamp():.3f}"}
    asked["limit"] = str(AT_MOST)
    return {**asked, "match[]": matching} if matching else asked


def _in_path(label: str) -> str:
    """A name that is no plain one is escaped as Prometheus 3 reads it."""
    if _PLAIN.fullmatch(label):
        return label
    escaped = "".join(
        each if re.match(r"[A-Za-z0-9:]", each) else "__" if each == "_" else f"_{ord(each):x}_" for each in label
    )
    return f"U__{escaped}"
