"""Paths as routes, and log lines as patterns: what names one thing becomes a placeholder, so that equals meet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import polars as pl

_ESCAPED = re.compile(r"(?:\\x[0-9A-Fa-f]{2})+")
KINDS = (
    (r"[0-9]+",),
    (
        r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
        r"(?:0x)?[0-9a-fA-F]{8,}",
    ),
    (
        r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?",
        r"[A-Za-z0-9]{26}",
        r"eyJ[\w.-]+",
        r"[0-9A-Za-z_~=+%-]{6,}[0-9][0-9A-Za-z_~=+%-]{12,}",
        r"[0-9A-Za-z_~=+%-]{12,}[0-9][0-9A-Za-z_~=+%-]{6,}",
        r"[^/]*@[^/]*",
        r"[^/]{80,}",
    ),
)
"""One segment of a path that names one thing: a number; a UUID, hex; a date, a ULID, a token, an address.

One expression for each is several times as fast as one for all, and after each group many paths have become equal.
"""
_ENDING = r"(\.[a-z][a-z0-9]{0,5})?"
_NUMBERED = r"/([A-Za-z][A-Za-z_]*[-_:])[0-9]{2,}/"
_HASHED = r"[.-][0-9a-f]{8,}(\.[a-z][a-z0-9]{0,5})?/"
_PLAIN = "^/[^;#]*$"
_SUSPECT = r"[0-9]|@|[^/]{26}"
NOT_A_REQUEST = "(no request)"
LONGEST = 200


def fold_routes(targets: pl.Series) -> pl.Series:
    """`/orders/17/lines/3` as `/orders/:id/lines/:id`, for a column of targets without queries.

    An absolute URL loses its host. Empty targets are `(no request)`; very long ones are cut.
    """
    return _through_distinct(targets, _routes)


def _through_distinct(texts: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Change each value of a column once."""
    distinct = texts.unique()
    if distinct.len() == texts.len():
        return change(texts)
    pairs = pl.DataFrame({"text": distinct, "changed": change(distinct)})
    return texts.to_frame("text").join(pairs, on="text", how="left", maintain_order="left")["changed"]


def _routes(targets: pl.Series) -> pl.Series:
    paths = _paths(unescape(targets))
    suspect = paths.str.contains(_SUSPECT)
    # Each segment between slashes of its own, so that neighbours are both found.
    apart = paths.filter(suspect).str.replace_all("/", "//", literal=True) + "/"
    return paths.str.head(LONGEST).scatter(suspect.arg_true(), _fold(apart, KINDS))


def _paths(targets: pl.Series) -> pl.Series:
    """Without host, parameters and fragment."""
    plain = targets.str.contains(_PLAIN)
    if plain.all():
        return targets
    path = (
        pl.col("target")
        .str.replace(r"^[a-zA-Z][a-zA-Z0-9+.-]*://[^/]*", "")
        .str.replace(r"[;#].*$", "")
        .replace("", "/")
    )
    named = pl.when(pl.col("target") == "").then(pl.lit(NOT_A_REQUEST)).otherwise(path)
    return targets.clone().scatter(
        (~plain).arg_true(), targets.filter(~plain).to_frame("target").select(named).to_series()
    )


def unescape(written: pl.Series) -> pl.Series:
    r"""Text that nginx wrote as `\xHH` as the text it is; what is not printable stays escaped."""
    escaped = written.str.contains("\\x", literal=True).arg_true()
    if escaped.is_empty():
        return written
    read = [_ESCAPED.sub(_printable, text) for text in written.gather(escaped)]
    return written.clone().scatter(escaped, read)


def _printable(escaped: re.Match[str]) -> str:
    text = bytes.fromhex(escaped[0].replace("\\x", "")).decode("utf-8", "replace")
    return text if text.isprintable() else escaped[0]


def _fold(apart: pl.Series, groups: Sequence[Sequence[str]]) -> pl.Series:
    if groups:
        for kind in groups[0]:
            apart = apart.str.replace_all(rf"/(?:{kind}){_ENDING}/", "/:id$1/")
        return _through_distinct(apart, lambda distinct: _fold(distinct, groups[1:]))
    return (
        apart.str.replace_all(_NUMBERED, "/$1:id/")
        .str.replace_all(_HASHED, ".:hash$1/")
        .str.strip_suffix("/")
        .str.replace_all("//", "/", literal=True)
        .str.head(LONGEST)
    )


_PATTERN_STEPS = (
    (r"^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ ", "$1 "),
    (r"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d (\[[a-z]+\]) \d+#\d+: (?:\*\d+ )?", "$1 "),
    (r"^([^ ]+ [^ ]+) [^\[]+ \[\d\d/", "$1 <user> [<n>/"),
    (r"""\?[^ "']*""", "?<query>"),
    (r'((?:referrer|request|upstream): )"[^"]*"?', '$1"<url>"'),
    (r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}", "<id>"),
    (r"\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?", "<ip>"),
    (r"\b\d\d:\d\d:\d\d(?:[.,]\d+)?", "<time>"),
    (r"\[?(?:[0-9a-fA-F]{1,4}:|::){2,}[0-9a-fA-F:.]*\]?", "<ip>"),
    (r"[\w+=-]{32,}", "<token>"),
    (r"\b(?:0x)?(?:\d[0-9a-fA-F]{7,}|[0-9a-fA-F]{7,}\d)[0-9a-fA-F]*\b", "<hex>"),
    (r"(?:\\x[0-9A-F]{2})+", "<bytes>"),
    (r"\d+", "<n>"),
    (r"[\x00-\x08\x0b-\x1f\x7f]", "·"),
)


def fold_patterns(lines: pl.Series) -> pl.Series:
    """Log lines with times, addresses, numbers, tokens and URLs as placeholders, cut at 200 characters."""
    folded = pl.col("line").str.head(2 * LONGEST)
    for find, put in _PATTERN_STEPS:
        folded = folded.str.replace_all(find, put)
    return lines.to_frame("line").select(folded.str.head(LONGEST)).to_series()
