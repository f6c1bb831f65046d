"""What counts as a secret in a text: all rules together. Each finds stretches; nothing here changes a text.

Every pattern takes time linear in its input: what repeats is possessive or bounded, or cannot start again.
Where these leak is collected in the project's facts on redaction: query strings, Referer URLs, cookies and
Authorization headers captured by proxies, JWTs anywhere, tokens inside paths, and whatever people print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vistas.redaction import addresses, commands, headers, pairs, tokens
from vistas.redaction.names import SECRETLY_NAMED, WORDS_OF_NAMES
from vistas.redaction.spans import MASK, Rule, Span

__all__ = ["MASK", "RULES", "RULE_NAMES", "SECRETLY_NAMED", "SHAPES", "Span", "find_secrets"]

_SIGNED = r"""(?:[A-Za-z0-9_.-]|[^\x00-\x7f])*[\\"'`\])]*[ \t]*(?:[=:]|->)"""
_WORDS = f"(?i:{'|'.join(WORDS_OF_NAMES)})"
_NAMED = r"(?i:name|key|variable|header|field|attribute|\bk|\bn|value)\\*[\"']?\s?\s?\s?[:=]"
_SPOKEN = (
    *("pass", "kennw", "contrase", "senha", "wachtwoord", "mot", "пароль", "密码", "パスワード"),
    *("masterauth", "pwd", "token", "key", "secret"),
)
_CALLED = (
    "(?i:pass|kennw|contrase|senha|wachtwoord|mot.?de|пароль|密码|パスワード|requirep|masterauth"
    "|pwd|token|key|secret)"
)

RULES: tuple[Rule, ...] = (
    Rule(tokens.private_keys, ("begin ", "private-lines", '"kty')),
    Rule(headers.authorization, ("authorization",)),
    Rule(headers.cookies, ("cookie",)),
    Rule(addresses.users_in_urls, ("://",)),
    Rule(addresses.bare_dsns, ("@",)),
    Rule(addresses.query_values, ("=", "?"), r"[?&#;][^=]+=|[:\s\"'=(,]/[^\s?]*\?\S|^/[^\s?]*\?\S"),
    Rule(pairs.pairs, WORDS_OF_NAMES, _WORDS + _SIGNED),
    Rule(pairs.labels, ('="', '=\\"', "=~"), r"[{,] ?[A-Za-z0-9_]+=~?\\*\""),
    Rule(
        pairs.flags,
        ("-",),
        r"--?[A-Za-z0-9_.-]*(?i:pass|pwd|pw|psw|psk|cred|otp|auth|token|secret|key|jwt|sess|sig|conn|code|saml|assert|verifier|docker)",
    ),
    Rule(pairs.named_values, ("val", '"v', "'v", "v=", " v"), _NAMED),
    Rule(pairs.tags, ("</", "]]>"), "</|]]>"),
    Rule(pairs.listed, ('",', "',", '";', "';"), _WORDS + r"[A-Za-z0-9_.-]*\\*[\"'][,;]"),
    Rule(pairs.spoken, _SPOKEN, _CALLED + r"[A-Za-zе]*[ \t.…>|–—:-]"),
    Rule(pairs.sql, ("identified", "password")),
    Rule(
        commands.users_of_commands,
        ("-",),
        r"-[A-Za-z]*[uU]|--(?:proxy-)?(?:user|creds|credentials|auth|basic-auth|http-user)",
    ),
    Rule(
        commands.short_options,
        tuple(commands.COMMANDS.split()),
        rf"(?:{commands.COMMANDS.replace(' ', '|')})[^\n]* (?:-|/p)",
    ),
    Rule(
        commands.clients_files,
        ("login", "requirepass", "masterauth", "bindpw", "rootpw", "auth", "htpasswd", "literal", "pass:"),
    ),
    Rule(
        headers.schemes,
        ("bearer", "basic", "negotiate", "apikey", "api-key", "token", "ssws", "genie", "bot", "dpop"),
    ),
    Rule(tokens.json_web_tokens, ("eyj", "eyai", "ewog")),
    Rule(tokens.known_tokens, ("",), tokens.KNOWN_BEGINNINGS),
    Rule(tokens.signed_tokens, (".", ":"), r"[A-Za-z0-9_-][.:][A-Za-z0-9_-]{5,12}[.:][A-Za-z0-9_-]{8}"),
    Rule(
        tokens.hashes,
        ("$", "{", "md5"),
        r"\$[A-Za-z0-9_-]+\$|\{[A-Z0-9]+\}|md5[0-9a-f]{32}|SCRAM|scrypt|argon|pbkdf|bcrypt",
    ),
    Rule(tokens.keys_in_base64, ("==", "ls0tls1crud"), r"[A-Za-z0-9+/]==|LS0tLS1CRUdJTi"),
    Rule(addresses.emails, ("@",)),
    Rule(addresses.tokens_in_addresses, ("/",), addresses.TOKEN_SHAPE),
)

SHAPES = {rule.find: rule.shape or f"(?i:{'|'.join(map(re.escape, rule.hints))})" for rule in RULES}
"""Each holds wherever its rule could find something. For an engine that takes linear time."""


def find_secrets(text: str) -> Iterator[Span]:
    """Every stretch that some rule takes out; they may overlap."""
    folded = text.casefold()
    for rule in RULES:
        if any(hint in folded for hint in rule.hints):
            yield from rule.find(text)


RULE_NAMES = frozenset(
    {
        "private key",
        "authorization",
        "cookie",
        "url password",
        "query value",
        "password",
        "jwt",
        "token",
        "token in path",
        "e-mail",
        "client",
        "own pattern",
    }
)
