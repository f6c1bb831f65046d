"""What the guide says of the dialects is what their files say."""

import re
import tomllib
from pathlib import Path

import pytest

from connectors.ingress.dialects import Dialect, load_dialects
from connectors.ingress.reading.custom import VARIABLES
from connectors.ingress.reading.records import SCHEMA
from connectors.ingress.settings import IngressSettings
from connectors.source_settings import read_settings

GUIDE = Path(__file__).parents[4] / "docs" / "guide" / "ingress-logs.md"


def section(heading: str) -> str:
    (text,) = re.findall(rf"(?ms)^## {heading}$(.*?)(?=^## |\Z)", GUIDE.read_text(encoding="utf-8"))
    return str(text)


def cells_of(heading: str) -> list[list[str]]:
    """The rows of the table under a heading, without its head."""
    rows = [line for line in section(heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def said_of(dialect: Dialect) -> list[str]:
    """A dialect's row: its name and title, the controller, the clock, and what its lines say."""
    kinds = {
        "clf": "seconds",
        "iso": "ISO 8601",
        "unix": "since 1970",
        "haproxy": "milliseconds, no zone",
        "any": "any",
    }
    counted = "counted" if dialect.sources("retries") else "listed" if dialect.lists_attempts else ""
    columns = ("seconds", "upstream_seconds", "host", "service", "upstreams")
    has = {column: "yes" if dialect.sources(column) else "" for column in columns}
    if dialect.host_in_target:
        has["host"] = "in part"
    clock = f"{dialect.clock_at}, {kinds[dialect.clock]}"
    return [f"`{dialect.name}`", dialect.title, dialect.controller, clock, *has.values(), counted]


@pytest.mark.parametrize(
    "dialect", [each for each in load_dialects() if not each.set_aside], ids=lambda each: each.name
)
def test_dialect_has_its_row(dialect: Dialect) -> None:
    assert said_of(dialect) in cells_of("Formats that are known")


def test_no_dialect_is_made_up() -> None:
    named = {row[0] for row in cells_of("Formats that are known")}
    assert named == {f"`{dialect.name}`" for dialect in load_dialects() if not dialect.set_aside}


def test_every_column_of_a_record_is_explained() -> None:
    named = {name for row in cells_of("What a line becomes") for name in re.findall(r"`(\w+)`", row[0])}
    assert named == set(SCHEMA)


def test_every_variable_of_a_log_format_is_named() -> None:
    named = {row[0].strip("`"): set(re.findall(r"\$(\w+)", row[1])) for row in cells_of("A format of your own")}
    assert named == {column: set(variables) for column, variables in VARIABLES.items()}


def test_examples_are_right() -> None:
    """Each can be pasted into vistas.toml."""
    whole, keys = re.findall(r"(?s)```toml\n(.*?)```", section("A format of your own"))
    door = tomllib.loads(whole)["sources"]["door"]
    del door["type"]
    by_format = read_settings("door", IngressSettings, door).dialects[0]
    assert set(by_format.fields) >= {"time", "client", "request", "status", "seconds", "upstream_seconds"}
    by_keys = read_settings("door", IngressSettings, {"files": "x", **tomllib.loads(keys)}).dialects[0]
    assert by_keys.unit("seconds") == "ms"
