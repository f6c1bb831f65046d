"""The samples of an answer, read in bulk while the rest of it is still on its way.

Samples come as `[1700000000.123,"0.5"]` by the hundred thousand. A Python object for each would cost several
times what fetching them does, and a text of them all several times their memory. So each piece that arrives is
rid of its samples at once: they become two columns, and what remains is small, and still the same JSON.

Turning a batch into columns keeps neither the interpreter nor the connection busy, so it is done in a thread of
its own while the next batch comes.

What is cut out cannot begin within a string: there the quotes would be escaped.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from functools import partial
from itertools import accumulate, pairwise
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from connectors.http.shapes import Misshapen

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

_OPENING, _CLOSING = b'"values":[[', b'"]]'
_WHITE = b" \t\r\n"
BATCH = 1 << 20
AHEAD = 2
"""So many batches become columns at once. Where more would come meanwhile, reading the body waits."""
_CALENDAR = (-62_135_596_800_000, 253_402_300_799_000)
"""The milliseconds from year 1 to year 9999, which is what a datetime can hold."""


class Columns(NamedTuple):
    """Times and values, a list for each series, and in `moments` each time that occurs, at least once."""

    times: pl.Series
    values: pl.Series
    moments: pl.Series


class _Read(NamedTuple):
    """A batch's times and values, one after the other; array `n` is from `bounds[n]` to `bounds[n + 1]`.

    Where all its arrays have the same times, `times` are those of one.
    """

    times: pl.Series
    values: pl.Series
    bounds: NDArray[np.int64]
    is_alike: bool = False

    def times_of(self, place: int) -> pl.Series:
        return self.times if self.is_alike else self._cut(self.times, place)

    def values_of(self, place: int) -> pl.Series:
        return self._cut(self.values, place)

    def _cut(self, column: pl.Series, place: int) -> pl.Series:
        start, end = int(self.bounds[place]), int(self.bounds[place + 1])
        return column.slice(start, end - start)


class _First(NamedTuple):
    """The first array of all: its marks as they stand there, and the times these are."""

    marks: pl.Series
    times: pl.Series


class SampleReader:
    """Give the body to `feed` as it comes, then `finish`. Each array of samples is then known by its number."""

    def __init__(self, batch: int = BATCH) -> None:
        self.length = 0
        """Bytes of the body so far."""
        self._pending: list[bytes] = []
        self._unread = 0
        self._batch = self._usual_batch = batch
        self._remainder: list[bytes] = []
        self._cut_out = 0
        self._read: list[Future[_Read]] = []
        self._first: _First | None = None
        self._fault: Misshapen | None = None
        self._added: list[_Read] = []

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
            self._cut(body, end, _run_in_thread)
            self._pending, self._unread, self._batch = [body[end:]], len(body) - end, self._usual_batch

    def finish(self) -> bytes:
        """The body without its samples: each array of them is replaced by its number."""
        body = b"".join(self._pending)
        self._cut(body, len(body), _run_inline)
        remainder = b"".join(self._remainder)
        self._pending, self._remainder = [], []
        return remainder

    def add(self, arrays: Sequence[bytes]) -> range:
        """Arrays that were left in the JSON, as `[[170,"1"],[175,"2"]]`; their numbers. Raises Misshapen."""
        first = self._cut_out + sum(len(added.bounds) - 1 for added in self._added)
        if arrays:
            self._added.append(_read_added([array.translate(None, _WHITE) for array in arrays]))
        return range(first, first + len(arrays))

    def _cut(self, body: bytes, end: int, begin: _Begin) -> None:
        """Cut the arrays of samples out of the body up to `end`, and `begin` to read them.

        Within samples is no colon.
        """
        texts: list[memoryview] = []
        remainder: list[bytes] = []
        kept, whole = 0, memoryview(body)
        after = body.find(_OPENING, 0, end)
        while after >= 0:
            start = after + len(_OPENING)
            colon = body.find(b":", start, end)
            close = body.rfind(_CLOSING, start, colon if colon >= 0 else end)
            if close >= 0:
                remainder += (body[kept:after], b'"values":%d' % (self._cut_out + len(texts)))
                texts.append(whole[start - 1 : close + len(_CLOSING) - 1])
                kept = close + len(_CLOSING)
            after = body.find(_OPENING, max(start, kept), end)
        self._remainder.append(b"".join((*remainder, body[kept:end])))
        self._cut_out += len(texts)
        if texts and not self._fault:
            self._begin_reading(texts, begin)

    def _begin_reading(self, texts: list[memoryview], begin: _Begin) -> None:
        """Texts as `[170,"1"],[175,"2"]`; what is no column of numbers is told by `columns`."""
        try:
            self._first = self._first or _first(texts[0])
        except Misshapen as error:
            self._fault = error
            return
        if len(self._read) >= AHEAD:
            self._read[-AHEAD].exception()
        self._read.append(Future())
        begin(partial(_settle, self._read[-1], partial(_read, texts, self._first)))

    def columns(self, numbers: Iterable[int]) -> Columns:
        """The samples of the numbered arrays. Raises Misshapen."""
        import polars as pl

        if self._fault:
            raise self._fault
        batches = [*(batch.result() for batch in self._read), *self._added]
        firsts = [0, *accumulate(len(batch.bounds) - 1 for batch in batches)]
        found: list[tuple[_Read, int]] = []
        for place in numbers:
            if not 0 <= place < firsts[-1]:
                raise Misshapen("there is a number where samples should be")
            batch = bisect_right(firsts, place) - 1
            found.append((batches[batch], place - firsts[batch]))
        times = [batch.times_of(place) for batch, place in found]
        moment, different = pl.Datetime("ms", "UTC"), {id(each): each for each in times}
        return Columns(
            lists("times", times, moment),
            lists("values", [batch.values_of(place) for batch, place in found], pl.Float64),
            pl.concat([pl.Series(dtype=moment), *different.values()]),
        )


_Begin = Callable[[Callable[[], None]], object]


def _run_in_thread(work: Callable[[], None]) -> None:
    Thread(target=work, name="samples", daemon=True).start()


def _run_inline(work: Callable[[], None]) -> None:
    work()


def _settle(read: Future[_Read], work: Callable[[], _Read]) -> None:
    try:
        read.set_result(work())
    except BaseException as error:  # noqa: BLE001 - not judged here: `columns` raises it
        read.set_exception(error)


def _read(texts: Sequence[memoryview], first: _First) -> _Read:
    """Raises Misshapen."""
    import numpy as np

    marks, values = _marks_and_values(texts)
    if _is_alike(marks, first, len(texts)):
        bounds = np.arange(len(texts) + 1, dtype=np.int64) * len(first.marks)
        return _Read(first.times, values, bounds, is_alike=True)
    starts = marks.str.starts_with("[").arg_true().to_numpy()
    if len(starts) != len(texts):
        raise Misshapen("there are more or fewer arrays of samples than were cut out")
    return _Read(_moments(marks), values, np.append(starts, len(marks)).astype(np.int64))


def _read_added(texts: Sequence[bytes]) -> _Read:
    """Raises Misshapen."""
    import numpy as np

    full = [memoryview(text)[1:-1] for text in texts if text != b"[]"]
    if not all(text == b"[]" or (text.startswith(b"[[") and text.endswith(_CLOSING)) for text in texts):
        raise Misshapen("a sample is not a pair of numbers")
    marks, values = _marks_and_values(full)
    starts = marks.str.starts_with("[").arg_true().to_list()
    if len(starts) != len(full):
        raise Misshapen("a sample is not a pair of numbers")
    lengths = (end - start for start, end in pairwise([*starts, len(marks)]))
    bounds = accumulate((0 if text == b"[]" else next(lengths) for text in texts), initial=0)
    return _Read(_moments(marks), values, np.fromiter(bounds, dtype=np.int64))


def _is_alike(marks: pl.Series, first: _First, arrays: int) -> bool:
    """Whether the times of each array are those of the first one, as most of a query are."""
    import polars as pl

    return len(marks) == len(first.marks) * arrays and bool((marks == pl.concat([first.marks] * arrays)).all())


def _marks_and_values(texts: Sequence[memoryview]) -> tuple[pl.Series, pl.Series]:
    """Rows of `[170,` or `,[175,` and a number. Raises Misshapen."""
    import polars as pl

    # A line ends where a sample does and its fields where a quote is, so nothing has to be rewritten.
    columns = {"times": pl.String, "values": pl.Float64, "nothing": pl.Float64}
    if not texts:
        return pl.Series(dtype=pl.String), pl.Series(dtype=pl.Float64)
    try:
        table = pl.read_csv(
            b"".join(texts), has_header=False, schema=columns, quote_char=None, separator='"', eol_char="]"
        )
    except pl.exceptions.PolarsError as error:
        raise Misshapen("a sample is not a pair of numbers") from error
    marks, values, nothing = table.get_columns()
    if values.null_count() or nothing.null_count() < table.height:
        raise Misshapen("a sample is not a pair of numbers")
    return marks, values


def _first(text: memoryview) -> _First:
    """Raises Misshapen."""
    import polars as pl

    read = bytes(text)
    try:
        samples = msgspec.json.decode(b"[%b]" % read, type=list[tuple[float, str]])
    except msgspec.DecodeError as error:
        raise Misshapen("a sample is not a pair of numbers") from error
    marks = [mark.removeprefix("]") for mark in read.decode().split('"')[:-1:2]]
    return _First(pl.Series(marks), _times(pl.Series([time for time, _ in samples], dtype=pl.Float64)))


def _moments(marks: pl.Series) -> pl.Series:
    """The times within `[170,` and `,[175,`. Raises Misshapen."""
    import polars as pl

    return _times(marks.str.strip_chars("[,").cast(pl.Float64, strict=False))


def _times(seconds: pl.Series) -> pl.Series:
    """Raises Misshapen."""
    import numpy as np
    import polars as pl

    milliseconds = np.rint(seconds.to_numpy() * 1000)
    earliest, latest = _CALENDAR
    # What is no time is NaN here, which is within no bounds.
    if not ((earliest <= milliseconds) & (milliseconds <= latest)).all():
        raise Misshapen("a sample's time is invalid, or outside the calendar")
    return pl.Series(milliseconds.astype(np.int64)).cast(pl.Datetime("ms", "UTC"))


def pieces(column: pl.Series, lengths: Sequence[int]) -> list[pl.Series]:
    """A column cut into pieces of these lengths."""
    starts = accumulate(lengths, initial=0)
    return [column.slice(start, length) for start, length in zip(starts, lengths, strict=False)]


def lists(name: str, cut: Sequence[pl.Series], of: pl.DataType | type[pl.DataType]) -> pl.Series:
    """A column with a list of each piece."""
    import polars as pl

    # Told its type, Polars would build the same column value by value.
    return pl.Series(name, cut) if cut else pl.Series(name, [], pl.List(of))
