"""The table `[sources.NAME]` of vistas.toml as a source's settings, and how a mistake in it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from vistas.errors import SettingsError
from vistas.mistakes import in_words

_NAMED_NEVER_WRITTEN = {
    "password": ("password_file", "password_env"),
    "token": ("bearer_token_file", "bearer_token_env"),
    "bearer_token": ("bearer_token_file", "bearer_token_env"),
}

Settings = TypeVar("Settings", bound=BaseModel)


def read_settings(name: str, model: type[Settings], table: Mapping[str, Any]) -> Settings:
    """The table of the source `name` less its `type`. SettingsError names the first wrong `sources.NAME.key`.

    A value is never told again, since it may be a secret that was put in the wrong place.
    """
    for key, instead in _NAMED_NEVER_WRITTEN.items():
        if key in table and model.model_fields.keys() >= set(instead):
            raise SettingsError(
                f"sources.{name}.{key} is a secret and must not be in the settings: use {' or '.join(instead)}"
            )
    try:
        return model.model_validate(dict(table))
    except ValidationError as error:
        raise SettingsError(_first_mistake(name, model, table, error)) from error


def _first_mistake(name: str, model: type[BaseModel], table: Mapping[str, Any], error: ValidationError) -> str:
    """A value that may be of several types has a mistake for each; the last is the most particular.

    What is missing comes last: mostly it is there, misspelt.
    """
    found = sorted(error.errors(), key=lambda each: each["type"] == "missing")
    mistakes = [(_place(each, table), each) for each in found]
    first, _ = mistakes[0]
    place, mistake = [each for each in mistakes if each[0][: len(first)] == first][-1]
    where = ".".join(["sources", name, *place])
    settings = _model_at(model, place[:-1])
    if mistake["type"] == "extra_forbidden":
        return f"{where} is not a setting; known are {', '.join(sorted(settings.model_fields))}"
    if mistake["type"] == "missing":
        return f"{where} is missing: {settings.model_fields[place[-1]].description}"
    return f"{where}: {in_words(mistake)}"


def _place(mistake: ErrorDetails, table: Mapping[str, Any]) -> tuple[str, ...]:
    """Where the mistake is, without the names of types that stand between the keys."""
    written = tuple(_written(mistake["loc"], table))
    return (*written, str(mistake["loc"][-1])) if mistake["type"] == "missing" else written


def _written(place: Iterable[str | int], table: Any) -> Iterator[str]:
    for part in place:
        try:
            table = table[part]
        except (LookupError, TypeError):
            continue
        yield str(part)


def _model_at(model: type[BaseModel], place: Sequence[str]) -> type[BaseModel]:
    """The settings whose table stands at `place`."""
    for part in place:
        if field := model.model_fields.get(part):
            model = next(_models(field.annotation), model)
    return model


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from _models(part)
