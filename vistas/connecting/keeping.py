"""Sources kept in vistas.toml: added, changed, renamed, paused, removed; and each of that undone."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from vistas import files
from vistas.connecting import editing, secrets
from vistas.connecting.credentials import NOBODY, Credentials, signed, who_asks
from vistas.connecting.secrets import SecretChange
from vistas.errors import FileError, FileMoved, SettingsError, SettingsMoved
from vistas.settings.file import place_for_settings, settings_with, sources_in
from vistas.settings.model import PAUSED
from vistas.source import build_source

SOURCE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to the settings, as `told` says it in a sentence. `before` is None where there was no file.

    What a removed secret was is known until the process ends, so that it can be undone; nowhere else.
    """

    told: str
    file: Path
    before: bytes | None = field(repr=False)
    after: bytes | None = field(repr=False)
    secrets: tuple[SecretChange, ...] = ()

    @property
    def undone(self) -> Change:
        taken_back = tuple(each.undone for each in self.secrets)
        return Change(f"Undone: {self.told}", self.file, self.after, self.before, taken_back)


class Keeper:
    """The settings that hold for whoever works in a folder.

    Every change is written as a whole or not at all, only over what was read for it, and only where the settings
    can be read afterwards. SettingsError says why not; SettingsMoved where somebody else wrote meanwhile.
    """

    def __init__(self, environ: Mapping[str, str], cwd: Path) -> None:
        self._environ = environ
        self._cwd = cwd

    @property
    def file(self) -> Path:
        """Where the settings stand, or will."""
        return place_for_settings(self._environ, self._cwd)

    def names(self) -> tuple[str, ...]:
        """Of the sources in the file, and of those that the environment adds."""
        named = sources_in(self._environ)
        return tuple(dict.fromkeys((*editing.tables(self._read()[1]), *(name for name, _ in named))))

    def free_name(self, wanted: str) -> str:
        """A name like the one wanted that no source has."""
        base = re.sub(r"[^A-Za-z0-9._-]+", "-", wanted).strip("-._")[:50] or "source"
        taken = {_folded(name) for name in self.names()}
        numbers = iter(range(2, len(taken) + 3))
        name = base
        while _folded(name) in taken:
            name = f"{base}-{next(numbers)}"
        return name

    def expect_usable(self, name: str) -> None:
        """SettingsError where a new source cannot be called that."""
        _check_name(name)
        self._expect_free(name)

    def add(
        self, name: str, table: Mapping[str, Any], *, credentials: Credentials = NOBODY, sign_in: Where = None
    ) -> Change:
        """Another source. `sign_in` is where in its table credentials belong, as in an Offer."""
        self.expect_usable(name)
        kept, written = self._with_secrets(name, table, credentials, sign_in)
        return self._write(f"{name} was connected.", lambda text: editing.added(text, name, kept), written, name)

    def change(
        self,
        name: str,
        values: Mapping[str, Any],
        *,
        credentials: Credentials = NOBODY,
        sign_in: Where = None,
    ) -> Change:
        """Settings of a source said anew; None takes one away. What is not named stays, credentials too."""
        self._expect_here(name)
        table = {**self._table(name), **values}
        old = secrets.own_secrets(self._folder, name, self._table(name))
        if credentials:
            kept, written = self._with_secrets(name, table, credentials, sign_in)
            top = sign_in[0] if sign_in else None
            asked = who_asks(self._table(name))
            new = [top] if top else [key for key in asked if key in kept or key in self._table(name)]
            values = {**values, **{key: kept.get(key) for key in new}}
            gone = [path for path in old.values() if path not in {each.path for each in written}]
            written = (*written, *(SecretChange(path, secrets.read(path), None) for path in gone))
        else:
            written = tuple(
                SecretChange(path, secrets.read(path), None)
                for key, path in old.items()
                if key in values and values[key] is None
            )
        return self._write(f"{name} was changed.", lambda text: editing.changed(text, name, values), written, name)

    def rename(self, name: str, new: str) -> Change:
        """Under another name, its secrets too."""
        _check_name(new)
        self._expect_here(name)
        if _folded(name) != _folded(new):
            self._expect_free(new)
        table = self._table(name)
        moves: list[SecretChange] = []
        nested: dict[str, Any] = {}
        for key, path in secrets.own_secrets(self._folder, name, table).items():
            target = secrets.path_of(self._folder, new, key)
            moves += [
                SecretChange(path, held := secrets.read(path), None),
                SecretChange(target, secrets.read(target), held),
            ]
            nested.update(_pointing(table, key, path, target, self._folder))

        def edit(text: str) -> str:
            moved = editing.renamed(text, name, new)
            return editing.changed(moved, new, nested) if nested else moved

        return self._write(f"{name} is called {new} now.", edit, moves)

    def pause(self, name: str, *, by: str = "", on: date | None = None) -> Change:
        """Not asked until it is resumed. Who paused it, and when, stands there to be read."""
        said = " ".join([*(["by", by] if by else []), *(["on", f"{on:%Y-%m-%d}"] if on else [])])
        self._expect_here(name, to_pause=True)
        return self._write(f"{name} is paused.", lambda text: editing.changed(text, name, {PAUSED: said or True}))

    def resume(self, name: str) -> Change:
        self._expect_here(name, to_pause=True)
        return self._write(f"{name} is asked again.", lambda text: editing.changed(text, name, {PAUSED: None}))

    def remove(self, name: str) -> Change:
        """With the secrets that were kept for it here."""
        self._expect_here(name)
        own = secrets.own_secrets(self._folder, name, self._table(name)).values()
        gone = [SecretChange(path, secrets.read(path), None) for path in own]
        return self._write(f"{name} was removed.", lambda text: editing.removed(text, name), gone)

    def undo(self, change: Change) -> Change:
        """What was before, byte for byte; gives what undoes that again."""
        back = change.undone
        self._carry_out(back)
        return back

    @property
    def _folder(self) -> Path:
        """What relative paths in the settings are relative to."""
        return self.file.resolve().parent

    def _read(self) -> tuple[bytes | None, str]:
        file = self.file
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            return None, ""
        except OSError as error:
            raise SettingsError(f"{file} cannot be read: {error.strerror or error}") from error
        try:
            return data, data.removeprefix(_BOM).decode("utf-8")
        except UnicodeDecodeError as error:
            raise SettingsError(f"{file} is not UTF-8 text (byte {error.start})") from error

    def _table(self, name: str) -> Mapping[str, Any]:
        return editing.tables(self._read()[1]).get(name, {})

    def _expect_free(self, name: str) -> None:
        if found := next((each for each in self.names() if _folded(each) == _folded(name)), None):
            raise SettingsError(f"there is a source {found} already: choose another name")

    def _expect_here(self, name: str, *, to_pause: bool = False) -> None:
        """SettingsError where the environment has a say about it: that wins over the file."""
        says = [variable for named, variable in sources_in(self._environ) if _folded(named) == _folded(name)]
        if says and not to_pause:
            raise SettingsError(f"{name} cannot be changed here: {min(says)} in the environment says how it is")
        if name not in editing.tables(self._read()[1]):
            where = (
                f"{min(says)} in the environment says how it is"
                if says
                else f"there is no such source in {self.file}"
            )
            raise SettingsError(f"{name} cannot be changed here: {where}")

    def _with_secrets(
        self, name: str, table: Mapping[str, Any], credentials: Credentials, sign_in: Where
    ) -> tuple[dict[str, Any], tuple[SecretChange, ...]]:
        paths = {key: secrets.path_of(self._folder, name, key) for key in credentials.typed}
        written = tuple(
            SecretChange(path, secrets.read(path), f"{credentials.typed[key]}\n".encode())
            for key, path in paths.items()
        )
        named = {key: secrets.as_written(path, self._folder) for key, path in paths.items()}
        return signed(table, sign_in, credentials.settings(named)), written

    def _write(
        self, told: str, edit: Callable[[str], str], written: Iterable[SecretChange] = (), name: str = ""
    ) -> Change:
        """Only what can be read afterwards, and of which the source of that name can be built."""
        before, text = self._read()
        try:
            new = edit(text)
        except SettingsError as error:
            raise SettingsError(f"{self.file}: {error}") from error
        settings = settings_with(new, self._environ, self._cwd)
        if name in settings.sources:
            build_source(name, settings.sources[name], settings.redactor(keep_key=False))
        bom = _BOM if before is not None and before.startswith(_BOM) else b""
        change = Change(told, self.file, before, bom + new.encode("utf-8"), tuple(written))
        self._carry_out(change)
        return change

    def _carry_out(self, change: Change) -> None:
        """Secrets are there before the settings name them, and go after that."""
        secrets.carry_out(change.secrets, removals=False)
        try:
            _write_file(change)
        except SettingsError:
            taken_back = [each.undone for each in change.secrets if each.after is not None]
            with contextlib.suppress(SettingsError):
                secrets.carry_out(taken_back, removals=False)
                secrets.carry_out(taken_back, removals=True)
            raise
        secrets.carry_out(change.secrets, removals=True)


Where = tuple[str, ...] | None


def _write_file(change: Change) -> None:
    try:
        if change.before is None and change.after is not None:
            files.create_file(change.file, change.after)
        elif change.before is not None and change.after is None:
            files.remove_file(change.file, change.before)
        elif change.before is not None and change.after is not None:
            files.replace_file(change.file, change.before, change.after)
    except FileMoved as moved:
        raise SettingsMoved(f"{moved}: read it again, and do the same once more") from moved
    except FileError as error:
        raise SettingsError(f"{error}; the settings come from there") from error


def _check_name(name: str) -> None:
    if not SOURCE_NAME.fullmatch(name):
        raise SettingsError(
            f"{name!r} is no name for a source: letters, digits, dots, dashes and underscores, at most 60"
        )


def _folded(name: str) -> str:
    """As the environment tells names apart."""
    return name.lower().replace("-", "_")


def _pointing(table: Mapping[str, Any], key: str, old: Path, new: Path, folder: Path) -> dict[str, Any]:
    """The settings that name a secret's file, naming its new place."""
    if folder / str(table.get(key, "")) == old:
        return {key: secrets.as_written(new, folder)}
    return {
        outer: {**inner, key: secrets.as_written(new, folder)}
        for outer, inner in table.items()
        if isinstance(inner, Mapping) and folder / str(inner.get(key, "")) == old
    }
