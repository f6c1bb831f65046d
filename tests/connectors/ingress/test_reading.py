"""Lines by number, out of a block that is not cut as a whole."""

from hypothesis import given
from hypothesis import strategies as st

from connectors.ingress.reading import Text


@given(st.lists(st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"")), min_size=1, max_size=60))
def test_lines_by_number(lines: list[bytes]) -> None:
    """Whatever stands in them and wherever windows end: the same lines as by cutting all."""
    text = Text(b"".join(line + b"\n" for line in lines), window=7)
    assert text.count == len(lines)
    assert text.pick(range(len(lines))) == lines == text.lines()
