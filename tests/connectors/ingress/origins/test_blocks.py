"""Bytes as they come, into whole lines; container wrappings taken off."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.ingress.origins import blocks
from connectors.ingress.origins.blocks import LineTimes, unwrap, whole_lines
from tests.connectors.ingress.lines import MORNING, cri, ingress_line


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 40)
    monkeypatch.setattr(blocks, "LONGEST_LINE", 30)


@given(st.lists(st.binary(max_size=30).map(lambda text: text.replace(b"x", b"\n")), max_size=10))
def test_lines_survive_any_cutting(pieces: list[bytes]) -> None:
    """However the bytes arrive, the same lines come out, the last one with an end."""
    text = b"".join(pieces)
    whole = b"".join(whole_lines(pieces))
    assert whole == (text if not text or text.endswith(b"\n") else text + b"\n")


@pytest.mark.usefixtures("small")
def test_blocks_end_at_line_ends() -> None:
    made = list(whole_lines(b"123456789\n" for _ in range(20)))
    assert len(made) > 2
    assert all(block.endswith(b"\n") for block in made)
    assert b"".join(made) == b"123456789\n" * 20


@pytest.mark.usefixtures("small")
def test_endless_line_is_cut() -> None:
    """A line without an end is one line, of which the beginning is kept; the next line is unharmed."""
    made = b"".join(whole_lines([b"first\n", *[b"0123456789"] * 50, b"\nnext\n"]))
    assert made == b"first\n" + b"0123456789" * 3 + b"\nnext\n"


def test_cri_lines_are_unwrapped() -> None:
    first, second = ingress_line(), ingress_line(status="502")
    (block,) = unwrap([f"{cri(first)}\n{cri(second, stream='stderr')}\n".encode()])
    assert block.text == f"{first}\n{second}\n".encode()
    assert block.times is not None
    assert [block.times[number] for number in range(2)] == [MORNING, MORNING]


def test_cri_parts_are_joined_per_stream() -> None:
    """A long line comes in parts, with another stream's lines in between, and across blocks."""
    texts = [
        f"{cri('ab', tag='P')}\n{cri('error ', stream='stderr', tag='P')}\n".encode(),
        f"{cri('cd', tag='P')}\n{cri('ef')}\n".encode(),
        f"{cri('here', stream='stderr')}\n{cri('g')}\n".encode(),
    ]
    assert b"".join(block.text for block in unwrap(texts)) == b"abcdef\nerror here\ng\n"


def test_cri_part_without_its_end() -> None:
    """A log that ends within a line still shows what there was."""
    assert b"".join(block.text for block in unwrap([f"{cri('half', tag='P')}\n".encode()])) == b"half\n"


def test_plain_lines_stay() -> None:
    (block,) = unwrap([f"{ingress_line()}\n".encode()])
    assert (block.text, block.times) == (f"{ingress_line()}\n".encode(), None)


def test_stamps_of_the_log_api() -> None:
    """The Kubernetes API puts a time before each line; it need not be well formed."""
    text = (
        b"2026-11-22T06:00:00.5Z one\n2026-11-22T07:00:00.123456789+01:00 two\nthree\n2026-13-45T99:00:00Z four\n"
    )
    (block,) = unwrap([text], stamped=True)
    assert block.text == b"one\ntwo\nthree\nfour\n"
    assert isinstance(block.times, LineTimes)
    assert block.times[:4] == [MORNING, datetime(2026, 11, 22, 6, tzinfo=UTC), None, None]
