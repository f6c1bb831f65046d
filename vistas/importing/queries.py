"""One target of a panel as the query of a look: its names resolved, or the reason why it cannot be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from vistas.importing.datasources import Datasources
from vistas.importing.interpolation import Interpolation, Resolved
from vistas.importing.macros import Macros, read_span
from vistas.importing.naming import LONGEST_LINE, LONGEST_PROSE, one_line, printable
from vistas.importing.reading.tree import Tree, at, text
from vistas.importing.report import Report, Thing
from vistas.importing.variables import Known
from vistas.promql import doubt_about, is_logql
from vistas.redaction import looks_secret
from vistas.routine import write_span

_LONGEST_READ = 2 * LONGEST_PROSE


class Queries:
    """Of one dashboard; what is told of them goes to `report`."""

    def __init__(
        self, datasources: Datasources, variables: Mapping[str, Known], window: timedelta, report: Report
    ) -> None:
        self._datasources = datasources
        self._variables = Interpolation(variables)
        self._window = window
        self._report = report
        self.used: set[str] = set()

    def carry(self, target: Any, panel: Tree, where: str, window: timedelta | None = None) -> str | None:
        """The query to ask; None where it was left, and the report says why. `window` is that of its panel."""
        written = text(at(target, "expr"))
        if trouble := self._trouble(target, panel, written):
            self._report.leave(Thing.QUERY, where, trouble, written[:LONGEST_PROSE])
            return None
        query = _tidy(written)
        least = read_span(text(at(target, "interval")) or text(panel.get("interval")))
        resolved = self._variables.resolve(query, Macros(window or self._window, least))
        if len(resolved.text) > LONGEST_PROSE:
            self._report.leave(
                Thing.QUERY,
                where,
                f"is longer than the {LONGEST_PROSE:,} letters a look takes",
                query[:LONGEST_PROSE],
            )
            return None
        self._report.carry(Thing.QUERY)
        self.used |= resolved.used
        self._tell(resolved, query, where, window or self._window)
        return resolved.text

    def words(self, written: str) -> str:
        """Foreign prose with what its names stand for; what is chosen when a walk begins stays a name."""
        return self._variables.resolve(written, Macros(self._window)).text if "$" in written else written

    def series_of(self, selector: str) -> Resolved:
        """The selector of series by which a variable's values are listed."""
        return self._variables.resolve(selector, Macros(self._window))

    def legend(self, target: Any) -> str | None:
        """How series are named; None where the tool decides."""
        written = text(at(target, "legendFormat"))
        if not written.strip() or written == "__auto":
            return None
        resolved = self._variables.resolve(written[:LONGEST_LINE], Macros(self._window)).text
        return one_line(re.sub(r"\{\{\s*([\w.]+)\s*\}\}", r"{{\1}}", resolved)) or None

    def _trouble(self, target: Any, panel: Tree, written: str) -> str:
        if not isinstance(target, dict):
            return "is not a query but some other value"
        if target.get("hide") is True:
            return "is switched off in the dashboard"
        return self._datasources.trouble(target, panel) or _trouble_in(written)

    def _tell(self, resolved: Resolved, query: str, where: str, window: timedelta) -> None:
        if resolved.macros:
            values = ", ".join(f"{name} is {value}" for name, value in resolved.macros.items())
            told = f"{values}, worked out for a window of {write_span(window)}"
            self._report.change(where, told, query, resolved.text)
        if resolved.frozen:
            names = ", ".join(f"${name}" for name in sorted(resolved.frozen))
            self._report.change(where, f"asks for every value of {names}", query, resolved.text)
        if resolved.equal:
            names = ", ".join(f"${name}" for name in sorted(resolved.equal))
            told = f"compares {names} by =, which nothing equals where several or all values are chosen"
            self._report.change(where, told, query, resolved.text)
        if looks_secret(resolved.text):
            self._report.change(where, "holds what looks like a password or token: take it out before sharing")
        if resolved.unknown:
            names = ", ".join(resolved.unknown[:5])
            self._report.doubt(where, f"{names} has no value here and stays as it is", resolved.text)
        elif doubt := doubt_about(resolved.sample):
            self._report.doubt(where, doubt, resolved.text)


def _trouble_in(written: str) -> str:
    if len(written) > _LONGEST_READ:
        return f"is longer than the {LONGEST_PROSE:,} letters a look takes"
    if not _tidy(written):
        return "has no text"
    return "asks Loki for log lines, which imported looks cannot do yet" if is_logql(written) else ""


def _tidy(query: str) -> str:
    """Without blanks at the ends of lines, nor empty lines around it."""
    return "\n".join(line.rstrip() for line in printable(query).split("\n")).strip()
