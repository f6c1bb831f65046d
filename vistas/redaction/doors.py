"""Masks secrets in all text that leaves this process.

`masked` is for what people see: the command line writes nothing that did not pass through it, and no page shows an
error that did not. `guard` covers what Python writes by itself: log records, whoever writes them, and uncaught
exceptions.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import TracebackType
from typing import Any

from vistas.border import frames
from vistas.redaction import Redactor
from vistas.redaction.key import throwaway_key

AT_ONCE = 100
"""So many texts are masked faster as a column."""

log = logging.getLogger(__name__)


class _Rules:
    """Those of this process, once its settings are read; until then those that everybody gets."""

    redactor: Redactor | None = None


@cache
def _everybodys() -> Redactor:
    return Redactor(throwaway_key())


def use(redactor: Redactor | None) -> None:
    """From now on the rules of these settings hold at every door; with None those that everybody gets."""
    _Rules.redactor = redactor


def masked(text: str) -> str:
    return (_Rules.redactor or _everybodys()).begin().text(text)


def masked_json(value: Any) -> Any:
    """Every string in what will be JSON, but for the names of fields."""
    texts = tuple(set(_texts(value)))
    told = _masked_at_once(texts) if len(texts) > AT_ONCE else map(masked, texts)
    changed = {text: masked for text, masked in zip(texts, told, strict=True) if text != masked}
    return _rewritten(value, changed) if changed else value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _masked_at_once(texts: Sequence[str]) -> Iterable[str]:
    import polars as pl

    redactor = _Rules.redactor or _everybodys()
    return redactor.begin().texts(pl.Series(texts, dtype=pl.String))


def _rewritten(value: Any, changed: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _rewritten(each, changed) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rewritten(each, changed) for each in value]
    return changed.get(value, value) if isinstance(value, str) else value


def guard() -> None:
    """Watch what Python lets out by itself, for as long as this process lives."""
    factory = logging.getLogRecordFactory()
    if not isinstance(factory, _Records):
        logging.setLogRecordFactory(_Records(factory))
        logging.captureWarnings(capture=True)
        sys.excepthook = _log_uncaught
        threading.excepthook = _log_uncaught_in_thread


class _Records:
    """Log records without secrets: of exceptions they have the frames, as `vistas.border` tells them."""

    def __init__(self, make: Callable[..., logging.LogRecord]) -> None:
        self._make = make

    def __call__(self, *args: Any, **options: Any) -> logging.LogRecord:
        record = self._make(*args, **options)
        said = _message(record)
        if (told := masked(said)) != said:
            record.msg, record.args = told, None
        if record.exc_info:
            error = record.exc_info[1]
            record.exc_info, record.exc_text = None, frames(error) if error else None
        if record.stack_info:
            record.stack_info = masked(record.stack_info)
        return record


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError, AttributeError):
        # Logging would print the message and its arguments as they are.
        record.args = None
        return str(record.msg)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("%s ended this.\n%s", kind.__name__, frames(error))


def _log_uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
        name = told.thread.name if told.thread else "?"
        log.critical("%s ended the thread %s.\n%s", told.exc_type.__name__, name, frames(told.exc_value))
