"""Whatever a stranger's file is, reading it ends in a vista or in one line that says what is wrong with it."""

from __future__ import annotations

import hashlib
import struct
from io import BytesIO
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile, ZipInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vistas.sharing.making import (
    NOW,
    SERIES,
    TIME,
    bundle,
    members,
    parquet,
    with_document,
    with_frame,
    zipped,
)
from vistas.errors import BundleError
from vistas.sharing import archive, frame_reading, read_bundle
from vistas.sharing.document import SCHEMA
from vistas.sharing.frame_reading import FrameBudget, check_frame
from vistas.snapshot import FrameKind, Gap


def refused(file: BytesIO, why: str) -> None:
    with pytest.raises(BundleError, match=why):
        read_bundle(file)


# --- the zip


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all, but some text", b"\x00" * 500])
def test_no_zip_is_refused(content: bytes) -> None:
    refused(BytesIO(content), "not a .vista file")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_refused(share: float) -> None:
    whole = bundle()
    refused(BytesIO(whole[: int(len(whole) * share)]), "only a part of one")


@settings(max_examples=3 * settings.default.max_examples)
@given(data=st.data())
def test_any_damaged_byte_is_a_bundle_error_or_harmless(whole: bytes, data: st.DataObject) -> None:
    """Never another exception, never a crash."""
    damaged = bytearray(whole)
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
        damaged[place] = data.draw(st.integers(0, 255))
    try:
        read_bundle(BytesIO(bytes(damaged)))
    except BundleError as error:
        told = str(error)
    else:
        told = "harmless"
    assert len(told.splitlines()) == 1


@pytest.fixture(scope="module")
def whole() -> bytes:
    return bundle()


def test_a_zip_bomb_is_refused_unopened() -> None:
    refused(zipped({**members(bundle()), "vista.json": b" " * 7_000_000}), "times its size")


def test_a_part_that_unpacks_to_more_than_a_vista_has_is_refused() -> None:
    name = f"frames/{'0' * 64}.parquet"
    refused(zipped({**members(bundle()), name: bytes(archive.FRAME_AT_MOST + 1)}), "more than a vista may hold")


def test_parts_that_unpack_to_too_much_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bundle()
    monkeypatch.setattr(archive, "UNPACKED_AT_MOST", 1000)
    refused(BytesIO(whole), "unpacks to more than")


def test_a_part_whose_size_is_a_lie_is_refused() -> None:
    """The table of contents says a few bytes where there are many: reading stops there, and the CRC is wrong."""
    packed = zipped({**members(bundle()), "vista.json": b"[" * 20_000}).getvalue()
    lied = packed.replace(struct.pack("<L", 20_000), struct.pack("<L", 200))
    refused(BytesIO(lied), "damaged|breaks off")


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FILE_AT_MOST", 100)
    refused(BytesIO(bundle()), "larger than")


def test_too_many_parts_are_refused() -> None:
    many = {f"frames/{place:064x}.parquet": b"" for place in range(archive.MEMBERS_AT_MOST + 1)}
    refused(zipped({**members(bundle()), **many}, ZIP_STORED), "more than 1,024 parts")


@pytest.mark.parametrize(
    "name",
    [
        "../vista.json",
        "frames/../../escape.parquet",
        "/etc/passwd",
        "C:\\windows\\x",
        "frames\\x.parquet",
        "frames/",
        "frames/x.parquet",
        "notes.txt",
        "VISTA.JSON",
        "vista.json\n",
    ],
)
def test_a_part_of_another_name_is_refused(name: str) -> None:
    refused(zipped({**members(bundle()), name: b"x"}), "a part that does not belong in a vista")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused() -> None:
    parts = [*members(bundle()).items(), ("vista.json", b"{}")]
    refused(zipped(parts), "two parts of the same name")


def test_a_link_is_refused() -> None:
    link = ZipInfo(f"frames/{'0' * 64}.parquet")
    link.external_attr = 0o120777 << 16
    refused(zipped([*members(bundle()).items(), (link, b"/etc/passwd")]), "is a link")


def test_an_encrypted_part_is_refused() -> None:
    content = bytearray(zipped(members(bundle())).getvalue())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 8] |= 1
    refused(BytesIO(bytes(content)), "is encrypted")


def test_another_packing_is_refused() -> None:
    refused(zipped(members(bundle()), ZIP_BZIP2), "compressed in a way")


def test_a_comment_is_refused() -> None:
    file = zipped(members(bundle()))
    with ZipFile(file, "a") as zip_file:
        zip_file.comment = b"hello"
    refused(file, "not a .vista file")


def test_a_zip_without_a_vista_is_refused() -> None:
    refused(zipped({f"frames/{'0' * 64}.parquet": b"x"}), r"no vista\.json")


def test_a_bundle_packed_again_by_hand_is_read() -> None:
    assert read_bundle(zipped(members(bundle()))).title == "A slow leak"


# --- vista.json


def set_in(document: dict[str, Any], path: str, value: Any) -> None:
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = document
    for part in way:
        place = place[part]
    place[last] = value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("vista.author", 5),
        ("vista.author", "x" * 300),
        ("vista.id", "not-an-id"),
        ("vista.begun_at", "yesterday"),
        ("vista.begun_at", "2026-11-23T07:30:00"),
        ("vista.saved_at", "9999-12-31T23:59:59Z"),
        ("vista.origin", "heaven"),
        ("vista.ridges.0.0", 2.0),
        ("vista.ridges", [[0.5]] * 50),
        ("vista.window.end", "2020-01-01T00:00:00Z"),
        ("vista.routine.stops", []),
        ("vista.routine.stops.0.looks.0.unit", "furlongs"),
        ("vista.snapshots.0.stop", "../up"),
        ("vista.snapshots.0.frame.kind", "pictures"),
        ("vista.snapshots.0.frame.sha256", "../../x"),
        ("vista.snapshots.0.provenance.took_seconds", -1),
        ("vista.snapshots.0.provenance.taken_at", None),
        ("vista.snapshots.0.provenance.redacted", {"token": -5}),
        ("vista.notices.0.kind", "screamed"),
        ("vista.notices.0.written_at", "0001-01-01T00:00:00Z"),
        ("vista.notices.0.anchor.start", "0001-01-01T00:00:00Z"),
        ("vista.notices.0.text", "   "),
        ("vista.walks.0.steps.0.arrived_at", []),
    ],
)
def test_a_wrong_value_is_told_with_its_field(path: str, value: object) -> None:
    named = path.split(".")[1]
    refused(with_document(lambda document: set_in(document, path, value)), rf"vista\.json: vista\.{named}")


@pytest.mark.parametrize(
    "path", ["extra", "vista.extra", "vista.routine.extra", "vista.snapshots.0.extra", "vista.notices.0.extra"]
)
def test_an_unknown_key_is_refused(path: str) -> None:
    refused(with_document(lambda document: set_in(document, path, 1)), rf"{path}: is not a known key")


def test_a_future_version_says_to_update() -> None:
    """Whatever else it holds that this version does not know."""

    def future(document: dict[str, Any]) -> None:
        document.clear()
        document.update(schema=SCHEMA + 1, panorama={"author": 5})

    refused(with_document(future), "newer version.*Update Morning Vistas")


@pytest.mark.parametrize("schema", [0, -1, "1", 1.5, None, True])
def test_a_version_that_is_none_is_refused(schema: object) -> None:
    refused(with_document(lambda document: set_in(document, "schema", schema)), r"vista\.json: schema")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe{}", b'{"schema": 1}', b"[" * 50_000, b'{"schema": 1e999}']
)
def test_what_is_no_document_is_refused(content: bytes) -> None:
    refused(zipped({"vista.json": content}, ZIP_STORED), r"vista\.json: ")


def test_a_snapshot_that_is_neither_frame_nor_gap_is_refused() -> None:
    refused(
        with_document(lambda document: set_in(document, "vista.snapshots.0.frame", None)),
        "either a frame or a gap",
    )


def test_the_same_snapshot_twice_is_refused() -> None:
    def twice(document: dict[str, Any]) -> None:
        document["vista"]["snapshots"].append(document["vista"]["snapshots"][0])

    refused(with_document(twice), "the same snapshot twice")


# --- frames


def test_a_wrong_checksum_is_refused() -> None:
    parts = members(bundle())
    name = next(name for name in parts if name.startswith("frames/"))
    refused(zipped({**parts, name: parts[name] + b"x"}), "its checksum does not match")


def test_a_missing_frame_is_refused() -> None:
    parts = members(bundle())
    parts.pop(next(name for name in parts if name.startswith("frames/")))
    refused(zipped(parts), "is missing")


def test_a_frame_that_belongs_to_nothing_is_refused() -> None:
    stray = parquet(pl.DataFrame({"a": [1]}))
    name = f"frames/{hashlib.sha256(stray).hexdigest()}.parquet"
    refused(zipped({**members(bundle()), name: stray}), "not used by anything")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1PAR1", b"PAR1" + b"\xff" * 40 + b"PAR1", b"x" * 200])
def test_what_is_no_parquet_is_refused(content: bytes) -> None:
    refused(with_frame(content), r"frames/[0-9a-f]{64}\.parquet: it")


def test_a_parquet_bomb_is_refused_undecoded() -> None:
    """A few kilobytes of runs that would become billions of cells."""
    bomb = parquet(pl.DataFrame({"a": pl.repeat(0, 200_001, dtype=pl.Int8, eager=True)}))
    assert len(bomb) < 100_000
    refused(with_frame(bomb), "rows in .* columns are more than a frame may have")


def test_nested_cells_count_one_by_one() -> None:
    """One row, but a list in it that is longer than all cells of a vista may be."""
    long = pl.repeat(0, frame_reading.FRAME_AT_MOST // 8, dtype=pl.Int8, eager=True)
    refused(with_frame(parquet(pl.DataFrame({"a": [long]}))), "decodes to more data")


def test_many_columns_are_refused() -> None:
    many = pl.DataFrame({f"c{place}": [1] for place in range(500)})
    refused(with_frame(parquet(many)), "more than a frame may have")


def test_frames_that_decode_to_too_much_together_are_refused() -> None:
    """Few cells, but long ones, which pack to nearly nothing."""
    text = parquet(pl.DataFrame({"a": [f"{place}" * 500 for place in range(2000)]}))
    assert len(text) < 100_000
    with pytest.raises(BundleError, match="decodes to more data than a vista may hold"):
        FrameBudget(decoded=1_000_000).show(check_frame(text, FrameKind.OBJECTS, FrameBudget()).decoded)


@pytest.mark.parametrize("packing", ["gzip", "brotli", "snappy", "lz4"])
def test_a_frame_packed_otherwise_is_refused(packing: str) -> None:
    refused(with_frame(parquet(pl.DataFrame({"a": [1]}), compression=packing)), "compressed in a way")


@pytest.mark.parametrize("kind", ["series", "requests", "lines"])
def test_a_frame_without_the_columns_of_its_kind_is_refused(kind: str) -> None:
    refused(with_frame(parquet(pl.DataFrame({"name": ["a"]})), kind), f"a frame of {kind} has a column")


def test_a_column_that_a_kind_does_not_have_is_refused() -> None:
    refused(
        with_frame(parquet(pl.DataFrame(schema={**SERIES, "extra": pl.Int8})), "series"), "has no column 'extra'"
    )


@pytest.mark.parametrize(
    "column",
    [
        pl.Series([b"x"]),
        pl.Series(["a"], dtype=pl.Categorical),
        pl.Series([1], dtype=pl.Duration("ms")),
        pl.Series([NOW], dtype=pl.Datetime("ns", "UTC")),
        pl.Series([NOW.replace(tzinfo=None)], dtype=pl.Datetime("ms")),
        pl.Series([1], dtype=pl.Decimal(10, 2)),
        pl.Series([[[[[[1]]]]]]),
    ],
)
def test_a_type_that_no_frame_has_is_refused(column: pl.Series) -> None:
    refused(with_frame(parquet(pl.DataFrame({"a": column}))), "of a type that frames do not have")


def test_a_key_that_names_no_column_is_refused() -> None:
    refused(
        with_frame(parquet(pl.DataFrame({"a": [1]})), key=("name",)), "key names a column that it does not have"
    )


@pytest.mark.parametrize("stamp", [2**62, -(2**62)])
def test_a_time_beyond_the_calendar_is_refused(stamp: int) -> None:
    refused(
        with_frame(parquet(pl.DataFrame({"at": pl.Series([stamp]).cast(TIME)}))), "a time outside the calendar"
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"labels": [], "times": [NOW], "values": []}, "more times than values"),
        ({"labels": [], "times": None, "values": []}, "times has empty cells"),
        ({"labels": [], "times": [None], "values": [1.0]}, "times has empty cells"),
        ({"labels": [], "times": [NOW], "values": [None]}, "values has empty cells"),
        ({"labels": [{"name": "a", "value": None}], "times": [], "values": []}, "a label without"),
    ],
)
def test_samples_that_do_not_pair_up_are_refused(row: dict[str, Any], why: str) -> None:
    refused(with_frame(parquet(pl.DataFrame([row], schema=SERIES)), "series"), why)


def test_requests_of_all_eternity_are_refused() -> None:
    """Whoever sums them up makes a row for every minute between the first and the last."""
    cells = {
        "minute": [NOW.replace(year=1900), NOW],
        "host": ["a", "a"],
        "service": ["b", "b"],
        "status": pl.Series([200, 200], dtype=pl.Int16),
        "latency_le": [0.1, 0.1],
        "requests": pl.Series([1, 1], dtype=pl.UInt64),
    }
    frame = pl.DataFrame(cells).with_columns(pl.col("minute").cast(TIME))
    refused(with_frame(parquet(frame), "requests"), "more than a year apart")


@settings(max_examples=3 * settings.default.max_examples)
@given(data=st.data())
def test_any_damaged_parquet_is_a_bundle_error_or_harmless(data: st.DataObject) -> None:
    """With its checksum as it should be: a stranger can write that."""
    damaged = bytearray(SAMPLE)
    for place in data.draw(st.lists(st.integers(0, len(SAMPLE) - 1), min_size=1, max_size=5)):
        damaged[place] = data.draw(st.integers(0, 255))
    try:
        back = read_bundle(with_frame(bytes(damaged)))
    except BundleError:
        return
    assert not isinstance(back.snapshots[0].content, Gap)


SAMPLE = parquet(
    pl.DataFrame({"name": ["a", "b", None] * 5, "n": list(range(15)), "l": [["x", None], [], ["y"]] * 5})
)
