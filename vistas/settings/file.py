"""Where settings stand: found, read, put together, and mistakes told with the place they stand at."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import BaseModel, ValidationError
from pydantic_settings import EnvSettingsSource
from pydantic_settings import SettingsError as UnreadableVariable

from vistas.errors import SettingsError
from vistas.mistakes import in_words
from vistas.settings.model import Settings
from vistas.settings.values import has_password

FILE_NAME = "vistas.toml"
PREFIX = "VISTAS_"
WHERE = "VISTAS_CONFIG"
_OF_A_SERVICE = re.compile(
    r"VISTAS(_[A-Z0-9_]+)?_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)"
)
_ITS_PORT = re.compile(r"VISTAS(_[A-Z0-9_]+)?_PORT=(tcp|udp|sctp)://.+")
_PATH_KEYS = frozenset({"kubeconfig", "file", "files", "path", "paths", "folder", "client_cert", "client_key"})

Tree = dict[str, Any]


def find_settings_file(environ: Mapping[str, str], cwd: Path) -> Path | None:
    """The file that holds, or None where there is none. SettingsError when $VISTAS_CONFIG names a missing one."""
    if named := environ.get(WHERE):
        path = cwd / Path(named).expanduser()
        if not path.is_file():
            raise SettingsError(f"{WHERE} names {path}, which is not a file")
        return path
    places = (cwd / FILE_NAME, platformdirs.user_config_path("morning-vistas") / FILE_NAME)
    return next((place for place in places if place.is_file()), None)


def load_settings(environ: Mapping[str, str], cwd: Path) -> Settings:
    """The settings that hold for somebody in `cwd`. SettingsError names what is wrong and where it stands."""
    file = find_settings_file(environ, cwd)
    return _put_together(_read(file) if file else {}, file, environ, cwd)


def settings_with(text: str, environ: Mapping[str, str], cwd: Path) -> Settings:
    """The settings that would hold if their file had this text. SettingsError as above."""
    file = place_for_settings(environ, cwd)
    return _put_together(_parse(file, text), file, environ, cwd)


def place_for_settings(environ: Mapping[str, str], cwd: Path) -> Path:
    """The file that holds, or where one would be made: as $VISTAS_CONFIG says, else in the working directory."""
    named = environ.get(WHERE)
    place = cwd / (Path(named).expanduser() if named else FILE_NAME)
    return place if named else find_settings_file(environ, cwd) or place


def sources_in(environ: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The sources that the environment has a say about, each with the variable that has it."""
    told = _variables(environ).get("sources", {})
    names = told if isinstance(told, dict) else {}
    found = []
    for variable in environ:
        first, _, rest = variable.removeprefix(PREFIX).lower().partition("__")
        if variable.startswith(PREFIX) and first == "sources":
            named = rest.partition("__")[0]
            found += [(name, variable) for name in names if not named or name == named]
    return tuple(found)


def _put_together(written: Tree, file: Path | None, environ: Mapping[str, str], cwd: Path) -> Settings:
    variables = _variables(environ)
    origin = _Origin(file, environ, variables)
    if has_password(str(_at(written, ("store", "database")) or "")):
        raise SettingsError(
            f"{file}: store.database holds a password: set VISTAS_STORE__DATABASE instead, or use a password file"
        )
    together = _merge(
        _resolve(written, file.resolve().parent if file else cwd, ()), _resolve(variables, cwd.resolve(), ())
    )
    try:
        return Settings(**together)
    except ValidationError as error:
        raise SettingsError(origin.tell(error)) from error


def _read(file: Path) -> Tree:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8 text (byte {error.start})") from error
    return _parse(file, text)


def _parse(file: Path, text: str) -> Tree:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not TOML: {error}") from error


class _Environment(EnvSettingsSource):
    """The environment as it was passed in, not as the process has it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(Settings)
        self.env_vars = {name.lower(): value for name, value in environ.items() if name != WHERE}


def _variables(environ: Mapping[str, str]) -> Tree:
    for name, value in environ.items():
        first = name.removeprefix(PREFIX).partition("__")[0].lower()
        if not name.startswith(PREFIX) or name == WHERE or first in Settings.model_fields:
            continue
        if not _is_of_a_service(name, value):
            raise SettingsError(f"{name} in the environment is not a setting{_did_you_mean(first, Settings)}")
    try:
        return _Environment(environ)()
    except UnreadableVariable as error:
        raise SettingsError(_unreadable(error)) from error


def _unreadable(error: UnreadableVariable) -> str:
    """A whole table in one variable is JSON; pydantic's own sentence names the field only."""
    field = re.search(r'field "(\w+)"', str(error))
    name = f"{PREFIX}{field[1].upper()}" if field else f"a {PREFIX} variable"
    return f"{name} in the environment is not valid JSON: write {name}__KEY=… for each key instead"


def _is_of_a_service(name: str, value: str) -> bool:
    """What Kubernetes tells every pod of a Service called `vistas` or `vistas-…`, and Docker of such a link."""
    return bool(_OF_A_SERVICE.fullmatch(name) or _ITS_PORT.fullmatch(f"{name}={value}"))


def _merge(below: Tree, above: Tree) -> Tree:
    """`above` wins, table by table. A variable says `main_eu` for a source called `Main-EU`."""
    merged = dict(below)
    for key, value in above.items():
        same = next((known for known in merged if _folded(known) == _folded(key)), key)
        both = isinstance(value, dict) and isinstance(merged.get(same), dict)
        merged[same] = _merge(merged[same], value) if both else value
    return merged


def _folded(key: str) -> str:
    return key.lower().replace("-", "_")


def _resolve(value: Any, folder: Path, keys: tuple[str, ...]) -> Any:
    """Relative paths, wherever they stand, as seen from `folder`."""
    if isinstance(value, dict):
        return {key: _resolve(inner, folder, (*keys, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [_resolve(inner, folder, keys) for inner in value]
    if not isinstance(value, str) or not value:
        return value
    if keys == ("store", "database"):
        scheme, colon, path = value.partition("sqlite:///")
        return scheme + colon + _from(folder, path) if colon and path != ":memory:" else value
    return _from(folder, value) if _is_path(keys) else value


def _is_path(keys: tuple[str, ...]) -> bool:
    if keys[0] == "sources":
        return keys[-1] in _PATH_KEYS or keys[-1].endswith("_file")
    return keys in {("data",), ("routines",), ("store", "blobs")}


def _from(folder: Path, path: str) -> str:
    try:
        return str(folder / Path(path).expanduser())
    except RuntimeError as error:
        raise SettingsError(f"{path} names the home folder of an unknown user") from error


def _at(tree: Any, keys: tuple[Any, ...]) -> Any:
    for key in keys:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree


@dataclass(frozen=True, slots=True)
class _Origin:
    """Which of file and environment a wrong value came from."""

    file: Path | None
    environ: Mapping[str, str]
    variables: Tree

    def tell(self, error: ValidationError) -> str:
        mistake = error.errors(include_url=False)[0]
        keys = tuple(str(key) for key in mistake["loc"] if key != "[key]")
        key = ".".join(keys)
        if mistake["type"] == "extra_forbidden":
            message = f"{key} is not a setting{_did_you_mean(keys[-1], _table(Settings, keys[:-1]))}"
        else:
            message = f"{key}: {_without_value(in_words(mistake), mistake['input'])}"
        return f"{self._place(keys)}: {message}"

    def _place(self, keys: tuple[str, ...]) -> str:
        name = PREFIX + "__".join(key.upper().replace("-", "_") for key in keys)
        named = [variable for variable in self.environ if variable == name or variable.startswith(f"{name}__")]
        if named:
            return f"{min(named)} in the environment"
        return str(self.file) if self.file else "the environment"


def _without_value(message: str, value: Any) -> str:
    """What is written there may be a secret in the wrong place, so it is never told again."""
    return message.replace(repr(value), "the value given") if isinstance(value, str) else message


def _table(model: type[BaseModel], keys: tuple[str, ...]) -> type[BaseModel]:
    for key in keys:
        inner = model.model_fields[key].annotation if key in model.model_fields else None
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            model = inner
    return model


def _did_you_mean(key: str, model: type[BaseModel]) -> str:
    close = get_close_matches(key, model.model_fields, n=1)
    return f": did you mean {close[0]}?" if close else f"; there are {', '.join(sorted(model.model_fields))}"
