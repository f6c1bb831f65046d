"""Reading lines of a text format: many at once where they are regular, by expression where they are not."""

from __future__ import annotations

import re
from datetime import tzinfo

import polars as pl

from connectors.ingress.dialects import Dialect
from connectors.ingress.reading.cutting import Cut, Cutter
from connectors.ingress.reading.reader import NEVER, Read, Text, sort_out
from connectors.ingress.reading.records import to_records
from connectors.ingress.reading.template import compile_template, known_client


class TextReader:
    def __init__(self, dialect: Dialect, zone: tzinfo) -> None:
        layout = compile_template(dialect.template, dialect.tail)
        self.dialect = dialect
        self._zone = zone
        self._expression = layout.expression
        self._begins = known_client(dialect.template)
        self._offsets = [f"{name}_offset" for name in dialect.fields["time"] if name == "time_local"]
        needed = {*dialect.variables, *self._offsets}
        self._names = sorted(needed.intersection((*re.compile(layout.expression).groupindex, *self._offsets)))
        self._cutter = Cutter(layout, self._names)

    def read(self, text: Text) -> Read:
        cut = self._cutter.cut(text)
        if cut.fits.all():
            return sort_out(to_records(cut.values, self.dialect, self._zone))
        return self._read_rest(cut, text)

    def _read_rest(self, cut: Cut, text: Text) -> Read:
        """The lines that fit, together with those among the others that can be read otherwise."""
        odd = (~cut.fits).arg_true()
        lines = text.some(odd)
        values, rows, places = [cut.values], [cut.fits.arg_true()], [cut.fits.arg_true()]
        for read in (self._cut_lists, self._match):
            if not lines.is_empty():
                found = read(lines)
                rows.append(found.fits.arg_true() + sum(part.height for part in values))
                values.append(found.values)
                places.append(odd.filter(found.fits))
                lines, odd = lines.filter(~found.fits), odd.filter(~found.fits)
        where = pl.concat(places)
        order = where.arg_sort()
        together = pl.concat(values, rechunk=True)[pl.concat(rows).gather(order)]
        read_all = sort_out(to_records(together, self.dialect, self._zone), where[order])
        return Read(read_all.records, read_all.lines, sorted([*read_all.others, *odd]))

    def _cut_lists(self, lines: pl.Series) -> Cut:
        """Lists of attempts have blanks, which other values have only between quotes: these are held together."""
        never = NEVER.decode()
        held = lines.str.replace_all(", ", f",{never}", literal=True)
        held = held.str.replace_all(" : ", f"{never}:{never}", literal=True)
        changed = (held != lines) & ~lines.str.contains(never, literal=True)
        if not changed.any():
            return Cut.none(self._names, lines.len())
        cut = self._cutter.cut(Text.of(held), held=True)
        blanks = pl.all().str.replace_all(never, " ", literal=True)
        return Cut(cut.values.with_columns(blanks), cut.fits & changed)

    def _match(self, lines: pl.Series) -> Cut:
        # Whether a line fits is found out far sooner than what its parts are.
        fits = lines.str.contains(self._expression)
        if self._begins:
            fits &= lines.str.contains(self._begins)
        if not fits.any():
            return Cut.none(self._names, lines.len())
        groups = lines.set(~fits, None).str.extract_groups(self._expression).struct.unnest()
        offsets = [pl.col(name.removesuffix("_offset")).str.tail(5).alias(name) for name in self._offsets]
        return Cut(groups.with_columns(offsets).select(self._names), fits)
