"""Secrets in command lines and files of clients, where only the place says that they are some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vistas.redaction.ordinary import means_nothing
from vistas.redaction.spans import Span
from vistas.redaction.values import after_names

_USER_OPTION = re.compile(
    r"(?<![\w-])(?:-[a-zA-Z]{0,6}[uU]|--(?:proxy-)?(?:user|creds|credentials|auth|basic-auth|http-user))"
    r"(?:[ \t]{1,8}|=|\\*[\"'],\s{0,8})?\\*[\"']?[\w.@+\\-]{1,80}[:%](?!//)",
)
COMMANDS = (
    "mysql mariadb mycli sshpass redis-cli valkey-cli docker podman helm crane skopeo htpasswd sqlcmd bcp mongo"
    " ldap psftp az oc unzip zip 7z cqlsh influx rabbitmqadmin ipmitool snmp xfreerdp plink pscp"
)
_SHORT_OPTION = re.compile(
    rf"(?<![\w-])(?:{'|'.join(COMMANDS.split())})\w{{0,12}}[^\n|;&]{{0,160}}?\s"
    r"(?:-p|-P|-a|-w|-A|-X|/p:)[ \t]{0,4}(?=[^\s-])"
)
_NETRC = re.compile(
    r"(?i:\b(?:machine\s+\S{1,100}|default)\s+login\s+\S{1,80}\s+(?:account\s+\S{1,80}\s+)?password\s+)"
)
_CONFIGURED = re.compile(
    r"(?i:(?:^|[\n;>])[ \t]*(?:config[ \t]+set[ \t]+)?(?:requirepass|masterauth|bindpw|rootpw|auth)[ \t]+)"
)
_HTPASSWD = re.compile(r"(?i:\bhtpasswd\s+-\w*b\w*\s+\S{1,200}\s+\S{1,80}\s+)")
_LITERAL = re.compile(r"--from-literal[= ][\"']?[\w.-]{1,80}=")
_OPENSSL = re.compile(r"(?<![\w:])(?:-pass(?:in|out)?\s+)?[\"']?pass:(?=[^\s\"':])")
_NUMBERS = re.compile(r"\d+")
_PORTS = re.compile(r"\d+(?::\d+)?(?:/(?:tcp|udp))?|[\d.]+:\d+:\d+|all|\d+-\d+:\d+-\d+")
_RULE = "password"


def users_of_commands(text: str) -> Iterator[Span]:
    """`curl -u ann:x`."""
    return _behind(_USER_OPTION, text, _NUMBERS)


def short_options(text: str) -> Iterator[Span]:
    """`mysql -px`, `sshpass -p x`."""
    return _behind(_SHORT_OPTION, text, _PORTS)


def clients_files(text: str) -> Iterator[Span]:
    """`.netrc`, `requirepass x`, `--from-literal=key=x`."""
    for pattern in (_NETRC, _CONFIGURED, _HTPASSWD, _LITERAL, _OPENSSL):
        yield from _behind(pattern, text, None)


def _behind(pattern: re.Pattern[str], text: str, but: re.Pattern[str] | None) -> Iterator[Span]:
    def fits(_: re.Match[str], start: int, end: int) -> bool:
        value = text[start:end]
        return not means_nothing(value) and not (but and but.fullmatch(value))

    return (Span(start, end, _RULE) for start, end in after_names(pattern, text, fits))
