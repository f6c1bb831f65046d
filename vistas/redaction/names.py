"""Which names say that their value is a secret, in free text and as labels."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

PASSWORDS = (
    r"pass[ _-]?(?:word|phrase|code)s?|pass(?:wd|wort)s?|secret[ _-]?word"
    r"|passwd|kennw(?:or|ör)t|contrase(?:n|ñ)a|senha|wachtwoord"
    r"|mot[_ -]?de[_ -]?passe|пароль|密码|パスワード|requirepass|masterauth"
)
_OWNERS = (
    r"api|app|application|access|secret|private|priv|auth|account|shared|signing|sign|encryption|encrypt|decryption"
    r"|master|storage|subscription|licen[cs]e|deploy|webhook|integration|admin|ssh|gpg|pgp|tls|ssl|hmac|aes|rsa"
    r"|ecdsa|ed25519|session|crypt|crypto|cipher|wrapping|unseal|root|recovery|sas|client|consumer|ingest|functions?"
    r"|write|management|security|verification|hashing|cookie|service[_-]?account"
)
_CODES = r"one[_-]?time|mfa|2fa|verification|auth(?:orization)?|recovery|backup|device|reset|invite|activation|sms"
STRONG = (
    rf"{PASSWORDS}|secrets?|tokens?|jwt|credentials?|creds|signature|connection[_-]?string|conn[_-]?str"
    r"|sess(?:ion)?[_-]?id|(?:php|j|asp(?:\.net_)?)sess(?:ion)?(?:_?id)?|connect\.sid"
    rf"|(?:{_OWNERS})[_-]?key|(?:api|access|secret|private|encryption|signing|master|license) key"
    r"|\.?dockerconfigjson|dockercfg|saml(?:response|request|art)|client[_-]?assertion|code[_-]?verifier"
    rf"|(?:{_CODES})[_ -]?code"
)
"""Whatever stands before one of these, its value is a secret."""
_BEGINNINGS = (
    r"db|database|my|user|usr|root|admin|mysql|pg|postgres|sql|ftp|smtp|imap|ldap|redis|mongo|mail|http|proxy|bind"
    r"|key|trust|store|auth|amqp|rabbit|wifi|vpn|svc|sudo|login"
)
SHORT = rf"(?:{_BEGINNINGS})?(?:pass|pwd|pw|pswd|psw)|psk"
"""Secret as a word of its own; within others (`bypass`, `compass`) not."""
DOUBTFUL = r"_?auth|sid|sig|key|code|state|nonce|ticket|otp|totp|pin|cvv|cvc|identity"
"""Words of their own, too: their value decides."""
_ENDING = (
    r"\d{1,3}|prod\w{0,7}|dev|stag\w{0,4}|test|live|old|new|prev\w{0,4}|current|val(?:ue)?|text|str(?:ing)?"
    r"|plain(?:[_-]?text)?|raw|hash|data|b(?:ase)?64|enc(?:oded|rypted)?|confirm(?:ation)?|again|repeat|verify"
    r"|key|base|key[_-]?base|id|read|write|primary|secondary|main|default|backup|admin|header|v\d|[ab]"
)
ENDING = rf"(?:[_-]?(?:{_ENDING}))?"
"""What may stand behind a name without changing what it is."""
_NAME = re.compile(
    rf"(?:(?P<env>(?<=[A-Z0-9]_)KEY)|(?P<strong>(?i:{STRONG}))|(?<![A-Za-z])(?P<short>(?i:{SHORT}))"
    rf"|(?<=[a-z])(?P<camel>Pass|Pwd|Pw)|(?<![A-Za-z])(?P<doubtful>(?i:{DOUBTFUL}))|(?<=[a-z])(?P<camelkey>Key))"
    rf"(?i:{ENDING})$"
)
LONGEST_NAME = 60


class Name(NamedTuple):
    """What kind of name it is, by the groups above, and the word in it that says so, in small letters."""

    kind: str
    word: str


@lru_cache(maxsize=4096)
def secret_name(written: str) -> Name | None:
    """What an identifier names, None where that is nothing secret. Of a long one only the end is looked at."""
    found = _NAME.search(written[-LONGEST_NAME:])
    if found is None:
        return None
    kind = next(kind for kind, word in found.groupdict().items() if word)
    return Name(kind, found[kind].lower())


WORDS_OF_NAMES = (
    "pass",
    "pwd",
    "pw",
    "psw",
    "psk",
    "kennw",
    "contrase",
    "senha",
    "wachtwoord",
    "пароль",
    "密码",
    "パスワード",
    "auth",
    "secret",
    "token",
    "jwt",
    "cred",
    "sig",
    "conn",
    "sess",
    "sid",
    "key",
    "dockerc",
    "saml",
    "assertion",
    "code",
    "state",
    "nonce",
    "ticket",
    "otp",
    "pin",
    "cvv",
    "cvc",
    "identity",
)
"""One of these is in every text that holds such a name."""

SECRETLY_NAMED = (
    r"(?i)pass(?:word|wd|phrase|code)|passwd|pwd|tokens?$|token[_-]?(?:id|value)|jwt|authorization|cookie|credential"
    r"|(?:^|[_-])(?:pass|pw|psk|creds|otp)$|[a-z]Pass$"
    r"|(?:api|app|access|secret|private|auth|signing|encryption|master|account|shared|license|session)[_-]?key"
    r"|(?:client|app|shared|webhook|consumer|api|bot|oauth2?|signing|jwt)[_-]?secret|sess(?:ion)?[_-]?id|connection[_-]?string"
)
"""A label or variable whose name alone says that its value is a secret. Kubernetes' `secret="name"` is not."""
