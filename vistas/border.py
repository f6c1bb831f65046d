"""Catches whatever a connector raises, and nothing else in the project does so.

What a live tool does wrong is a gap, which its connector reports itself. Any exception out of a connector is
therefore a bug in it. Only the kind of exception is reported, never its text, which may quote an answer, an
address or a credential.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from vistas.snapshot import Gap, GapReason

FRAMES_AT_MOST = 25
"""The innermost of each exception: with endless recursion there are a thousand."""

log = logging.getLogger(__name__)

Got = TypeVar("Got")


@dataclass(frozen=True, slots=True)
class Fault:
    """What came out of a connector in place of an answer; `kind` is the class of the exception."""

    connector: str
    kind: str
    out_of_memory: bool = False

    @property
    def message(self) -> str:
        if self.out_of_memory:
            return f"Memory ran out while the {self.connector} connector was reading that answer."
        return f"The {self.connector} connector could not handle that answer ({self.kind})."

    @property
    def hint(self) -> str:
        if self.out_of_memory:
            return "Ask for less: a narrower query, or a shorter window."
        return "This is a bug in the connector, not in the tool; the log says where it happened."

    def gap(self) -> Gap:
        return Gap(GapReason.TOO_MUCH if self.out_of_memory else GapReason.GARBLED, self.message, self.hint)


def attempt(
    connector: str, ask: Callable[[], Got], *, passing: type[Exception] | tuple[type[Exception], ...] = ()
) -> Got | Fault:
    """What `ask` gives, or the Fault in its place, which the log has then.

    Exceptions that are `passing` are raised, and so is what ends a program.
    """
    try:
        return ask()
    except BaseException as bug:
        if isinstance(bug, passing) or not (isinstance(bug, Exception) or _is_panic(bug)):
            raise
        log.error("%s failed.\n%s", connector, frames(bug))  # noqa: TRY400 - its text stays here
        return Fault(connector, type(bug).__name__, isinstance(bug, MemoryError))


def _is_panic(error: BaseException) -> bool:
    """A panic in a library written in Rust, which is no Exception by its class."""
    return type(error).__module__ == "pyo3_runtime"


def frames(error: BaseException) -> str:
    """Where an exception, and those it came from, happened: classes, files and lines, no word of their texts."""
    return "\n".join(line for each in _chain(error) for line in (f"{type(each).__name__}:", *_where(each)))


def _where(error: BaseException) -> Iterator[str]:
    found = traceback.extract_tb(error.__traceback__, limit=-FRAMES_AT_MOST)
    yield from (f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in found)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it was made from, each once."""
    waiting, seen = [error], set[int]()
    while waiting:
        each = waiting.pop(0)
        if id(each) not in seen:
            seen.add(id(each))
            yield each
            inner = each.exceptions if isinstance(each, BaseExceptionGroup) else ()
            waiting += [cause for cause in (*inner, each.__cause__, each.__context__) if cause is not None]
