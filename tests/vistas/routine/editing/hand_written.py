"""Routine files as people may write them: any indentation, quotes and block styles, comments anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from vistas.routine import Routine
from vistas.routine.file import read_routine
from vistas.routine.yaml_tree import YamlError, read_yaml

WORDS = st.sampled_from(
    ["who", "went", "to", "the", "door", "today", "früh", "and-asked", "node's", "5m", "really?"]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
ODD = st.sampled_from(
    [
        "yes",
        "012",
        "1:30",
        "a: b",
        "x #y",
        "- z",
        "null",
        "'",
        '"quoted"',
        "*a",
        "{b}",
        "[c",
        "1e3",
        "~",
        "ends:",
        "@",
    ]
)
PARAGRAPHS = st.lists(SENTENCES | ODD, min_size=1, max_size=3).map("\n".join)
TEXTS = SENTENCES | ODD | PARAGRAPHS
LINES = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: " ".join(words)[:24].strip()) | ODD
QUERIES = (
    st.sampled_from(["up", "rate(x[5m])", 'sum by (a) (b{c="d"})', "sum(\n  rate(x[5m])\n)", "a:b:c"]) | TEXTS
)


def unique(strategy: st.SearchStrategy[dict[str, Any]], key: str, most: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, min_size=1, max_size=most, unique_by=lambda each: each[key])


SLUGS = st.sampled_from(["door", "yard", "house-a", "b7", "pods", "range", "no-one"])
LOOKS = st.fixed_dictionaries(
    {"look": SLUGS, "title": LINES, "source": SLUGS, "take": SLUGS},
    optional={
        "text": TEXTS,
        "query": QUERIES | st.lists(QUERIES, min_size=1, max_size=3),
        "where": st.dictionaries(SLUGS, SENTENCES, min_size=1, max_size=3),
        "window": st.sampled_from(["7d", "90m"]),
        "unit": st.sampled_from(["number", "bytes", "ratio"]),
        "name": LINES,
        "normal_below": st.sampled_from([0.5, 3, 1000]),
    },
)
STOPS = st.fixed_dictionaries(
    {
        "stop": SLUGS, "title": LINES, "question": SENTENCES | ODD, "why": TEXTS, "normal": TEXTS,
        "plainly": TEXTS, "looks": unique(LOOKS, "look", 2),
    }
)  # fmt: skip
TREES = st.fixed_dictionaries(
    {"routine": SLUGS, "title": LINES, "about": TEXTS},
    optional={"version": st.integers(1, 9), "by": LINES, "minutes": st.integers(1, 90), "window": st.just("6h")},
).flatmap(lambda head: unique(STOPS, "stop", 2).map(lambda stops: {**head, "stops": stops}))


@dataclass
class Hand:
    """Writes a tree as one person might. Each comment has another text."""

    draw: st.DrawFn
    step: int
    dash: int
    gap: int
    lines: list[str] = field(default_factory=list)
    comments: int = 0

    def mapping(self, tree: dict[str, Any], column: int, first: str = "") -> None:
        for number, (name, value) in enumerate(tree.items()):
            if number or not first:
                self.between(column)
            lead = first if first and not number else " " * column
            self.value(f"{lead}{name}:", value, column)

    def value(self, lead: str, value: Any, column: int) -> None:
        if isinstance(value, dict | list) and self.often(4) and (flow := self.flow(value)):
            self.lines.append(f"{lead} {flow}{self.behind()}")
        elif isinstance(value, dict):
            self.lines.append(lead + self.behind())
            self.mapping(value, column + self.step)
        elif isinstance(value, list):
            self.lines.append(lead + self.behind())
            for item in value:
                self.item(item, column + self.dash)
        else:
            self.scalar(lead, value, column)

    def item(self, item: Any, column: int) -> None:
        self.between(column)
        lead = " " * column + "-" + " " * (self.gap - 1)
        if isinstance(item, dict):
            self.mapping(item, column + self.gap, lead)
        else:
            self.scalar(" " * column + "-", item, column)

    def scalar(self, lead: str, value: Any, column: int) -> None:
        ways = list(self.ways(value, column))
        way = self.draw(st.sampled_from(ways))
        first, *rest = way if reads(lead, way, value) else ways[0]
        comment = "" if rest and first[:1] not in {"|", ">"} else self.behind()
        self.lines += [f"{lead} {first}{comment}", *rest]

    def ways(self, value: Any, column: int) -> Iterator[list[str]]:
        if not isinstance(value, str):
            yield [json.dumps(value)]
            return
        inner = " " * (column + self.draw(st.integers(3, 6)))
        yield [json.dumps(value, ensure_ascii=False)]
        yield ["'" + value.replace("'", "''") + "'"]
        yield [value]
        yield ["|-", *(inner + line if line else "" for line in value.split("\n"))]
        words = value.replace("\n", "\n\n").split(" ")
        cut = self.draw(st.integers(0, len(words)))
        folded = "\n".join(part for part in (" ".join(words[:cut]), " ".join(words[cut:])) if part).split("\n")
        yield [">-", *(inner + line if line else "" for line in folded)]
        if len(folded) > 1:
            yield [folded[0], *(inner + line if line else "" for line in folded[1:])]
            quoted = "\n".join([folded[0], *(inner + line if line else "" for line in folded[1:])])
            yield ["'" + part if not number else part for number, part in enumerate(f"{quoted}'".split("\n"))]

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            inner = ", ".join(f"{name}: {self.flow(each)}" for name, each in value.items())
            return self.draw(st.sampled_from(["{%s}", "{ %s }"])) % inner
        if isinstance(value, list):
            return "[" + self.draw(st.sampled_from([", ", ",  "])).join(self.flow(each) for each in value) + "]"
        plain = isinstance(value, str) and value.isalpha() and value not in {"yes", "null"} and self.often(2)
        return value if plain else json.dumps(value, ensure_ascii=False)

    def between(self, column: int) -> None:
        """Blank lines and comments before a key or a dash."""
        for _ in range(self.draw(st.sampled_from([0, 0, 0, 1, 2]))):
            deeper = self.draw(st.sampled_from([-2, 0, 0, 2]))
            self.lines.append(
                "" if self.often(2) or not self.lines else " " * max(column + deeper, 0) + self.comment()
            )

    def behind(self) -> str:
        return f"{' ' * self.draw(st.integers(1, 3))}{self.comment()}" if self.often(4) else ""

    def comment(self) -> str:
        self.comments += 1
        return f"# comment {self.comments}."

    def often(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == 1


def reads(lead: str, way: list[str], value: Any) -> bool:
    text = "\n".join([f"{lead} {way[0]}", *way[1:]]) + "\n"
    try:
        data = read_yaml(text).data
    except YamlError:
        return False
    found = data[0] if isinstance(data, list) else next(iter(data.values())) if isinstance(data, dict) else None
    return isinstance(found, type(value)) and bool(found == value)


@st.composite
def hand_written(draw: st.DrawFn) -> str:
    """A right routine file."""
    step = draw(st.sampled_from([2, 2, 4, 3]))
    hand = Hand(draw, step, draw(st.sampled_from([2, 0, 1])), draw(st.sampled_from([2, 2, 4])))
    hand.mapping(draw(TREES), 0)
    ending = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    text = ending.join(hand.lines) + draw(st.sampled_from([ending, ending, ""]))
    text = draw(st.sampled_from(["", "", "---" + ending, "\ufeff", f"# first line{ending}"])) + text
    assert read(text)
    return text


def read(text: str) -> Routine:
    return read_routine(text, "hand-written.yaml")
