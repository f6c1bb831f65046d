"""The samples of an answer, read in bulk while the rest of it is still on its way.

Samples come as `[1700000000.123,"0.5"]` by the hundred thousand. A Python object for each would cost several
times what fetching them does, and a text of them all several times their memory. So each piece that arrives is
rid of its samples at once: they become two columns, and what remains is small, and still the same JSON.

What is cut out cannot lie within a string: there the quotes would be escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

_OPENING, _CLOSING, _BETWEEN = b'"values":[[', b'"]]', b"],["
BATCH = 1 << 20
_CALENDAR = (-62_135_596_800, 253_402_300_799)
"""The seconds from year 1 to year 9999, which is what a datetime can hold."""

_ROWS = bytes(ord("\n") if byte == ord("]") else byte for byte in range(256))
_BRACKETS_AND_QUOTES = b'["'


class Samples:
    """Give the body to `feed` as it comes, then `finish`. Each array of samples is then known by its number."""

    def __init__(self, batch: int = BATCH) -> None:
        self.length = 0
        """Bytes of the body so far."""
        self._pending: list[bytes] = []
        self._unread = 0
        self._batch = self._usual_batch = batch
        self._remainder: list[bytes] = []
        self._counts: list[int] = []
        self._texts: list[bytes] = []
        self._tables: list[pl.DataFrame] = []
        self._are_numbers = True

    def feed(self, piece: bytes) -> None:
        """The next piece of the body, of any size."""
        self._pending.append(piece)
        self.length += len(piece)
        self._unread += len(piece)
        if self._unread >= self._batch:
            body = b"".join(self._pending)
            end = body.rfind(_CLOSING) + len(_CLOSING)
            if end < len(_CLOSING):
                # One array larger than a batch: wait for twice as much, or its bytes are copied again and again.
                self._pending, self._batch = [body], 2 * self._unread
                return
            self._cut(body[:end])
            self._read()
            self._pending, self._unread, self._batch = [body[end:]], len(body) - end, self._usual_batch

    def finish(self) -> bytes:
        """The body without its samples: each array of them is replaced by its number."""
        self._cut(b"".join(self._pending))
        self._pending = []
        return b"".join(self._remainder)

    def add(self, samples: Iterable[tuple[Any, Any]]) -> int:
        """Samples that came as JSON, such as an instant's; their number. Raises ValueError or TypeError."""
        lines = [f'{float(time)},"{value}"'.encode() for time, value in samples]
        if lines:
            return self._keep(_BETWEEN.join(lines), len(lines))
        self._counts.append(0)
        return len(self._counts) - 1

    def _keep(self, text: bytes, count: int) -> int:
        self._texts.append(text)
        self._counts.append(count)
        return len(self._counts) - 1

    def _cut(self, body: bytes) -> None:
        first, *rest = body.split(_OPENING)
        self._remainder.append(first)
        for piece in rest:
            end = piece.find(_CLOSING)
            if end < 0:
                self._remainder += (_OPENING, piece)
                continue
            text = piece[: end + 1]
            number = self._keep(text, text.count(_BETWEEN) + 1)
            self._remainder += (b'"values":%d' % number, piece[end + len(_CLOSING) :])

    def _read(self) -> None:
        """Turn the texts cut out so far into columns."""
        import polars as pl

        if not self._texts or not self._are_numbers:
            return
        # Every line begins with a comma, the first as those do that a bracket once began.
        lines = b"," + _BETWEEN.join(self._texts).translate(_ROWS, _BRACKETS_AND_QUOTES)
        self._texts = []
        columns = {"nothing": pl.String, "times": pl.Float64, "values": pl.Float64}
        try:
            table = pl.scan_csv(lines, has_header=False, schema=columns, quote_char=None)
            self._tables.append(table.select("times", "values").collect())
        except pl.exceptions.PolarsError:
            self._are_numbers = False

    def columns(self, numbers: Iterable[int]) -> tuple[pl.Series, pl.Series]:
        """Times and values of the numbered arrays, each a list column. Raises ValueError or LookupError."""
        import polars as pl

        self._read()
        schema = {"times": pl.Float64, "values": pl.Float64}
        table = pl.concat(self._tables) if self._tables else pl.DataFrame(schema=schema)
        within = table["times"].is_between(*_CALENDAR).all(ignore_nulls=False)
        if (
            not self._are_numbers
            or table.height != sum(self._counts)
            or table["values"].null_count()
            or not within
        ):
            raise ValueError("a sample is no pair of numbers")
        times = (table["times"] * 1000).round().cast(pl.Int64).cast(pl.Datetime("ms", "UTC"))
        chosen = list(numbers)
        return lists(times, self._counts, chosen), lists(table["values"], self._counts, chosen)


def lists(column: pl.Series, lengths: Sequence[int], chosen: Iterable[int] | None = None) -> pl.Series:
    """A column cut into lists of these lengths; of them the `chosen` ones, by number, in that order."""
    import polars as pl

    starts = list(accumulate(lengths, initial=0))
    places = range(len(lengths)) if chosen is None else chosen
    pieces = [column.slice(starts[place], lengths[place]) for place in places]
    # Told its type, Polars would build the same column value by value, a hundred times slower.
    return pl.Series(column.name, pieces) if pieces else pl.Series(column.name, [], pl.List(column.dtype))
