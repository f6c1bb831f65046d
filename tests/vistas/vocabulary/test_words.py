"""What is suggested to who types, whatever the source does meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest

from tests.waiting import eventually
from vistas.errors import SourceError
from vistas.redaction import Redactor
from vistas.snapshot import Window
from vistas.source import Deadline
from vistas.vocabulary import HasWords, Question, Suggestions, Wanted, Word, Words
from vistas.vocabulary.words import AGAIN_AFTER, FRESH_FOR, KEPT_FOR


class Tool:
    """A source with a few words, which counts how often it is asked for them."""

    def __init__(self) -> None:
        self.names = ["http_requests_total", "up"]
        self.asked: list[str] = []
        self.fails: type[Exception] | None = None
        self.goes_on = threading.Event()
        self.goes_on.set()

    def metric_names(self, window: Window, deadline: Deadline) -> tuple[str, ...]:
        return self._answer("metrics", tuple(self.names))

    def metric_meanings(self, deadline: Deadline) -> Mapping[str, Word]:
        return {"http_requests": Word("http_requests", "counter", "Requests, by bob@example.com.")}

    def label_names(self, matching: str, window: Window, deadline: Deadline) -> tuple[str, ...]:
        return self._answer(f"labels of {matching}", ("job", "status"))

    def label_values(self, label: str, matching: str, window: Window, deadline: Deadline) -> tuple[str, ...]:
        return self._answer(f"{label} of {matching}", ("200", "502", "ghp_" + "a1B2" * 9))

    def _answer(self, what: str, told: tuple[str, ...]) -> tuple[str, ...]:
        self.asked.append(what)
        assert self.goes_on.wait(10)
        if self.fails:
            raise self.fails("not now")
        return told


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def tool() -> Tool:
    return Tool()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def words(tool: Tool, clock: Clock) -> Words:
    assert isinstance(tool, HasWords)
    return Words("shop", tool, Redactor(b"k" * 32), clock=clock)


def names(found: Suggestions) -> list[str]:
    return [word.name for word in found.words]


METRICS = Question(Wanted.METRICS)


def test_a_source_is_asked_once_for_many_letters(words: Words, tool: Tool) -> None:
    assert names(words.suggest(Question(Wanted.METRICS, "u"))) == ["up", "http_requests_total"]
    assert names(words.suggest(Question(Wanted.METRICS, "up"))) == ["up"]
    assert tool.asked == ["metrics"]


def test_after_a_minute_it_is_asked_again_while_who_types_is_answered(
    words: Words, tool: Tool, clock: Clock
) -> None:
    words.suggest(METRICS)
    tool.names.append("added_total")
    tool.goes_on.clear()
    clock.now += FRESH_FOR + 1
    assert names(words.suggest(METRICS)) == ["http_requests_total", "up"]
    tool.goes_on.set()
    assert eventually(lambda: "added_total" in names(words.suggest(METRICS)))
    assert tool.asked == ["metrics", "metrics"]


def test_what_is_long_past_is_not_offered(words: Words, tool: Tool, clock: Clock) -> None:
    words.suggest(METRICS)
    tool.names = ["other"]
    clock.now += FRESH_FOR + KEPT_FOR + 1
    assert names(words.suggest(METRICS)) == ["other"]


@pytest.mark.parametrize("raised", [SourceError, ValueError])
def test_a_source_that_cannot_answer_is_left_in_peace_for_a_while(
    words: Words, tool: Tool, clock: Clock, raised: type[Exception]
) -> None:
    tool.fails = raised
    assert words.suggest(METRICS) == Suggestions()
    assert words.suggest(METRICS) == Suggestions()
    assert tool.asked == ["metrics"]
    tool.fails = None
    clock.now += AGAIN_AFTER + 1
    assert eventually(lambda: names(words.suggest(METRICS)) == ["http_requests_total", "up"])


def test_of_a_counter_it_is_told_what_the_whole_means_without_secrets(words: Words) -> None:
    words.suggest(METRICS)
    assert eventually(lambda: words.suggest(METRICS).words[0].kind == "counter")
    assert words.suggest(METRICS).words[0].meaning.startswith("Requests, by ")
    assert "bob@example.com" not in words.suggest(METRICS).words[0].meaning


def test_labels_and_values_are_those_of_the_series_that_match(words: Words, tool: Tool) -> None:
    assert names(words.suggest(Question(Wanted.LABELS, "s", matching="{job='a'}"))) == ["status"]
    words.suggest(Question(Wanted.VALUES, "5", "status", "{job='a'}"))
    words.suggest(Question(Wanted.VALUES, "5", "status", "{job='b'}"))
    assert tool.asked == ["labels of {job='a'}", "status of {job='a'}", "status of {job='b'}"]


def test_what_looks_like_a_secret_is_not_suggested(words: Words) -> None:
    assert names(words.suggest(Question(Wanted.VALUES, "", "status"))) == ["200", "502"]
