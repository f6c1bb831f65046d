"""vistas.toml changed in place: everything but the one source stays as it is written, byte for byte."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistas.connecting import editing
from vistas.errors import SettingsError

PROMETHEUS = {"type": "prometheus", "url": "http://prometheus.example:9090"}
WRITTEN = """\
# Ours.  Do not tidy.
team   = "Night owls"

[store]
blobs = 'blobs'   # on the big disk

# Asked first.
[sources.main]  # eu
type = "prometheus"
url="http://one:9090"
headers = {"X-Scope-OrgID" = "shop"}
# bearer_token_file = "later"

# --- logs ---

[sources."front door"]
type = "ingress"
files = [
  "/var/log/[sources.main].log",   # a name like a header
]
log_format = '''
[sources.main]
'''
[[sources.pods.pods]]
namespace = "a"
[[sources.pods.pods]]
namespace = "b"
[sources.pods]
type = "ingress"

[server]
port = 8600
"""
MAIN = """\
# Asked first.
[sources.main]  # eu
type = "prometheus"
url="http://one:9090"
headers = {"X-Scope-OrgID" = "shop"}
# bearer_token_file = "later"

"""


def test_a_new_source_comes_after_the_others() -> None:
    new = editing.added(WRITTEN, "two", PROMETHEUS)
    block = '\n[sources.two]\ntype = "prometheus"\nurl = "http://prometheus.example:9090"\n'
    assert new == WRITTEN.replace("\n\n[server]", f"\n{block}\n[server]")


def test_the_first_source_of_an_empty_file() -> None:
    assert editing.added("", "two", PROMETHEUS).startswith("[sources.two]\n")


def test_a_file_without_a_last_line_end_and_with_windows_line_ends() -> None:
    new = editing.added('team = "x"\r\n[store]\r\nblobs = "b"', "two", PROMETHEUS)
    assert new.startswith('team = "x"\r\n[store]\r\nblobs = "b"\r\n\r\n[sources.two]\r\ntype')
    assert new.count("\n") == new.count("\r\n")


def test_tables_within_a_source_stand_on_one_line() -> None:
    loki = {"type": "ingress", "loki": {"url": "http://loki", "selector": '{app="x"}'}}
    new = editing.added("", "door", loki)
    assert tomllib.loads(new)["sources"]["door"] == loki
    assert len(new.splitlines()) == 3


def test_removing_takes_the_comments_that_touch_it_and_no_others() -> None:
    assert editing.removed(WRITTEN, "main") == WRITTEN.replace(MAIN, "")


def test_removing_one_of_several_tables() -> None:
    new = editing.removed(WRITTEN, "pods")
    assert tomllib.loads(new)["sources"].keys() == {"main", "front door"}
    assert new.endswith("'''\n\n[server]\nport = 8600\n")


def test_removing_the_last_one() -> None:
    assert editing.removed(editing.added('team = "x"\n', "two", PROMETHEUS), "two") == 'team = "x"\n\n'


def test_renaming_touches_headers_alone() -> None:
    assert editing.renamed(WRITTEN, "main", "eu.1") == WRITTEN.replace(
        "[sources.main]  # eu\ntype", '[sources."eu.1"]  # eu\ntype'
    )
    assert editing.renamed(WRITTEN, "pods", "p") == WRITTEN.replace("sources.pods", "sources.p")


def test_changing_a_value_keeps_the_rest_of_its_table() -> None:
    new = editing.changed(WRITTEN, "main", {"url": "http://two:9090", "headers": None, "paused": True})
    assert new == WRITTEN.replace('url="http://one:9090"', 'url="http://two:9090"').replace(
        'headers = {"X-Scope-OrgID" = "shop"}\n', ""
    ).replace('# bearer_token_file = "later"\n', '# bearer_token_file = "later"\npaused = true\n')


@pytest.mark.parametrize("text", ["sources = {a = {type = 'prometheus'}}", "sources.a.type = 'prometheus'"])
@pytest.mark.parametrize("edit", ["removed", "renamed", "changed"])
def test_what_has_no_table_of_its_own_is_left_to_a_person(text: str, edit: str) -> None:
    arguments: dict[str, tuple[Any, ...]] = {"renamed": ("b",), "changed": ({"url": "http://x"},)}
    with pytest.raises(SettingsError, match="by hand"):
        getattr(editing, edit)(text, "a", *arguments.get(edit, ()))


def test_a_name_that_is_taken_or_not_there() -> None:
    with pytest.raises(SettingsError, match="there is a source main already"):
        editing.added(WRITTEN, "main", PROMETHEUS)
    with pytest.raises(SettingsError, match="there is a source pods already"):
        editing.renamed(WRITTEN, "main", "pods")
    with pytest.raises(SettingsError, match="there is no source nowhere"):
        editing.removed(WRITTEN, "nowhere")


def test_what_is_no_toml() -> None:
    with pytest.raises(SettingsError, match="not TOML"):
        editing.added("[sources", "a", PROMETHEUS)


names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
comments = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=20).map(lambda said: f"#{said}")
odd_values = st.sampled_from(
    [
        '"#["',
        "'[sources.x]'",
        "'''\n[sources.x]\n# no\n'''",
        '"""\n[sources.x]\\\n "" """',
        "[\n[1],\n[2] # ]\n]",
        "{a = '['}",
    ]
)
fillers = st.lists(comments | st.just("") | st.just("  "), max_size=3)
line_ends = st.sampled_from(["\n", "\r\n"])


@st.composite
def written(draw: st.DrawFn) -> tuple[str, list[str], str]:
    """A file with some sources among other tables, their names, and how its lines end."""
    sources = draw(st.lists(names, unique_by=str.lower, max_size=4))
    lines = [*draw(fillers), f"team = {draw(odd_values)}", *draw(fillers)]
    for number, name in enumerate(sources):
        lines += [
            f'[ sources . "{name}" ]  # {number}',
            'type = "prometheus"',
            *draw(fillers),
            f"url = {draw(odd_values)}",
        ]
        lines += draw(fillers)
        if draw(st.booleans()):
            lines += [f"[other-{number}]", f"value = {draw(odd_values)}", *draw(fillers)]
    end = draw(line_ends)
    text = "\n".join(lines) + draw(st.sampled_from(["", "\n"]))
    return text.replace("\n", end), sources, end


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


@given(written(), names, texts)
def test_adding_only_adds(file: tuple[str, list[str], str], name: str, url: str) -> None:
    """What was there is the beginning and the end of what is there now."""
    text, sources, end = file
    if name in sources:
        return
    table = {"type": "prometheus", "url": url, "open": {"page": url}}
    new = editing.added(text, name, table)
    begins = next(
        (place for place, (old, now) in enumerate(zip(text, new, strict=False)) if old != now), len(text)
    )
    assert new.endswith(text[begins:])
    assert tomllib.loads(new)["sources"][name] == table
    assert new.count("\r\n") == (new.count("\n") if end in text and end == "\r\n" else 0)


@given(written(), names)
def test_what_was_added_can_be_removed(file: tuple[str, list[str], str], name: str) -> None:
    """An empty line may stay behind."""
    text, sources, end = file
    if name in sources:
        return
    back = editing.removed(editing.added(text, name, PROMETHEUS), name)
    assert lines(back) == lines(text if text.endswith("\n") else text + (end if end in text else "\n"))


@given(written(), st.data())
def test_removing_only_removes(file: tuple[str, list[str], str], data: st.DataObject) -> None:
    """What is left is the text without some stretches, which hold the source."""
    text, sources, _ = file
    if not sources:
        return
    name = data.draw(st.sampled_from(sources))
    new = editing.removed(text, name)
    at = next((place for place in range(len(new)) if new[place] != text[place]), len(new))
    cut = text[at : at + len(text) - len(new)]
    assert text[:at] + text[at + len(cut) :] == new
    assert cut.count("type = ") == 1


@given(written(), st.data(), texts)
def test_changing_and_changing_back(file: tuple[str, list[str], str], data: st.DataObject, said: str) -> None:
    text, sources, _ = file
    if not sources:
        return
    name = data.draw(st.sampled_from(sources))
    paused = editing.changed(text, name, {"paused": said})
    assert tomllib.loads(paused)["sources"][name]["paused"] == said
    assert editing.changed(paused, name, {"paused": None}).rstrip() == text.rstrip()
