"""What never reaches the disk. One `Redaction` accompanies one look: it masks, and counts what it masked by rule.

A secret becomes `***`; a client's address becomes a pseudonym. Masking twice is the same as masking once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from vistas.redaction.clients import Clients
from vistas.redaction.masking import Masking
from vistas.redaction.rules import MASK, RULE_NAMES
from vistas.redaction.suspecting import looks_secret

if TYPE_CHECKING:
    import polars as pl

__all__ = ["MASK", "RULE_NAMES", "Clients", "Redaction", "Redactor", "looks_secret"]


class Redaction:
    """The masking of one look's answer. `counts` says how often each rule took something out."""

    def __init__(self, redactor: Redactor) -> None:
        self._masking = redactor.masking
        self.counts: Counter[str] = Counter()

    def text(self, text: str) -> str:
        """Free text with credentials, tokens, cookies, e-mail addresses and query values masked."""
        return self._masking.text(text, self.counts)

    def target(self, target: str) -> str:
        """A request target: query keys kept, their values masked, credentials in the path masked."""
        return self._masking.target(target, self.counts)

    def client(self, address: str) -> str:
        """A client's address or name as a stable pseudonym such as `visitor-3f9a1c`.

        Of a forwarded list it is the first; brackets, port, zone and IPv4-in-IPv6 make no difference.
        """
        return self._masking.client(address, self.counts)

    def texts(self, column: pl.Series) -> pl.Series:
        """`text` over a whole column (String), fast where nothing needs masking; nulls stay."""
        from vistas.redaction.columns import mask_texts

        return mask_texts(column, self._masking.text, self.counts, short_cuts=self._masking.ordinary)

    def targets(self, column: pl.Series) -> pl.Series:
        """`target` over a whole column (String); nulls stay."""
        from vistas.redaction.columns import mask_targets

        return mask_targets(column, self._masking.target, self.counts, short_cuts=self._masking.ordinary)

    def clients(self, column: pl.Series) -> pl.Series:
        """`client` over a whole column (String); nulls stay."""
        from vistas.redaction.columns import mask_all

        return mask_all(column, self._masking.client, self.counts)

    def frame(self, data: pl.DataFrame) -> pl.DataFrame:
        """Every string in the table, lists and structs included, through `text`: the last line before the disk.

        Where a struct has a `name` and a `value` (labels), a name such as `api_token` hides its value whole.
        """
        from vistas.redaction.tables import mask_frame

        return mask_frame(data, self._masking.text, self.counts, short_cuts=self._masking.ordinary)


class Redactor:
    """The rules and the key. `key` makes pseudonyms stable within one workspace and meaningless outside it.

    `also` are further patterns to mask and `addresses` hides every IP address in any text: both only take out
    more. `off` names rules that do not apply, and `Clients.KEEP` keeps addresses: whoever passes these knows why.
    """

    def __init__(
        self,
        key: bytes,
        *,
        clients: Clients = Clients.PSEUDONYM,
        addresses: bool = False,
        also: Iterable[str] = (),
        off: Iterable[str] = (),
    ) -> None:
        self.key = key
        self.masking = Masking(key, clients, addresses, tuple(map(re.compile, also)), frozenset(off))

    def begin(self) -> Redaction:
        return Redaction(self)
