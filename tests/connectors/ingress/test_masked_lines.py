"""Sample lines of every controller are shown without saying who the client was."""

import polars as pl
import pytest

from connectors.ingress.aggregation.redacting import mask_line, redact
from connectors.ingress.aggregation.summarising import SummaryScope, summarise
from connectors.ingress.aggregation.summary import SAMPLE
from connectors.ingress.dialects import load_chatter, load_dialects
from connectors.ingress.reading.parsing import UNPARSED, OddLine, Parsed
from connectors.ingress.reading.records import SCHEMA
from vistas.redaction import Redactor

HAPROXY = "[28/Feb/2025:02:43:10.123] frontend/backend: SSL handshake failure"


def masked(line: str) -> str:
    return mask_line(line, Redactor(b"k" * 32).begin())


@pytest.mark.parametrize("client", ["203.0.113.9", "2001:db8::7"])
def test_client_that_haproxy_begins_with(client: str) -> None:
    """Its port stands behind it, and the time after it is no address."""
    shown = masked(f"{client}:50033 {HAPROXY}")
    assert client not in shown
    assert shown.endswith(f":50033 {HAPROXY}")


@pytest.mark.parametrize(
    "line",
    [sample.line for rule in load_chatter() for sample in rule.samples if "client" in sample.line]
    + [sample.line for each in load_dialects() for sample in each.samples if "203.0.113.9" in sample.line],
)
def test_clients_in_samples(line: str) -> None:
    """What fits nothing is often nearly an access line."""
    shown = masked(f"{line} and more")
    assert "203.0.113.9 " not in shown
    assert '"203.0.113.9' not in shown
    assert "client: 10.0.0.9" not in shown


SECRETS = [
    ("postgres://svc:Hunter2correct9horse@db/shop", ("Hunter", "correct", "horse")),
    ("password=Hunter2correct9horse refused", ("Hunter", "correct", "horse")),
    ("redis://:tr0ub4dor@cache:6379/0", ("tr<", "ub<", "dor@")),
    ("mail to ann2smith@shop3.example failed", ("ann<", "smith")),
    ("X-Api-Key: key7with3digits", ("with", "digits")),
]


@pytest.mark.parametrize(("said", "pieces"), SECRETS)
def test_pattern_holds_no_piece_of_a_secret(said: str, pieces: tuple[str, ...]) -> None:
    """Lines are masked, then folded: folding first would leave what stands between a secret's digits."""
    shown = patterns_of(f"W0722 06:00:00.000000 1 controller.go:12] cannot open {said}")
    assert shown.height == 1
    for column in ("pattern", "sample"):
        assert not [piece for piece in pieces if piece in shown[column].item()]


def test_lines_that_differ_in_their_secret_are_one_pattern() -> None:
    """What masking made equal is counted together; clients stay folded as addresses."""
    shown = patterns_of(
        *(f"1.2.3.{n} sent password=Hunter{word}" for n, word in enumerate(("one", "two2", "x9x9")))
    )
    assert shown.select("pattern", "lines").rows() == [("<ip> sent password=***", 3)]


def test_secret_that_a_long_line_is_cut_within_is_not_kept() -> None:
    """A sample is cut after it was masked: half a password is one that no rule finds."""
    shown = patterns_of("x" * (SAMPLE - 20) + " postgres://svc:Hunter2correct9horse@db/shop")
    assert "Hunter" not in shown["sample"].item()
    assert len(shown["sample"].item()) <= SAMPLE


def patterns_of(*lines: str) -> pl.DataFrame:
    odd = tuple(OddLine(UNPARSED, line, None) for line in lines)
    records = pl.DataFrame(schema=SCHEMA | {"controller": pl.String})
    summary = summarise(Parsed(len(lines), records, unparsed=len(lines), odd=odd), SummaryScope())
    return redact(summary, Redactor(b"k" * 32).begin()).tables["patterns"]
