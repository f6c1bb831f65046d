"""Sample lines of every controller are shown without saying who the client was."""

import pytest

from connectors.ingress.dialects import load_chatter, load_dialects
from connectors.ingress.redacting import mask_line
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
