"""Bodies of `query` and `query_range` to frames."""

import itertools
import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.prometheus import decoding
from connectors.prometheus.decoding import Decoded
from connectors.prometheus.samples import SampleReader
from connectors.taking import Unobtainable
from vistas.snapshot import FrameKind, GapReason

MINUTE = timedelta(minutes=1)
ORIGIN = "http://prometheus:9090"


def body(kind: str, result: Any, *, spaced: bool = False, **more: Any) -> bytes:
    envelope = {"status": "success", "data": {"resultType": kind, "result": result}, **more}
    return json.dumps(envelope, indent=2 if spaced else None, separators=None if spaced else (",", ":")).encode()


def decode(answer: bytes, **more: Any) -> Decoded:
    samples = SampleReader()
    samples.feed(answer)
    return decoding.decode(samples, ORIGIN, **more)


def rows(decoded: Decoded) -> list[dict[str, Any]]:
    return decoded.frame.data.to_dicts()


def as_go_writes(value: float) -> str:
    """Prometheus writes floats without an exponent, as Go's `strconv.FormatFloat(v, 'f', -1, 64)` does."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return format(value, "f") if value == float(format(value, "f")) else repr(value)


def test_a_matrix_becomes_one_row_a_series() -> None:
    """Sorted by labels, with the step of the query, times in milliseconds."""
    later = {"metric": {"job": "b", "__name__": "up"}, "values": [[1700000000.123, "1"], [1700000060, "0.5"]]}
    first = {"metric": {"job": "a", "__name__": "up"}, "values": [[1700000060, "0"]]}
    decoded = decode(body("matrix", [later, first]), step=MINUTE)
    assert (decoded.frame.kind, decoded.frame.step) == (FrameKind.SERIES, MINUTE)
    assert decoded.frame.data.schema == {
        "labels": pl.List(pl.Struct({"name": pl.String, "value": pl.String})),
        "times": pl.List(pl.Datetime("ms", "UTC")),
        "values": pl.List(pl.Float64),
    }
    assert rows(decoded)[1] == {
        "labels": [{"name": "__name__", "value": "up"}, {"name": "job", "value": "b"}],
        "times": [datetime(2023, 11, 14, 22, 13, 20, 123000, UTC), datetime(2023, 11, 14, 22, 14, 20, tzinfo=UTC)],
        "values": [1.0, 0.5],
    }
    assert (decoded.first, decoded.last) == (rows(decoded)[1]["times"][0], rows(decoded)[1]["times"][1])


def test_silence_stays_silence() -> None:
    """Where a series was stale there is no sample: neither null nor zero is made up."""
    values = [[0, "1"], [60, "2"], [300, "3"]]
    [row] = rows(decode(body("matrix", [{"metric": {}, "values": values}])))
    assert [moment.timestamp() for moment in row["times"]] == [0, 60, 300]
    assert row["values"] == [1.0, 2.0, 3.0]


def test_what_is_no_number_is_kept() -> None:
    """NaN and both infinities arrive as they are."""
    values = [[0, "NaN"], [1, "+Inf"], [2, "-Inf"]]
    [row] = rows(decode(body("matrix", [{"metric": {}, "values": values}])))
    assert math.isnan(row["values"][0])
    assert row["values"][1:] == [math.inf, -math.inf]


def test_an_instant_vector_keeps_the_order_of_the_answer() -> None:
    """`sort_desc` and `topk` were asked for on purpose."""
    result = [{"metric": {"a": name}, "value": [1700000000, name]} for name in ("9", "1", "5")]
    decoded = decode(body("vector", result))
    assert [row["values"] for row in rows(decoded)] == [[9.0], [1.0], [5.0]]
    assert decoded.frame.step is None


def test_a_scalar_is_a_series_without_labels() -> None:
    assert rows(decode(body("scalar", [1.5, "42"]))) == [
        {"labels": [], "times": [datetime(1970, 1, 1, 0, 0, 1, 500000, UTC)], "values": [42.0]}
    ]


def test_a_string_is_an_object() -> None:
    """It has no number to draw."""
    decoded = decode(body("string", [0, "hello"]))
    assert decoded.frame.kind is FrameKind.OBJECTS
    assert rows(decoded) == [{"time": datetime(1970, 1, 1, tzinfo=UTC), "text": "hello"}]


def test_native_histograms_stand_beside_the_floats_of_the_same_series() -> None:
    """A series may change from one to the other; both keys arrive."""
    histogram = {"count": "3", "sum": "4.5", "buckets": [[0, "1", "2", "1"], [3, "-0.5", "0.5", "2"]]}
    both = {
        "metric": {"a": "x"},
        "values": [[60, "7"]],
        "histograms": [[0, histogram], [30, {"count": "0", "sum": "NaN"}]],
    }
    floats = {"metric": {"a": "y"}, "values": [[0, "1"]]}
    decoded = decode(body("matrix", [both, floats]))
    mixed, plain = rows(decoded)
    assert mixed["values"] == [7.0]
    assert [found["count"] for found in mixed["histograms"]] == [3.0, 0.0]
    assert mixed["histograms"][0]["buckets"][1] == {"lower": -0.5, "upper": 0.5, "count": 2.0}
    assert plain["histograms"] == []
    assert decoded.first == datetime(1970, 1, 1, tzinfo=UTC)


def test_an_instant_native_histogram_has_no_float() -> None:
    result = [{"metric": {}, "histogram": [5, {"count": "1", "sum": "2", "buckets": [[1, "0", "4", "1"]]}]}]
    [row] = rows(decode(body("vector", result)))
    assert (row["times"], row["values"], row["histograms"][0]["sum"]) == ([], [], 2.0)


def test_warnings_and_infos_are_kept_once_each() -> None:
    """Data may come with warnings: Thanos tells so of a store that did not answer."""
    decoded = decode(body("vector", [], warnings=["partial", "partial"], infos=["not a counter"]))
    assert decoded.warnings == ("partial", "not a counter")
    assert decoded.frame.rows == 0


def test_a_thousand_series_are_kept_and_the_rest_is_counted() -> None:
    """The first by their labels, so that another morning keeps the same ones."""
    result = [{"metric": {"i": f"{number:02}"}, "values": [[0, "1"]]} for number in reversed(range(50))]
    decoded = decode(body("matrix", result), at_most=20)
    assert [row["labels"][0]["value"] for row in rows(decoded)] == [f"{number:02}" for number in range(20)]
    assert decoded.warnings == ("30 of 50 series left out: a look keeps 20.",)


def test_hostile_labels_stay_text() -> None:
    """A label may hold what samples look like, names may be any UTF-8, and nothing is cut out of them."""
    label = '"values":[[1,"2"]],"x":[[ ]] </script>\n\x00\u2028🌅'
    result = [{"metric": {"my.näme": label, "values": ',"values":[['}, "values": [[0, "1"]]}]
    [row] = rows(decode(body("matrix", result)))
    assert row["labels"][0] == {"name": "my.näme", "value": label}
    assert row["values"] == [1.0]


def test_an_answer_with_spaces_is_the_same_answer() -> None:
    """Not everything in front of a Prometheus keeps its JSON tight."""
    result = [{"metric": {"a": "b"}, "values": [[0, "1"], [1.5, "NaN"]]}, {"metric": {}, "values": []}]
    tight, spaced = decode(body("matrix", result)), decode(body("matrix", result, spaced=True))
    assert tight.frame.data.equals(spaced.frame.data, null_equal=True)


numbers = st.floats(allow_nan=True, allow_infinity=True)
moments = st.integers(0, 4_000_000_000_000).map(lambda milliseconds: milliseconds / 1000)
metrics = st.dictionaries(st.text(max_size=8), st.text(max_size=12), max_size=3)
matrices = st.lists(st.tuples(metrics, st.lists(st.tuples(moments, numbers), max_size=6)), max_size=6)


@given(matrices, st.booleans())
def test_any_numbers_arrive_unchanged(
    matrix: list[tuple[dict[str, str], list[tuple[float, float]]]], spaced: bool
) -> None:
    """To the last bit, subnormals and -0 included, whatever the labels."""
    matrix = sorted(matrix, key=lambda series: sorted(series[0].items()))
    result = [
        {"metric": labels, "values": [[moment, as_go_writes(value)] for moment, value in samples]}
        for labels, samples in matrix
    ]
    found = rows(decode(body("matrix", result, spaced=spaced)))
    assert [{label["name"]: label["value"] for label in row["labels"]} for row in found] == [
        labels for labels, _ in matrix
    ]
    assert [[round(moment.timestamp() * 1000) for moment in row["times"]] for row in found] == [
        [round(moment * 1000) for moment, _ in samples] for _, samples in matrix
    ]
    assert [[value.hex() for value in row["values"]] for row in found] == [
        [float(value).hex() for _, value in samples] for _, samples in matrix
    ]


@given(matrices, st.lists(st.integers(1, 40), min_size=1), st.integers(1, 200))
def test_it_does_not_matter_in_which_pieces_a_body_comes(
    matrix: list[tuple[dict[str, str], list[tuple[float, float]]]], sizes: list[int], batch: int
) -> None:
    """Wherever the network cuts it, in the middle of a number or of a name."""
    result = [
        {"metric": labels, "values": [[at, str(value)] for at, value in samples]} for labels, samples in matrix
    ]
    answer = body("matrix", result)
    pieces, place = SampleReader(batch), 0
    for size in itertools.cycle(sizes):
        if place >= len(answer):
            break
        pieces.feed(answer[place : place + size])
        place += size
    assert pieces.length == len(answer)
    assert decoding.decode(pieces, ORIGIN).frame.data.equals(decode(answer).frame.data, null_equal=True)


REGULAR: list[list[Any]] = [[60 * number, str(number)] for number in range(5)]
TIMELINES = {
    "all alike": [REGULAR, REGULAR, REGULAR],
    "as long, but later": [REGULAR, [[at + 60, value] for at, value in REGULAR], REGULAR],
    "as long, but with a gap": [REGULAR, [*REGULAR[:2], *[[at + 60, value] for at, value in REGULAR[2:]]]],
    "of several lengths": [REGULAR, REGULAR[1:], REGULAR[:2], [[0.5, "1"]]],
}


@pytest.mark.parametrize("timelines", TIMELINES.values(), ids=list(TIMELINES))
@pytest.mark.parametrize("batch", [1, 150, 1 << 20])
def test_each_series_keeps_its_own_times(timelines: list[list[list[Any]]], batch: int) -> None:
    """Times that all series share are read once: that must not lend them to a series with others."""
    result = [{"metric": {"i": str(place)}, "values": values} for place, values in enumerate(timelines)]
    samples = SampleReader(batch)
    samples.feed(body("matrix", result))
    found = rows(decoding.decode(samples, ORIGIN))
    assert [[moment.timestamp() for moment in row["times"]] for row in found] == [
        [float(at) for at, _ in values] for values in timelines
    ]
    assert [row["values"] for row in found] == [[float(value) for _, value in values] for values in timelines]


@pytest.mark.parametrize("kind", ["matrix", "vector"])
def test_nothing_written_as_null_is_nothing(kind: str) -> None:
    """Go writes an empty list as null where nobody made one."""
    assert rows(decode(body(kind, None))) == []


@pytest.mark.parametrize(
    "series", [{"metric": None, "values": [[0, "1"]]}, {"values": [[0, "1"]]}, {"metric": {}, "values": None}]
)
def test_a_series_may_leave_out_its_labels_or_its_samples(series: dict[str, Any]) -> None:
    (row,) = rows(decode(body("matrix", [series])))
    assert row["labels"] == []
    assert row["values"] == ([1.0] if series["values"] else [])


GARBLED = {
    "empty": b"",
    "half": b'{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[0,"1"],[1,',
    "another API": b'{"kind":"Status","message":"no"}',
    "a list": b"[]",
    "no data": b'{"status":"success","data":null}',
    "result is text": body("matrix", "nothing"),
    "series is text": body("matrix", ["nothing"]),
    "sample is text": body("matrix", [{"metric": {}, "values": [[0, "many"]]}]),
    "sample is empty": body("matrix", [{"metric": {}, "values": [[0, ""]]}]),
    "sample has no time": body("matrix", [{"metric": {}, "values": [["", "1"]]}]),
    "sample is a triple": body("matrix", [{"metric": {}, "values": [[0, "1", "2"]]}]),
    "sample has something behind it": b'{"data":{"resultType":"matrix","result":[{"values":[[0,"1"x]]}]}}',
    "time is text": b'{"data":{"resultType":"matrix","result":[{"values":[[now,"1"]]}]}}',
    "sample is empty array": body("matrix", [{"metric": {}, "values": [[]]}]),
    "sample has a line end": body("vector", [{"metric": {}, "value": [0, '1"\n2,"3']}]),
    "time out of any range": body("vector", [{"metric": {}, "value": [1e300, "1"]}]),
    "samples are a number": body("matrix", [{"metric": {}, "values": 7}]),
    "samples are yes": body("matrix", [{"metric": {}, "values": True}]),
    "another kind of result": body("tensor", []),
    "label is a list": body("vector", [{"metric": {"a": ["b"]}, "value": [0, "1"]}]),
    "histogram has no count": body("vector", [{"metric": {}, "histogram": [0, {"sum": "1"}]}]),
    "bucket is text": body(
        "vector", [{"histogram": [0, {"count": "1", "sum": "1", "buckets": [[0, "a", "1", "1"]]}]}]
    ),
    "histogram is text": body("vector", [{"metric": {}, "histogram": [0, "x"]}]),
    "not UTF-8": b'{"data":"\xff\xfe"}',
}


@pytest.mark.parametrize("answer", GARBLED.values(), ids=list(GARBLED))
def test_another_shape_is_a_reason_and_no_crash(answer: bytes) -> None:
    with pytest.raises(Unobtainable) as failure:
        decode(answer)
    assert failure.value.gap.reason is GapReason.GARBLED
    assert failure.value.gap.hint


@given(st.binary(max_size=60), st.integers(0, 200))
def test_a_body_damaged_anywhere_is_decoded_or_refused(damage: bytes, place: int) -> None:
    """Never anything but a frame or a reason."""
    whole = body("matrix", [{"metric": {"a": "b"}, "values": [[0, "1"], [1, "2"]]}])
    try:
        decoded = decode(whole[:place] + damage + whole[place + len(damage) :])
    except Unobtainable:
        return
    assert decoded.frame.kind in FrameKind
