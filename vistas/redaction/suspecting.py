"""Whether a text that somebody is about to save looks as if it held a secret, so that they can be asked."""

from __future__ import annotations

from itertools import chain

from vistas.redaction.escapes import unescape
from vistas.redaction.rules import find_secrets

_NO_CREDENTIAL = frozenset({"e-mail", "query value"})
"""Rules for what is private but opens nothing: people write these down on purpose."""


def looks_secret(text: str) -> str:
    """The kind of the first credential in a text, such as `token` or `url password`; empty where there is none.

    Passwords, keys, tokens, cookies and their like count, as they stand and through one layer of escapes.
    E-mail addresses, clients' addresses and plain query values do not.
    """
    seen = unescape(text)
    found = chain(find_secrets(text), find_secrets(seen.text) if seen else ())
    credentials = [span for span in found if span.rule not in _NO_CREDENTIAL]
    return min(credentials).rule if credentials else ""
