"""The best of many words, as a plain search through all of them finds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vistas.vocabulary.matching import Index

NAMES = st.lists(st.text("aAbB_:.0İß\n ", max_size=8), max_size=40)
TYPED = st.text("aAbB_:.0İß", max_size=4)


@given(NAMES, TYPED, st.integers(1, 50))
def test_what_is_found_contains_what_was_typed_and_nothing_is_missed(
    names: list[str], typed: str, most: int
) -> None:
    found, is_all = Index.of(names).best(typed, most)
    fitting = {name for name in names if name and "\n" not in name and typed.lower() in name.lower()}
    assert set(found) <= fitting
    assert len(found) == len(set(found)) == min(len(fitting), most)
    assert is_all == (len(fitting) <= most)


@given(NAMES, TYPED)
def test_what_begins_so_comes_first(names: list[str], typed: str) -> None:
    found, _ = Index.of(names).best(typed)
    begins = [name.lower().startswith(typed.lower()) for name in found]
    assert begins == sorted(begins, reverse=True)


def test_a_part_that_begins_so_comes_before_what_only_contains_it() -> None:
    index = Index.of(["http_requests_total", "http_responses_total", "prequest", "request_seconds", "up"])
    assert index.best("req") == (("request_seconds", "http_requests_total", "prequest"), True)
    assert index.best("req", most=2) == (("request_seconds", "http_requests_total"), False)


def test_without_a_letter_the_first_of_the_alphabet_are_offered() -> None:
    assert Index.of(["b", "C", "a"]).best("", most=2) == (("a", "b"), False)
