"""The data sources that a dashboard asks: each a variable, so that it opens in any Grafana."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vistas.exporting.tree import Tree

ANY: Final = "prometheus"
"""What a look calls every Prometheus there is."""


class DataSources:
    """`asked` are the names that looks and variables have for a Prometheus, `taken` names of other variables."""

    def __init__(self, asked: Iterable[str], taken: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        used = set(taken)
        for source in asked:
            if source in self._names:
                continue
            wanted = "datasource" if source == ANY else f"datasource_{re.sub(r'[^A-Za-z0-9_]', '_', source)}"
            while wanted in used:
                wanted += "_"
            used.add(wanted)
            self._names[source] = wanted

    def reference(self, source: str) -> Tree:
        """As panels and variables name it."""
        return {"type": "prometheus", "uid": f"${{{self._names[source]}}}"}

    def variables(self) -> Iterator[Tree]:
        for source, name in self._names.items():
            label = "Prometheus" if source == ANY else source
            yield {"type": "datasource", "name": name, "label": label, "query": "prometheus", "refresh": 1}
