"""How the columns of an `objects` table are headed and formatted, the same on screen and in exports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from vistas.routine import Unit
from vistas.vista.notice import Labels

if TYPE_CHECKING:
    import polars as pl

_UNITS: Final = {
    "bytes": Unit.BYTES,
    "cores": Unit.CORES,
    "percent": Unit.PERCENT,
    "hours": Unit.HOURS,
    "days": Unit.DAYS,
    "seconds": Unit.SECONDS,
    "ratio": Unit.RATIO,
}
"""The unit of a column by the last word of its name, as in `memory_limit_bytes`."""


def unit_of(name: str) -> Unit:
    return _UNITS.get(name.rpartition("_")[2], Unit.NUMBER)


def heading(name: str) -> str:
    """A column's name as words, without the unit, which its cells carry."""
    stem, _, last = name.rpartition("_")
    said = (stem if stem and last in _UNITS else name).replace("_", " ").strip() or name
    return said[:1].upper() + said[1:]


def informative(data: pl.DataFrame) -> list[str]:
    """The columns that say something: not empty throughout, and not the same as another in a second unit."""
    names = [name for name in data.columns if not data.height or _says_something(data[name])]
    return [name for name in names if not _is_twin(name, names)]


def _says_something(values: pl.Series) -> bool:
    import polars as pl

    known = values.drop_nulls()
    if isinstance(known.dtype, pl.List):
        return bool((known.list.len() > 0).any())
    return bool((known != "").any()) if known.dtype == pl.String else len(known) > 0


def _is_twin(name: str, names: Sequence[str]) -> bool:
    stem, _, unit = name.rpartition("_")
    return (unit == "ratio" and stem in names) or (
        name.endswith("_age_seconds") and name.removesuffix("_age_seconds") in names
    )


def row_keys(data: pl.DataFrame, key: Sequence[str]) -> list[Labels]:
    """Every row by its key columns, as text; an empty cell is an empty text. None without a key."""
    if not key:
        return []
    texts = [["" if value is None else str(value) for value in data[name].to_list()] for name in key]
    return [dict(zip(key, row, strict=True)) for row in zip(*texts, strict=True)]
