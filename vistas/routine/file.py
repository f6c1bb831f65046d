"""Routine files: one routine a YAML file, made for people to review. A mistake is told with file, line and key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from textwrap import indent
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from vistas.errors import RoutineError
from vistas.mistakes import in_words
from vistas.routine.look import Look, NamedQuery
from vistas.routine.model import Ancestor, Routine, Stop
from vistas.routine.variables import Variable
from vistas.routine.yaml_tree import Located, YamlError, read_yaml

SUFFIXES = (".yaml", ".yml")
BUILT_IN = "landscape"
"""The routine to start with."""
_REMEMBERED = 1000
"""Files that are not read again as long as they say the same."""


def load_routine(path: Path) -> Routine:
    """The routine in a file. RoutineError tells the first mistake as `FILE:LINE: KEY: what is expected`."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RoutineError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RoutineError(f"{path} is not UTF-8 text (byte {error.start})") from error
    return _read_once(text, str(path))


@lru_cache(maxsize=_REMEMBERED)
def _read_once(text: str, name: str) -> Routine:
    return read_routine(text, name)


def read_routine(text: str, name: str) -> Routine:
    """The routine written in `text`; `name` is what mistakes call it."""
    try:
        located = read_yaml(text)
    except YamlError as error:
        raise RoutineError(f"{name}:{error.line}: {error}") from error
    try:
        return Routine.model_validate(located.data)
    except ValidationError as error:
        raise RoutineError(_report(name, located, error)) from error


def built_in_routines() -> tuple[Routine, ...]:
    """The routines that come with the project, the one to start with first."""
    return _built_in()


@cache
def _built_in() -> tuple[Routine, ...]:
    folder = Path(str(files("vistas") / "routines"))
    found = [load_routine(path) for path in sorted(folder.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda routine: (routine.routine != BUILT_IN, routine.routine)))


def known_routines(folders: Iterable[Path] = ()) -> tuple[Routine, ...]:
    """Built-in routines and those in `folders`. RoutineError for the first that is wrong."""
    found = survey(folders)
    if found.mistakes:
        raise found.mistakes[0]
    return found.routines


class Survey(NamedTuple):
    """`places` has the files of those that do not come with the project, by slug.

    `wrong` has, likewise, files that are wrong, as far as it is known of which routine they are. What they said
    before is among the routines, if that is known.
    """

    routines: tuple[Routine, ...]
    mistakes: tuple[RoutineError, ...]
    places: Mapping[str, Path]
    wrong: Mapping[str, Path]


class Loaded(NamedTuple):
    """What a file stands for, and what is wrong with it; with both, it said that before it became wrong.

    `slug` is that of the routine that a wrong file seems to be of.
    """

    routine: Routine | None
    mistake: RoutineError | None = None
    slug: str = ""


def _loaded(path: Path) -> Loaded:
    try:
        return Loaded(load_routine(path))
    except RoutineError as mistake:
        return Loaded(None, mistake)


def survey(folders: Iterable[Path] = (), load: Callable[[Path], Loaded] = _loaded) -> Survey:
    """Every routine that can be walked, read anew, and what is wrong with the others.

    A folder's routine wins over a built-in one of its name; one wrong file keeps nobody from the rest.
    """
    known = {routine.routine: routine for routine in built_in_routines()}
    mistakes: list[RoutineError] = []
    places: dict[str, Path] = {}
    wrong: dict[str, Path] = {}
    try:
        for path in routine_files(folders):
            routine, mistake, slug = load(path)
            if mistake is not None:
                mistakes.append(mistake)
                wrong[routine.routine if routine else slug] = path
            if routine is None:
                continue
            if (before := places.setdefault(routine.routine, path)) is not path:
                mistakes.append(RoutineError(f"{path}: {before} already has a routine called {routine.routine}"))
                continue
            known[routine.routine] = routine
    except RoutineError as missing_folder:
        mistakes.append(missing_folder)
    return Survey(tuple(known.values()), tuple(mistakes), places, wrong)


def find_routine(slug: str, folders: Iterable[Path] = ()) -> Routine:
    """The routine of that name, or in the file of that name. RoutineError where there is none."""
    if slug.endswith(SUFFIXES):
        return load_routine(Path(slug))
    routines, mistakes, *_ = survey(folders)
    known = {routine.routine: routine for routine in routines}
    if slug in known:
        return known[slug]
    if mistakes:
        raise mistakes[0]
    raise RoutineError(f"there is no routine called {slug!r}; there are {', '.join(sorted(known))}")


def routine_files(folders: Iterable[Path]) -> Iterator[Path]:
    """Every routine file in `folders`. RoutineError where a folder is not there."""
    for folder in folders:
        if not folder.is_dir():
            raise RoutineError(f"{folder}, a routines folder in the settings, does not exist")
        yield from sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)


def _report(name: str, located: Located, error: ValidationError) -> str:
    mistakes = _innermost(error.errors(include_url=False))
    first = min(mistakes, key=lambda mistake: located.line(mistake["loc"]))
    more = f" (and {len(mistakes) - 1} more)" if len(mistakes) > 1 else ""
    return f"{name}:{located.line(first['loc'])}: {_describe(first)}{more}"


def _innermost(mistakes: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without those that only follow from another one: a list is too short where its one item was wrong."""
    locs = [mistake["loc"] for mistake in mistakes]
    return [
        mistake
        for mistake in mistakes
        if not any(loc != mistake["loc"] and loc[: len(mistake["loc"])] == mistake["loc"] for loc in locs)
    ]


def _describe(mistake: ErrorDetails) -> str:
    key = _dotted(mistake["loc"])
    if mistake["type"] == "missing":
        return f"{key} is missing"
    if mistake["type"] == "extra_forbidden":
        model = _model_at(mistake["loc"][:-1])
        close = get_close_matches(str(mistake["loc"][-1]), model.model_fields, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(model.model_fields)}"
        return f"{key} is not a known key: {hint}"
    if key:
        return f"{key}: {in_words(mistake)}"
    return in_words(mistake) if mistake["type"] == "value_error" else f"a routine {in_words(mistake)}"


def _dotted(loc: tuple[int | str, ...]) -> str:
    """`stops[2].looks[0].unit`, counted from 1 as people count."""
    written = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc)
    return written.removeprefix(".")


def _model_at(loc: tuple[int | str, ...]) -> type[BaseModel]:
    for key, model in _MODELS.items():
        if key in loc:
            return model
    return Routine


_MODELS: Mapping[str, type[BaseModel]] = {
    "queries": NamedQuery,
    "looks": Look,
    "stops": Stop,
    "variables": Variable,
    "after": Ancestor,
}
"""By the key that leads to it, the innermost first."""


class _Writer(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's
        super().increase_indent(flow, indentless=False)


def _write_text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    long = 70
    style = "|" if "\n" in text else ">" if len(text) > long and " " in text else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _write_text)


def write_routine(routine: Routine) -> str:
    """The routine as a file that `read_routine` reads back as the same routine. Defaults are left out."""
    tree = routine.model_dump(mode="json", exclude_defaults=True)
    stops = [_write([_with_one_query(stop)]) for stop in tree.pop("stops")]
    return _write(tree) + "stops:\n" + "\n".join(indent(stop, "  ") for stop in stops)


def _with_one_query(stop: dict[str, Any]) -> dict[str, Any]:
    for look in stop["looks"]:
        if len(look.get("query", ())) == 1:
            look["query"] = look["query"][0]
    return stop


def _write(tree: Any) -> str:
    return yaml.dump(tree, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=100)
