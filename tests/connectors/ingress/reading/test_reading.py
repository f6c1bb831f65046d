"""Lines by number, out of a block that is not cut as a whole."""

from hypothesis import given
from hypothesis import strategies as st

from connectors.ingress.reading.reader import Text


@given(
    st.lists(
        st.tuples(st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"")), st.booleans()),
        min_size=1,
        max_size=60,
    )
)
def test_lines_by_number(lines: list[tuple[bytes, bool]]) -> None:
    """Whatever stands in them: the same lines as by cutting all."""
    text = Text(b"".join(line + b"\n" for line, _ in lines))
    assert text.count == len(lines)
    assert text.lines() == [line for line, _ in lines]
    picked = [number for number, (_, wanted) in enumerate(lines) if wanted]
    assert text.pick(picked) == [line for line, wanted in lines if wanted]
