"""A summary without what must not be kept: clients as pseudonyms, routes and samples masked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from connectors.ingress.aggregation.folding import fold_patterns
from connectors.ingress.aggregation.summary import PATTERNS, SAMPLE, TABLES, Summary
from vistas.requests.summary import OTHER

if TYPE_CHECKING:
    from collections.abc import Callable

    from vistas.redaction import Redaction

NOBODY = "(unknown)"
_SILENT = frozenset({"", "-"})

_CLIENT_IN_ERROR = re.compile(r"(\bclient: )([^, ]+)")
_REFERRER_IN_ERROR = re.compile(r'(\breferrer: )"[^"]*"?')
_USER_IN_ACCESS = re.compile(r"^(\S+ \S+ )(?!- \[)[^\[]+( \[\d\d/)")
_ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[0-9a-fA-F:]*:[0-9a-fA-F:]*:)[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![\w:])"
)
_LOOKS_LIKE_TIME = re.compile(r"^(?:\d{4}:)?\d\d:\d\d:\d\d$")
_CLIENT_BEFORE_TIME = re.compile(r"^(\S+)(:\d+ \[\d\d/[A-Z][a-z]{2}/)")
"""As HAProxy begins a line: the client's address and port, then the time."""


def redact(summary: Summary, redaction: Redaction) -> Summary:
    """Rows that the masking made equal are added up."""
    tables = {"patterns": _redact_patterns(summary.tables["patterns"], redaction)}
    for name, table in TABLES.items():
        if name in tables:
            continue
        rows, equal = summary.tables[name], False
        for column in rows.columns:
            if rows.schema[column] == pl.String and column not in ("kind", "controller"):
                rows, met = _replace(rows, column, _masking(column, redaction))
                equal |= met
        tables[name] = table.add_up(rows) if equal else rows
    return Summary(summary.counts, tables)


def _redact_patterns(rows: pl.DataFrame, redaction: Redaction) -> pl.DataFrame:
    """A pattern is what its masked sample folds to.

    What folding lines as they were written made is not shown: of a password it may have taken the digits alone.
    """
    samples = pl.Series("sample", [mask_line(line, redaction) for line in rows["sample"]], dtype=pl.String)
    patterns = pl.when(pl.col("pattern") == OTHER).then(pl.lit(OTHER)).otherwise(fold_patterns(samples))
    return PATTERNS.add_up(rows.with_columns(patterns.alias("pattern"), samples.str.head(SAMPLE)))


def _masking(column: str, redaction: Redaction) -> Callable[[pl.Series], pl.Series]:
    if column == "client":
        return lambda names: _mask_clients(names, redaction)
    if column == "route":
        return redaction.targets
    return redaction.texts


def _replace(rows: pl.DataFrame, column: str, mask: Callable[[pl.Series], pl.Series]) -> tuple[pl.DataFrame, bool]:
    """Mask each value of a column once; and whether that made different values equal."""
    distinct = rows[column].unique().drop_nulls()
    masked = mask(distinct)
    if (masked == distinct).all():
        return rows, False
    replaced = rows.with_columns(pl.col(column).replace(distinct, masked))
    return replaced, masked.n_unique() < distinct.len()


def _mask_clients(names: pl.Series, redaction: Redaction) -> pl.Series:
    known = ~names.is_in([*_SILENT, OTHER])
    masked = names.to_frame("name").with_columns(
        pl.when(pl.col("name").is_in(list(_SILENT))).then(pl.lit(NOBODY)).otherwise(pl.col("name")).alias("masked")
    )["masked"]
    return masked.scatter(known.arg_true(), redaction.clients(names.filter(known)))


def mask_line(line: str, redaction: Redaction) -> str:
    """A line as a sample: addresses as pseudonyms, no user, no referrer, and what `Redaction.text` takes out.

    In what nginx itself says only `client:` is somebody; `upstream:` is ours, and worth knowing.
    """
    if _CLIENT_IN_ERROR.search(line):
        line = _CLIENT_IN_ERROR.sub(lambda found: found[1] + redaction.client(found[2]), line)
    else:
        line = _CLIENT_BEFORE_TIME.sub(lambda found: redaction.client(found[1]) + found[2], line)
        line = _ADDRESS.sub(lambda found: _pseudonym(found[0], redaction), line)
    line = _REFERRER_IN_ERROR.sub(r'\1"***"', _USER_IN_ACCESS.sub(r"\1***\2", line))
    return redaction.text(line)


def _pseudonym(address: str, redaction: Redaction) -> str:
    return address if _LOOKS_LIKE_TIME.match(address) else redaction.client(address)
