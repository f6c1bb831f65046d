"""Groups paths into routes and log lines into patterns: identifiers are replaced by placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import polars as pl

from vistas.redaction.addresses import is_token

_ESCAPED = re.compile(r"(?:\\x[0-9A-Fa-f]{2})+|(?:%[0-9A-Fa-f]{2})+")
_ESCAPE = re.compile(r"\\x|%")
_RESERVED = frozenset("/?#;%\ufffd")
_HEX = "[0-9a-fA-F]"
_COMMON = rf"[0-9]+|(?:0x)?{_HEX}{{8,}}(?:-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}})?"
KINDS = (
    _COMMON,
    r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?",
    r"[A-Za-z0-9]{26}",
    r"eyJ[\w.-]+",
    r"[0-9A-Za-z_~=+%-]{6,}[0-9][0-9A-Za-z_~=+%-]{12,}",
    r"[0-9A-Za-z_~=+%-]{12,}[0-9][0-9A-Za-z_~=+%-]{6,}",
    r"[^/]*@[^/]*",
    r"[^/]{80,}",
)
"""One segment of a path that names one thing: a number, hex, a UUID; a date; a ULID; a token; an address.

An expression for each is looked for much faster than one for all.
"""
_ENDING = r"(\.[a-z][a-z0-9]{0,5})?"
_NUMBERED = r"/([A-Za-z][A-Za-z_]*[-_:])[0-9]{2,}/"
_HASHED = r"[.-][0-9a-f]{8,}(\.[a-z][a-z0-9]{0,5})?/"
_SUSPECT = r"[0-9]|@|[^/]{26}|[a-z][A-Z]"
_LONG = re.compile(r"(?<=/)[A-Za-z0-9_.~=+%:,;!$@-]{16,}(?=/)")
_ENDED = re.compile(r"(.{16,}?)(\.[a-z][a-z0-9]{0,5})")
NOT_A_REQUEST = "(no request)"
LONGEST = 200


def fold_routes(targets: pl.Series, kind: pl.DataType | type[pl.DataType] = pl.String) -> pl.Series:
    """`/orders/17/lines/3` as `/orders/:id/lines/:id`, for a column of targets without queries.

    An absolute URL loses its host. Empty targets are `(no request)`; very long ones are cut. `kind` is String, or
    that of a gathering's names.
    """
    return _once_each(targets, lambda distinct: _routes(distinct).cast(kind))


def _once_each(texts: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Change each distinct value of a column once, and give it to its rows by number: joining texts is slower."""
    rows = pl.int_range(texts.len(), dtype=pl.UInt32, eager=True)
    first = pl.DataFrame({"text": texts, "row": rows}).select(pl.col("row").first().over("text")).to_series()
    places = (first == rows).arg_true()
    numbers = rows.clone().scatter(places, rows.head(places.len()))
    return change(texts.gather(places)).gather(numbers.gather(first))


def _routes(targets: pl.Series) -> pl.Series:
    paths = _paths(unescape(targets))
    suspect = paths.str.contains(_SUSPECT)
    ended = paths.filter(suspect) + "/"
    common = ended.str.replace_all(rf"/(?:{_COMMON})/", "/:id/")
    return paths.str.head(LONGEST).scatter(suspect.arg_true(), _once_each(common, _fold))


def _paths(targets: pl.Series) -> pl.Series:
    """Without host, parameters and fragment."""
    plain = targets.str.starts_with("/") & ~targets.str.contains("[;#]")
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
    r"""Text written as `\xHH` or `%HH` as the text it is, so that it is one route whoever wrote it.

    What is not printable, or would divide a path, stays escaped.
    """
    escaped = written.str.contains(r"\\x|%").arg_true()
    if escaped.is_empty():
        return written
    read = [_ESCAPED.sub(_printable, text) for text in written.gather(escaped)]
    return written.clone().scatter(escaped, read)


def _printable(escaped: re.Match[str]) -> str:
    text = bytes.fromhex(_ESCAPE.sub("", escaped[0])).decode("utf-8", "replace")
    return text if text.isprintable() and not _RESERVED.intersection(text) else escaped[0]


def _fold(ended: pl.Series) -> pl.Series:
    # Each segment between slashes of its own, so that neighbours are both found.
    apart = ended.str.replace_all("/", "//", literal=True).str.strip_suffix("/")
    for kind in KINDS:
        segment = rf"/(?:{kind}){_ENDING}/"
        if apart.str.contains(segment).any():
            apart = apart.str.replace_all(segment, "/:id$1/")
    return (
        _without_tokens(apart)
        .str.replace_all(_NUMBERED, "/$1:id/")
        .str.replace_all(_HASHED, ".:hash$1/")
        .str.strip_suffix("/")
        .str.replace_all("//", "/", literal=True)
        .str.head(LONGEST)
    )


def _without_tokens(apart: pl.Series) -> pl.Series:
    """Secrets are told by their letters, one segment at a time: no expression for columns can."""
    long = apart.str.contains(r"/[A-Za-z0-9_.~=+%:,;!$@-]{16}").arg_true()
    if long.is_empty():
        return apart
    return apart.clone().scatter(long, [_LONG.sub(_token_as_id, text) for text in apart.gather(long)])


def _token_as_id(segment: re.Match[str]) -> str:
    return _as_id(segment[0])


@lru_cache(maxsize=1 << 14)
def _as_id(segment: str) -> str:
    if not is_token(segment):
        return segment
    ended = _ENDED.fullmatch(segment)
    return f":id{ended[2]}" if ended and is_token(ended[1]) else ":id"


_PATTERN_STEPS = (
    (r"^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ ", "$1 "),
    (r"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d (\[[a-z]+\]) \d+#\d+: (?:\*\d+ )?", "$1 "),
    (r"^([^ ]+ [^ ]+) [^\[]+ \[\d\d/", "$1 <user> [<n>/"),
    (r"""\?[^ "']*""", "?<query>"),
    (r'((?:referrer|request|upstream): )"[^"]*"?', '$1"<url>"'),
    (r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}", "<id>"),
    (r"\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?|\bvisitor-[0-9a-z]{6}\b", "<ip>"),
    (r"\b\d\d:\d\d:\d\d(?:[.,]\d+)?", "<time>"),
    (r"\[?(?:[0-9a-fA-F]{1,4}:|::){2,}[0-9a-fA-F:.]*\]?", "<ip>"),
    (r"[\w+=-]{32,}", "<token>"),
    (r"\b(?:0x)?(?:\d[0-9a-fA-F]{7,}|[0-9a-fA-F]{7,}\d)[0-9a-fA-F]*\b", "<hex>"),
    (r"(?:\\x[0-9A-F]{2})+", "<bytes>"),
    (r"\d+", "<n>"),
    (r"[\x00-\x08\x0b-\x1f\x7f]", "·"),
)


def fold_patterns(lines: pl.Series) -> pl.Series:
    """Log lines with times, addresses, numbers, tokens and URLs as placeholders, cut at 200 characters.

    What is to be shown is masked before it is folded: of a secret folding leaves pieces that no rule knows.
    """
    folded = pl.col("line").str.head(2 * LONGEST)
    for find, put in _PATTERN_STEPS:
        folded = folded.str.replace_all(find, put)
    return lines.to_frame("line").select(folded.str.head(LONGEST)).to_series()
