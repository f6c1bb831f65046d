"""What never reaches the disk. One `Redaction` accompanies one look: it masks, and counts what it masked by rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


class Redaction:
    """The masking of one look's answer. `counts` says how often each rule took something out."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self.counts: Counter[str] = Counter()

    def text(self, text: str) -> str:
        """Free text with credentials, tokens, cookies, e-mail addresses and query values masked."""
        raise NotImplementedError

    def target(self, target: str) -> str:
        """A request target: query keys kept, their values masked, credentials in the path masked."""
        raise NotImplementedError

    def client(self, address: str) -> str:
        """A client's address or name as a stable pseudonym such as `visitor-3f9a1c`."""
        raise NotImplementedError

    def texts(self, column: pl.Series) -> pl.Series:
        """`text` over a whole column (String), fast where nothing needs masking; nulls stay."""
        raise NotImplementedError

    def targets(self, column: pl.Series) -> pl.Series:
        raise NotImplementedError

    def clients(self, column: pl.Series) -> pl.Series:
        raise NotImplementedError

    def frame(self, data: pl.DataFrame) -> pl.DataFrame:
        """Every string in the table, lists and structs included, through `text`: the last line before the disk."""
        raise NotImplementedError


class Redactor:
    """The rules and the key. `key` makes pseudonyms stable within one workspace and meaningless outside it."""

    def __init__(self, key: bytes) -> None:
        self.key = key

    def begin(self) -> Redaction:
        return Redaction(self)
