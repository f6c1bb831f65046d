"""How large a Parquet file would become is known before any of it is decoded."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import frames
from tests.vistas.sharing.making import parquet
from vistas.sharing.parquet_layout import Malformed, ParquetLayout, layout
from vistas.snapshot import Frame

FOOTER = 8


def leaves(column: pl.Series) -> int:
    """Cells of a column, those of nested lists one by one."""
    if isinstance(column.dtype, pl.List):
        return leaves(column.explode(empty_as_null=True, keep_nulls=True))
    if isinstance(column.dtype, pl.Struct):
        return sum(leaves(column.struct.field(name)) for name in column.struct.fields)
    return len(column)


@given(frames)
def test_a_frame_is_never_larger_than_its_layout_says(frame: Frame) -> None:
    found = layout(frame.parquet())
    assert found.rows == frame.rows
    assert found.columns >= len(frame.data.columns)
    assert found.values >= sum(leaves(column) for column in frame.data.get_columns())


def test_text_counts_as_the_bytes_it_becomes() -> None:
    data = pl.DataFrame({"a": [f"{place:0500}" for place in range(1000)]})
    content = parquet(data)
    assert len(content) < 50_000
    assert layout(content).unpacked >= 500_000


def test_pages_are_believed_more_than_the_footer() -> None:
    """A footer that claims fewer cells than the pages announce changes nothing."""
    content = parquet(pl.DataFrame({"a": [[1] * 5000]}))
    footer = len(content) - FOOTER - int.from_bytes(content[-FOOTER:-4], "little")
    five_thousand, seven = b"\x90\x4e", b"\x8e\x00"
    assert five_thousand in content[footer:]
    lying = content[:footer] + content[footer:].replace(five_thousand, seven)
    assert layout(lying).values == layout(content).values >= 5000


@pytest.mark.parametrize("cut", [1, 8, 40, 200])
def test_a_part_of_a_file_is_malformed(cut: int) -> None:
    with pytest.raises(Malformed):
        layout(parquet(pl.DataFrame({"a": [1, 2, 3]}))[:-cut])


@given(st.binary(max_size=300))
@settings(max_examples=5 * settings.default.max_examples)
def test_any_footer_is_a_layout_or_malformed(footer: bytes) -> None:
    """Numbers without end, structs within structs, lists longer than the file: nothing but Malformed."""
    content = b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1"
    try:
        found = layout(content)
    except Malformed:
        return
    assert isinstance(found, ParquetLayout)


def test_structs_within_structs_end_somewhere() -> None:
    footer = b"\x1c" * 5000
    with pytest.raises(Malformed, match="too deep"):
        layout(b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1")
