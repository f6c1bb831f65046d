"""Who asks: a token, or a user and a password; typed in, or in a file of somebody's own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from vistas import private
from vistas.errors import SettingsError

TOKEN: Final = "bearer_token_file"  # noqa: S105 - a key of settings
PASSWORD: Final = "password_file"  # noqa: S105
KEYS: Final = ("username", PASSWORD, "password_env", TOKEN, "bearer_token_env")
"""What in a source's settings says who asks, where that is no account of a cloud."""
_OF_A_CLOUD: Final = ("sign_in", "region", "service", "profile", "scope")
SUFFIXES: Final = {TOKEN: ".token", PASSWORD: ".password"}
_LONGEST: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Credentials:
    """A token, or a user with a password; each secret is typed in, or stands in a file already. Empty: nobody."""

    username: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    password_file: Path | None = None
    token_file: Path | None = None

    def __post_init__(self) -> None:
        if (self.token and self.token_file) or (self.password and self.password_file):
            raise SettingsError("say a secret, or the file it stands in, not both")
        if (self.token or self.token_file) and (self.username or self.password or self.password_file):
            raise SettingsError("sign in with a token, or with a user and a password, not with both")
        if bool(self.username) != bool(self.password or self.password_file):
            raise SettingsError("a user needs a password, and a password its user")
        for secret in (self.token, self.password):
            if len(secret) > _LONGEST or not secret.isprintable():
                raise SettingsError("a secret is one line of text")

    def __bool__(self) -> bool:
        return bool(self.username or self.token or self.token_file)

    @property
    def typed(self) -> Mapping[str, str]:
        """What must not stand in the settings, by the key that names its file."""
        return {key: secret for key, secret in ((TOKEN, self.token), (PASSWORD, self.password)) if secret}

    def settings(self, written: Mapping[str, str]) -> dict[str, str]:
        """What stands in a source's table for them; `written` are the files of what was typed, by key."""
        named = {TOKEN: self.token_file, PASSWORD: self.password_file}
        files = {key: str(file) for key, file in named.items() if file}
        return {**({"username": self.username} if self.username else {}), **files, **written}


NOBODY: Final = Credentials()


@contextmanager
def lent(credentials: Credentials) -> Iterator[dict[str, str]]:
    """What stands in a table for credentials while something is tried with them; nothing typed is left behind."""
    if not credentials.typed:
        yield credentials.settings({})
        return
    with tempfile.TemporaryDirectory(prefix="vistas-") as folder:
        written = {}
        for key, secret in credentials.typed.items():
            path = Path(folder) / key
            with private.create(path) as file:
                file.write(secret.encode())
            written[key] = str(path)
        yield credentials.settings(written)


def signed(table: Mapping[str, Any], where: tuple[str, ...] | None, says: Mapping[str, str]) -> dict[str, Any]:
    """The table of a source with what says who asks, in place of what said so before. `where` as in an Offer."""
    if not says:
        return dict(table)
    if where is None:
        raise SettingsError("this kind of source takes no token and no password")
    if where:
        return {**table, where[0]: signed(table.get(where[0], {}), where[1:], says)}
    before = who_asks(table)
    return {**{key: value for key, value in table.items() if key not in before}, **says}


def who_asks(table: Mapping[str, Any]) -> tuple[str, ...]:
    """Everything in a source's table that says who asks."""
    return (*KEYS, *(_OF_A_CLOUD if "sign_in" in table else ()))


def unsigned(table: Mapping[str, Any], where: tuple[str, ...] | None) -> dict[str, Any]:
    """The table without anything that was typed in; a cloud's account is no secret."""
    if where:
        return {**table, where[0]: unsigned(table.get(where[0], {}), where[1:])}
    return {key: value for key, value in table.items() if where is None or key not in KEYS}
