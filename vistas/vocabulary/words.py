"""Answers who types: from what the source said within the last minute, so that a letter costs it nothing."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from vistas.border import Fault, attempt
from vistas.errors import SourceError
from vistas.gathering.single_flight import NotInTime, SingleFlight
from vistas.redaction import Redactor
from vistas.snapshot import Window
from vistas.source import Deadline
from vistas.vocabulary.matching import Index
from vistas.vocabulary.model import HasWords, Question, Suggestions, Wanted, Word

FRESH_FOR: Final = 60.0
"""Seconds after which a source is asked again: behind the back of who types, who is answered with what is here."""
KEPT_FOR: Final = 900.0
AGAIN_AFTER: Final = 5.0
"""Seconds for which a source that could not answer is left in peace."""
ROOM: Final = 1_000_000
"""Words that are kept for one source; those that were asked for longest ago go first."""
SPAN: Final = timedelta(hours=12)
"""How far back something must have been seen to be offered."""
PATIENCE: Final = timedelta(seconds=10)
_ENDINGS: Final = ("_bucket", "_count", "_sum", "_total")

_Key = tuple[Wanted, str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    index: Index
    until: float
    """From when on it is asked for anew."""


class Words:
    """The words of one source; nothing it does wrong is raised: then there is nothing to suggest.

    Safe to use from many threads.
    """

    def __init__(
        self, kind: str, source: HasWords, redactor: Redactor, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._kind, self._source, self._redactor, self._clock = kind, source, redactor, clock
        self._known: OrderedDict[_Key, _Known] = OrderedDict()
        self._asking = SingleFlight[_Key, _Known](lifetime=1.0, room=ROOM, clock=clock)
        self._refreshing: set[_Key | None] = set()
        self._meanings: Mapping[str, Word] = {}
        self._meanings_until = 0.0
        self._lock = threading.Lock()

    def suggest(self, question: Question) -> Suggestions:
        """The words that fit best. What looks like a secret is not suggested."""
        is_values = question.wanted is Wanted.VALUES
        key = (question.wanted, question.label if is_values else "", question.matching)
        found, is_all = self._index(key).best(question.typed)
        if question.wanted is Wanted.METRICS:
            self._refresh_meanings()
            words = tuple(self._meant(name) for name in found)
        else:
            words = tuple(Word(name) for name in found)
        return Suggestions(tuple(self._unmasked(words, question.label if is_values else "")), is_all)

    def _unmasked(self, words: tuple[Word, ...], label: str) -> Iterator[Word]:
        mask = self._redactor.begin().text
        before = f"{label}=" if label else ""
        for word in words:
            told = f"{before}{word.name}"
            if mask(told) == told:
                yield Word(word.name, word.kind, mask(word.meaning)) if word.meaning else word

    def _index(self, key: _Key) -> Index:
        now = self._clock()
        with self._lock:
            known = self._known.get(key)
            if known:
                self._known.move_to_end(key)
        if known is None or now > known.until + KEPT_FOR:
            try:
                known = self._asking.get(key, lambda: self._ask(key), Deadline(PATIENCE))
            except NotInTime:
                return Index.of(())
        elif now > known.until:
            self._behind_their_back(key, lambda: self._ask(key))
        return known.index

    def _ask(self, key: _Key) -> _Known:
        wanted, label, matching = key
        window, deadline = Window.ending(datetime.now(UTC), SPAN), Deadline(PATIENCE)

        def ask() -> tuple[str, ...]:
            if wanted is Wanted.METRICS:
                return self._source.metric_names(window, deadline)
            if wanted is Wanted.LABELS:
                return self._source.label_names(matching, window, deadline)
            return self._source.label_values(label, matching, window, deadline)

        try:
            told = attempt(self._kind, ask, passing=SourceError)
        except SourceError:
            told = Fault(self._kind, "SourceError")
        failed = isinstance(told, Fault)
        known = _Known(
            Index.of(() if isinstance(told, Fault) else told),
            self._clock() + (AGAIN_AFTER if failed else FRESH_FOR),
        )
        self._keep(key, known)
        return known

    def _keep(self, key: _Key, known: _Known) -> None:
        with self._lock:
            self._known[key] = known
            self._known.move_to_end(key)
            held = sum(len(each.index.words) for each in self._known.values())
            while held > ROOM and len(self._known) > 1:
                held -= len(self._known.popitem(last=False)[1].index.words)

    def _meant(self, name: str) -> Word:
        """What the metric means; of one that a histogram or summary has, what the whole means."""
        told = self._meanings.get(name)
        base = next((name.removesuffix(each) for each in _ENDINGS if name.endswith(each)), name)
        told = told or self._meanings.get(base)
        return Word(name, told.kind, told.meaning) if told else Word(name)

    def _refresh_meanings(self) -> None:
        """Nobody waits for it: names are offered without what they mean until that is known."""
        if self._clock() >= self._meanings_until:
            self._behind_their_back(None, self._ask_meanings)

    def _ask_meanings(self) -> None:
        try:
            told = attempt(
                self._kind, lambda: self._source.metric_meanings(Deadline(PATIENCE)), passing=SourceError
            )
        except SourceError:
            told = Fault(self._kind, "SourceError")
        if not isinstance(told, Fault):
            self._meanings = told
        self._meanings_until = self._clock() + FRESH_FOR

    def _behind_their_back(self, what: _Key | None, act: Callable[[], object]) -> None:
        with self._lock:
            if what in self._refreshing:
                return
            self._refreshing.add(what)

        def run() -> None:
            try:
                act()
            finally:
                with self._lock:
                    self._refreshing.discard(what)

        threading.Thread(target=run, name=f"words-{self._kind}", daemon=True).start()
