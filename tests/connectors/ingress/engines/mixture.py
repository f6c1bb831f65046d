"""Lines as a log engine has them, each with its nanosecond: ordinary requests, and mixtures of anything."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st

from connectors.log_engines.lines import NANOSECONDS, nanoseconds
from tests.connectors.ingress.lines import (
    KLOG_INFO,
    KLOG_WARNING,
    MORNING,
    NGINX_ERROR,
    combined_line,
    ingress_line,
    json_line,
    stream_line,
)
from vistas.requests.summary import BOUNDS
from vistas.snapshot import Window

WINDOW = Window(MORNING + timedelta(seconds=17), MORNING + timedelta(hours=1, seconds=42))
START = nanoseconds(MORNING)
Line = tuple[int, str]
"""Nanoseconds and what was written then."""


def at(seconds: float) -> int:
    return START + int(seconds * NANOSECONDS)


def some_lines(number: int, write: Callable[..., str] = ingress_line) -> list[Line]:
    """Ordinary requests, evenly over the hour, by the clock that Loki has for them too."""
    every = 3600 / number
    return [
        (
            at(place * every),
            write(MORNING + timedelta(seconds=place * every), request=f"GET /orders/{place} HTTP/1.1"),
        )
        for place in range(number)
    ]


SECONDS = st.one_of(
    st.floats(0, 200_000).map(lambda seconds: f"{seconds:.3f}"),
    st.sampled_from([f"{bound:.6f}" for bound in BOUNDS[:-1]]),
    st.sampled_from(["-", "0", "0.000", "nan", "inf", "12abc"]),
)
ODD_SECONDS = st.one_of(SECONDS, st.sampled_from(["1e3", "5."]))
"""Also as no controller writes them."""
STATUSES = st.sampled_from(["200", "301", "404", "499", "500", "502", "000", "009"])
SERVICES = st.sampled_from(["shop-web-80", "", "-", "shop-pay-80", "a`b"])
UPSTREAMS = st.sampled_from(
    [
        "10.0.0.1:8080 12 0.009 200",
        "- - - -",
        "10.0.0.2:80, 10.0.0.3:80 0, 0 0.100, 0.200 502, 502",
        "10.0.0.2:80, 10.0.0.3:80 : 10.0.0.4:80 0, 0 : 5 0.100, 0.200 : 0.1 502, 502 : 200",
    ]
)
REQUESTS = st.sampled_from(
    ["GET / HTTP/1.1", "", "\\x16\\x03", "GET /a b HTTP/1.1", "POST /pay?card=4111 HTTP/2.0"]
)
OTHERS = st.sampled_from([KLOG_INFO, KLOG_WARNING, NGINX_ERROR, "", "{", "what is this", stream_line(MORNING)])


@st.composite
def lines(draw: st.DrawFn, seconds: st.SearchStrategy[str] = SECONDS) -> Line:
    second = draw(st.integers(0, 3700))
    when = MORNING + timedelta(seconds=second)
    kind = draw(st.sampled_from(["ingress", "ingress", "combined", "json", "other"]))
    if kind == "ingress":
        line = ingress_line(
            when,
            request=draw(REQUESTS),
            status=draw(STATUSES),
            seconds=draw(seconds),
            service=draw(SERVICES),
            upstream=draw(UPSTREAMS),
        )
    elif kind == "combined":
        line = combined_line(when, request=draw(REQUESTS), status=draw(STATUSES))
    elif kind == "json":
        line = json_line(
            when, status=draw(st.sampled_from(["200", "502"])), host=draw(st.sampled_from(["a.b", ""]))
        )
    else:
        line = draw(OTHERS)
    return at(second) + draw(st.integers(0, NANOSECONDS - 1)), line
