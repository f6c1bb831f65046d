"""A bundle of a vista that follows an earlier one holds both: what they share once, all within one's bounds."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from tests.vistas.sharing.making import NOW, bundle, members, notice, vista, with_document
from vistas.errors import BundleError
from vistas.sharing import document, read_bundle
from vistas.snapshot import Absence
from vistas.vista import Eyes, Vista, new_id
from vistas.vista.answer import Answer, AnswerKind

Edit = Callable[[dict[str, Any]], None]


def answered(made: Vista, **changes: Any) -> Vista:
    """With an answer to its first notice."""
    given = Answer(
        id=new_id(), notice=made.notices[0].id, author="Ines", kind=AnswerKind.STILL_SO, written_at=NOW
    ).model_copy(update=changes)
    return replace(made, answers=(given,))


def through(earlier: Vista | None = None) -> Vista:
    return replace(vista(), eyes=Eyes.upon(earlier or answered(vista()), "Maya"))


def refused(file: BytesIO, why: str) -> None:
    with pytest.raises(BundleError, match=why):
        read_bundle(file)


def edited(change: Edit, made: Vista | None = None) -> BytesIO:
    return with_document(lambda document: change(document["vista"]), bundle(made or through()))


def schema(content: bytes) -> int:
    found: int = json.loads(members(content)["vista.json"])["schema"]
    return found


def test_frames_of_both_are_written_once() -> None:
    alone, both = (ZipFile(BytesIO(bundle(made))).namelist() for made in (vista(), through()))
    assert len(both) == len(alone)


def test_a_vista_without_answers_or_eyes_is_readable_for_older_versions() -> None:
    """Which refuse keys that they do not know."""
    content = bundle(vista())
    assert schema(content) == 1
    assert not {"answers", "eyes"} & json.loads(members(content)["vista.json"])["vista"].keys()
    assert (schema(bundle(answered(vista()))), schema(bundle(through(vista())))) == (2, 2)


def test_what_was_absent_needs_a_newer_reader_and_only_that() -> None:
    """It comes back as it was, in the vista itself and in the one that it follows."""
    whole = vista()
    absent = (Absence("node_cpu"), Absence("up", "job", "=", "node"), Absence("up", "pod_name"))
    snapshots = [replace(each, provenance=replace(each.provenance, absent=absent)) for each in whole.snapshots]
    known = replace(whole, snapshots=tuple(snapshots))
    assert (schema(bundle(known)), schema(bundle(through(known)))) == (3, 3)
    assert read_bundle(BytesIO(bundle(known))).snapshots[0].provenance.absent == absent
    assert "absent" not in members(bundle(whole))["vista.json"].decode()
    refused(with_document(lambda document: document.update(schema=2), bundle(known)), "schema 2 does not have")


@pytest.mark.parametrize("made", [answered(vista()), through(vista())], ids=["answers", "eyes"])
def test_a_document_that_claims_to_be_older_than_it_is_is_refused(made: Vista) -> None:
    refused(with_document(lambda document: document.update(schema=1), bundle(made)), "schema 1 does not have")


def test_an_earlier_vista_that_follows_yet_another_is_refused() -> None:
    def nest(vista: dict[str, Any]) -> None:
        vista["eyes"]["earlier"]["eyes"] = deepcopy(vista["eyes"])

    refused(edited(nest), r"eyes\.earlier\.eyes: is not a known key")


def test_a_vista_that_follows_itself_is_refused() -> None:
    refused(edited(lambda vista: vista["eyes"]["earlier"].update(id=vista["id"])), "follows itself")


def test_a_frame_of_the_earlier_vista_that_is_not_there_is_refused() -> None:
    def lose(vista: dict[str, Any]) -> None:
        vista["eyes"]["earlier"]["snapshots"][0]["frame"]["sha256"] = "0" * 64

    refused(edited(lose), "it is missing")


@pytest.mark.parametrize("what", ["snapshots", "walks", "detours", "notices", "answers"])
def test_both_together_hold_no_more_than_one_may(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = through()
    with_all = replace(made, answers=answered(made).answers)
    counted = len(getattr(with_all, what)) + len(getattr(made.eyes and made.eyes.earlier, what))
    content = bundle(with_all)
    monkeypatch.setitem(document.TOGETHER_AT_MOST, what, counted)
    assert read_bundle(BytesIO(content)).eyes == made.eyes
    monkeypatch.setitem(document.TOGETHER_AT_MOST, what, counted - 1)
    if counted:
        refused(BytesIO(content), f"more than {counted - 1:,} {what} together")


def test_what_is_too_much_for_a_reader_is_refused_when_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(document.TOGETHER_AT_MOST, "notices", 5)
    with pytest.raises(BundleError, match=r"cannot be written to a file: .*5 notices together"):
        bundle(through())


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"notice": str(new_id())}, "an answer to a notice that it does not hold"),
        ({"revision": 2**63}, "revision"),
        ({"revision": 0}, "revision"),
        ({"kind": "screamed"}, "kind"),
        ({"kind": "wondering", "text": "  "}, "needs"),
        ({"text": "x" * 5000}, "text"),
        ({"written_at": "0001-01-01T00:00:00Z"}, "1970"),
        ({"from_file": 7}, "from_file"),
        ({"extra": 1}, "is not a known key"),
    ],
)
@pytest.mark.parametrize("where", ["vista", "earlier"])
def test_a_wrong_answer_is_refused_wherever_it_stands(where: str, changes: dict[str, Any], why: str) -> None:
    def change(vista: dict[str, Any]) -> None:
        holder = vista if where == "vista" else vista["eyes"]["earlier"]
        holder["answers"][0].update(changes)

    refused(edited(change, answered(through())), why)


def test_the_same_answer_twice_is_refused() -> None:
    def twice(vista: dict[str, Any]) -> None:
        vista["answers"] *= 2

    refused(edited(twice, answered(vista())), "the same answer twice")


def test_an_answer_that_a_notice_of_the_other_vista_got_is_refused() -> None:
    """Each holds the answers to its own."""

    def swap(vista: dict[str, Any]) -> None:
        vista["answers"] = vista["eyes"]["earlier"].pop("answers")

    refused(edited(swap), "an answer to a notice that it does not hold")


def test_a_vista_of_a_version_before_answers_is_read() -> None:
    def older(document: dict[str, Any]) -> None:
        assert document["schema"] == 1

    back = read_bundle(with_document(older, bundle(vista(notices=(notice(),)))))
    assert (back.answers, back.eyes) == ((), None)
