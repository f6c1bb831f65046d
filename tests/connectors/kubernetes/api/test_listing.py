"""Lists of several pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.kubernetes.api.listing import RESTARTED, Listed, list_objects
from connectors.kubernetes.resources import PODS
from connectors.taking import Unobtainable
from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from tests.connectors.kubernetes.canned import canned_access, seconds
from vistas.snapshot import GapReason


def page(names: list[str], following: str = "") -> Reply:
    metadata = {"resourceVersion": "1", **({"continue": following} if following else {})}
    return told(
        {"kind": "PodList", "metadata": metadata, "items": [{"metadata": {"name": name}} for name in names]}
    )


class Pages:
    """A list in pages: each answer in turn to the token that the one before it gave."""

    def __init__(self, *answers: Reply) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, list[str]]] = []

    def __call__(self, request: Received) -> Reply:
        self.asked.append(request.form)
        return self.answers.pop(0)


def names_of(
    directory: Path, pages: Pages, *, namespaces: tuple[str | None, ...] = (None,), **settings: Any
) -> Listed[list[str]]:
    with AnsweringServer() as server:
        for namespace in namespaces:
            server.answers[PODS.path("v1", namespace)] = pages
        access = canned_access(directory, server.url, **settings)
        return list_objects(
            access, PODS, "v1", namespaces, (("labelSelector", "app=web"),), seconds(60),
            keep=lambda objects: [item["metadata"]["name"] for item in objects],
        )  # fmt: skip


def test_only_a_page_without_a_token_is_the_last(tmp_path: Path) -> None:
    pages = Pages(page(["a", "b"], "t1"), page([], "t2"), page(["c"], "t3"), page([]))
    listed = names_of(tmp_path, pages, page_size=2)
    assert [name for names in listed.pages for name in names] == ["a", "b", "c"]
    assert [form.get("continue") for form in pages.asked] == [None, ["t1"], ["t2"], ["t3"]]
    assert all(form["limit"] == ["2"] and form["labelSelector"] == ["app=web"] for form in pages.asked)
    assert listed.warnings == ()


def test_a_list_that_expired_is_read_again_from_the_start(tmp_path: Path) -> None:
    gone = told({"kind": "Status", "reason": "Expired", "metadata": {"continue": "inconsistent"}}, 410)
    pages = Pages(page(["old"], "t1"), gone, page(["new"]))
    listed = names_of(tmp_path, pages)
    assert listed.pages == (["new"],)
    assert listed.warnings == (RESTARTED,)


def test_a_list_that_expires_again_is_given_up(tmp_path: Path) -> None:
    gone = told({"kind": "Status", "reason": "Expired"}, 410)
    with pytest.raises(Unobtainable) as caught:
        names_of(tmp_path, Pages(page(["old"], "t1"), gone, page(["old"], "t1"), gone))
    assert caught.value.gap.reason is GapReason.TOO_SLOW


def test_each_namespace_is_a_list_of_its_own(tmp_path: Path) -> None:
    listed = names_of(tmp_path, Pages(page(["a"]), page(["b"])), namespaces=("shop", "mail"))
    assert listed.pages == (["a"], ["b"])


def test_the_limit_in_bytes_holds_for_all_pages_together(tmp_path: Path) -> None:
    pages = Pages(*(page([f"{number}-{'x' * 40_000}"], f"t{number}") for number in range(9)))
    with pytest.raises(Unobtainable) as caught:
        names_of(tmp_path, pages, max_bytes=100_000)
    assert caught.value.gap.reason is GapReason.TOO_MUCH
    assert len(pages.asked) == 3


def test_the_next_page_is_on_its_way_while_one_is_read(tmp_path: Path) -> None:
    """A server takes as long for a page as we do: neither waits for the other."""
    pages, second_is_asked_for = Pages(page(["a"], "t1"), page(["b"])), threading.Event()

    def answer(request: Received) -> Reply:
        if "continue" in request.form:
            second_is_asked_for.set()
        return pages(request)

    def keep(objects: Iterator[Any]) -> bool:
        return bool(list(objects)) and second_is_asked_for.wait(2)

    with AnsweringServer() as server:
        server.answers[PODS.path("v1")] = answer
        listed = list_objects(canned_access(tmp_path, server.url), PODS, "v1", [None], (), seconds(60), keep)
    assert listed.pages == (True, True)


@pytest.mark.parametrize("answer", [{}, {"metadata": [], "items": []}, {"metadata": {}, "items": {"a": 1}}])
def test_json_that_is_no_list_is_not_understood(tmp_path: Path, answer: dict[str, Any]) -> None:
    with pytest.raises(Unobtainable) as caught:
        names_of(tmp_path, Pages(told(answer)))
    assert caught.value.gap.reason is GapReason.GARBLED


def test_a_list_without_items_is_empty(tmp_path: Path) -> None:
    """Go writes an empty list as null."""
    assert names_of(tmp_path, Pages(told({"metadata": {}, "items": None}))).pages == ([],)
