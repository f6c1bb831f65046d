"""The samples of an answer, read in bulk while the rest of it is still on its way.

Samples come as `[1700000000.123,"0.5"]` by the hundred thousand. A Python object for each would cost several
times what fetching them does, and a text of them all several times their memory. So each piece that arrives is
rid of its samples at once: they become two columns, and what remains is small, and still the same JSON.

What is cut out cannot begin within a string: there the quotes would be escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from connectors.shapes import Misshapen, number

if TYPE_CHECKING:
    import polars as pl

_OPENING, _CLOSING = b'"values":[[', b'"]]'
BATCH = 1 << 19
_CALENDAR = (-62_135_596_800_000, 253_402_300_799_000)
"""The milliseconds from year 1 to year 9999, which is what a datetime can hold."""


class Samples:
    """Give the body to `feed` as it comes, then `finish`. Each array of samples is then known by its number."""

    def __init__(self, batch: int = BATCH) -> None:
        self.length = 0
        """Bytes of the body so far."""
        self._pending: list[bytes] = []
        self._unread = 0
        self._batch = self._usual_batch = batch
        self._remainder: list[bytes] = []
        self._cut_out = 0
        self._marks: list[pl.Series] = []
        self._values: list[pl.Series] = []
        self._are_numbers = True
        self._added: list[tuple[float, float]] = []
        self._added_lengths: list[int] = []

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
            self._pending, self._unread, self._batch = [body[end:]], len(body) - end, self._usual_batch

    def finish(self) -> bytes:
        """The body without its samples: each array of them is replaced by its number."""
        self._cut(b"".join(self._pending))
        self._pending = []
        return b"".join(self._remainder)

    def add(self, samples: Iterable[tuple[float, str]]) -> int:
        """Samples that were left in the JSON, such as an instant's; their number. Raises Misshapen."""
        before = len(self._added)
        self._added += [(time, number(value)) for time, value in samples]
        self._added_lengths.append(len(self._added) - before)
        return self._cut_out + len(self._added_lengths) - 1

    def _cut(self, body: bytes) -> None:
        first, *rest = body.split(_OPENING)
        self._remainder.append(first)
        texts = []
        for piece in rest:
            end = _end_of_samples(piece)
            if end < 0:
                self._remainder += (_OPENING, piece)
                continue
            texts.append(piece[: end + 1])
            self._remainder += (b'"values":%d' % (self._cut_out + len(texts) - 1), piece[end + len(_CLOSING) :])
        self._cut_out += len(texts)
        if texts:
            self._read(texts)

    def _read(self, texts: list[bytes]) -> None:
        """Turn texts as `170,"1"],[175,"2"` into rows of `[170,` or `,[175,` and a number."""
        import polars as pl

        # A line ends where a sample does and its fields where a quote is, so nothing has to be rewritten.
        lines = b"[" + b"][".join(texts) + b"]"
        columns = {"times": pl.String, "values": pl.Float64, "nothing": pl.Float64}
        try:
            table = pl.scan_csv(
                lines, has_header=False, schema=columns, quote_char=None, separator='"', eol_char="]"
            ).collect()
        except pl.exceptions.PolarsError:
            self._are_numbers = False
            return
        marks, values, nothing = table.get_columns()
        self._are_numbers &= not values.null_count() and nothing.null_count() == table.height
        self._marks.append(marks)
        self._values.append(values)

    def columns(self, numbers: Iterable[int]) -> tuple[pl.Series, pl.Series]:
        """Times and values of the numbered arrays, each a list column. Raises Misshapen."""
        import polars as pl

        if not self._are_numbers:
            raise Misshapen("a sample is no pair of numbers")
        times, values = self._cut_columns() if self._cut_out else ([], [])
        if self._added_lengths:
            added = pl.DataFrame(self._added, {"times": pl.Float64, "values": pl.Float64}, orient="row")
            times += pieces(_moments(added["times"]), self._added_lengths)
            values += pieces(added["values"], self._added_lengths)
        chosen = list(numbers)
        if any(not 0 <= place < len(values) for place in chosen):
            raise Misshapen("a number stands where samples should")
        return (
            lists("times", [times[place] for place in chosen], pl.Datetime("ms", "UTC")),
            lists("values", [values[place] for place in chosen], pl.Float64),
        )

    def _cut_columns(self) -> tuple[list[pl.Series], list[pl.Series]]:
        import polars as pl

        marks, values = pl.concat(self._marks), pl.concat(self._values)
        lengths = _lengths(marks)
        if len(lengths) != self._cut_out:
            raise Misshapen("there are more or fewer arrays of samples than were cut out")
        return _times(marks, lengths), pieces(values, lengths)


def _end_of_samples(piece: bytes) -> int:
    """Where the array at the beginning of `piece` closes, -1 where it does not. Within samples is no colon."""
    colon = piece.find(b":")
    return piece.rfind(_CLOSING, 0, colon) if colon >= 0 else piece.rfind(_CLOSING)


def _lengths(marks: pl.Series) -> list[int]:
    """How long each array is; the marks of all but its first sample begin with a comma."""
    starts = marks.str.starts_with("[").arg_true().to_list()
    return [end - start for start, end in pairwise([*starts, len(marks)])]


def _times(marks: pl.Series, lengths: Sequence[int]) -> list[pl.Series]:
    """The times within `[170,` and `,[175,`. Series of one query mostly have the same ones: they are read once."""
    import polars as pl

    if len(lengths) > 1 and len(set(lengths)) == 1:
        first = marks.head(lengths[0])
        if (marks == pl.concat([first] * len(lengths))).all():
            return _times(first, lengths[:1]) * len(lengths)
    return pieces(_moments(marks.str.strip_chars("[,").cast(pl.Float64, strict=False)), lengths)


def _moments(seconds: pl.Series) -> pl.Series:
    import polars as pl

    times = (seconds * 1000).round().cast(pl.Int64, strict=False)
    if times.null_count() or not times.is_between(*_CALENDAR).all():
        raise Misshapen("a sample's time is none, or beyond the calendar")
    return times.cast(pl.Datetime("ms", "UTC"))


def pieces(column: pl.Series, lengths: Sequence[int]) -> list[pl.Series]:
    """A column cut into pieces of these lengths."""
    starts = accumulate(lengths, initial=0)
    return [column.slice(start, length) for start, length in zip(starts, lengths, strict=False)]


def lists(name: str, cut: Sequence[pl.Series], of: pl.DataType | type[pl.DataType]) -> pl.Series:
    """A column with a list of each piece."""
    import polars as pl

    # Told its type, Polars would build the same column value by value, a hundred times slower.
    return pl.Series(name, cut) if cut else pl.Series(name, [], pl.List(of))
