"""nginx's parallel lists of upstream attempts."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from connectors.ingress.reading.attempts import each_attempt, several_attempts, total_seconds


def attempts(upstreams: str, statuses: str, seconds: str) -> list[tuple[object, ...]]:
    lists = {"upstreams": [upstreams], "upstream_statuses": [statuses], "upstream_seconds": [seconds]}
    requests = pl.DataFrame({"status": [200], **lists})
    tried = each_attempt(requests)
    return tried.select("upstream", "upstream_status", "attempt_seconds", "retried").rows()


def test_one_attempt() -> None:
    assert attempts("10.0.0.1:80", "200", "0.009") == [("10.0.0.1:80", 200, 0.009, False)]


def test_two_groups() -> None:
    """` : ` stands between groups of servers; every attempt but the last was followed by another."""
    assert attempts("a:1, [::2]:2 : unix:/run/c", "502, 504 : 200", "1.0, - : 0.5") == [
        ("a:1", 502, 1.0, True),
        ("[::2]:2", 504, None, True),
        ("unix:/run/c", 200, 0.5, False),
    ]


def test_lists_that_disagree() -> None:
    """Who was tried is still known; which status belongs to whom is not."""
    assert attempts("a:1, b:2", "502", "0.1, 0.2") == [("a:1", None, 0.1, True), ("b:2", None, 0.2, False)]


def test_no_upstream() -> None:
    assert attempts("-", "-", "-") == []


@given(st.lists(st.integers(0, 99_999), min_size=1, max_size=5), st.data())
def test_time_of_all_attempts(milliseconds: list[int], data: st.DataObject) -> None:
    """The attempts' times add up, whatever stands between them."""
    text = f"{milliseconds[0] / 1000:.3f}"
    for more in milliseconds[1:]:
        text += data.draw(st.sampled_from([", ", " : "])) + f"{more / 1000:.3f}"
    written = pl.Series([text])
    assert round(total_seconds(written, several_attempts(written))[0], 3) == round(sum(milliseconds) / 1000, 3)


def test_time_of_none() -> None:
    written = pl.Series(["-", "-, -", "0.5, -", None])
    assert total_seconds(written, several_attempts(written)).to_list() == [None, None, 0.5, None]
