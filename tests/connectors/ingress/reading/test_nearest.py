"""Which format an odd line is most like, and where it stops being like it."""

from __future__ import annotations

import pytest

from connectors.ingress.dialects import load_dialects
from connectors.ingress.reading.nearest import Nearest, find_nearest

DIALECTS = load_dialects()
COMBINED = '203.0.113.9 - - [22/Nov/2026:06:00:00 +0000] "GET / HTTP/1.1" 200 12 "-" "curl/8.5.0"'
INGRESS = f"{COMBINED} 94 0.010 [shop-web-80] [] 10.0.0.1:8080 12 0.009 200"
HAPROXY = "10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ----"


@pytest.mark.parametrize(
    ("begin", "rest", "dialect"),
    [
        (f"{INGRESS} ", "", "ingress-nginx"),
        (f"{COMBINED} 94 0.010 [shop-web-80] ", "unbracketed 10.0.0.1:8080", "ingress-nginx"),
        (f"{HAPROXY} ", "1/1/1/1/0", "haproxy"),
    ],
)
def test_place_where_it_stops(begin: str, rest: str, dialect: str) -> None:
    found = find_nearest(f"{begin}{rest}".rstrip(), DIALECTS)
    assert found is not None
    assert found.dialect.startswith(dialect)
    assert found.fits is not None
    assert found.fits >= len(begin.rstrip())


@pytest.mark.parametrize(
    "line", ["", "nothing of the kind", "hello [world] 200", "\x1b[0m", "{", "{}", "[1]", '{"a": 1}']
)
def test_like_nothing(line: str) -> None:
    assert find_nearest(line, DIALECTS) is None


def test_json_lacks_a_key() -> None:
    line = '{"start_time": "2026-11-22T06:00:00Z", "method": "GET", "path": "/", "authority": "a", "duration": 1}'
    found = find_nearest(line, DIALECTS)
    assert found is not None
    assert (found.fits, found.lacks) == (None, "status")


@pytest.mark.parametrize("dialect", [each for each in DIALECTS if each.template], ids=lambda each: each.name)
def test_every_line_cut_off_is_like_its_own(dialect: object) -> None:
    """Whatever is missing at its end, it is like something known, at least up to its time."""
    for sample in dialect.samples:  # type: ignore[attr-defined]
        cut = sample.line[: int(len(sample.line) * 0.8)].rpartition(" ")[0]
        found = find_nearest(f"{cut} ?", DIALECTS)
        assert isinstance(found, Nearest), cut
