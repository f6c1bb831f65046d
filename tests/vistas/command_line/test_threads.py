"""What was answered to a notice, and through whose eyes a vista is seen, on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.vistas.store.test_answers import LATER, answer
from tests.vistas.store.test_store import NOW, notice, snapshot, vista
from vistas.command_line import run
from vistas.store import Store
from vistas.vista import Eyes, Vista
from vistas.vista.answer import AnswerKind

Called = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VISTAS_DATA", str(tmp_path / "data"))
    opened = Store.open(f"sqlite:///{tmp_path}/data/vistas.db", tmp_path / "data" / "blobs")
    yield opened
    opened.close()


@pytest.fixture
def called(capsys: pytest.CaptureFixture[str]) -> Called:
    def call(*arguments: str) -> str:
        assert run(arguments) == 0
        return capsys.readouterr().out

    return call


@pytest.fixture
def friday(store: Store) -> Vista:
    """A walk of Ines's through Maya's eyes, with her answer to what Maya noticed."""
    thursday = vista(title="A slow leak", saved_at=NOW, snapshots=(snapshot(),), notices=(notice(),))
    store.put(thursday)
    made = vista(title="Fixed", author="Ines", begun_at=LATER, eyes=Eyes.upon(thursday, "Maya"))
    store.put(made)
    store.save(made.id, "Fixed", LATER, by="Ines")
    store.answers.write(made.id, answer(thursday.notices[0], "since the rollout", kind=AnswerKind.NO_LONGER))
    return made


def test_show_prints_answers_below_their_notices(friday: Vista, called: Called) -> None:
    assert friday.eyes is not None
    said = "“restarted three times” (Maya, surprised)\n    no longer: “since the rollout” (Ines)\n"
    assert f"  {said}" in called("show", str(friday.eyes.vista))
    through = called("show", str(friday.id))
    assert "\nSeen through Maya's eyes, who walked A slow leak on Mon 23 Nov 2026.\n" in through
    assert f"  then: {said}" in through


def test_show_tells_scripts_the_same(friday: Vista, called: Called) -> None:
    told = json.loads(called("show", str(friday.id), "--json"))
    assert friday.eyes is not None
    assert told["seen_through"] == {
        "walker": "Maya",
        "vista": str(friday.eyes.vista),
        "name": "A slow leak",
        "begun_at": NOW.isoformat(),
    }
    (stop,) = told["stops"]
    assert stop["notices"] == []
    ((given,),) = [noticed["answers"] for noticed in stop["noticed_then"]]
    assert (given["kind"], given["author"], given["answered_from"]) == ("no longer", "Ines", str(friday.id))


def test_list_finds_what_nobody_has_answered(friday: Vista, store: Store, called: Called) -> None:
    del friday
    assert called("list", "--unanswered") == "No vista has a notice that nobody has answered.\n"
    waiting = vista(title="Odd", saved_at=NOW, notices=(notice(), notice("and then")))
    store.put(waiting)
    store.answers.write(waiting.id, answer(waiting.notices[0]))
    found = called("list", "--unanswered")
    assert "2 notices, 1 unanswered" in found
    assert len(found.splitlines()) == 1
    assert "unanswered" not in called("list")
    assert "Fixed, through Maya's eyes\n" in called("list")
    listed = {each["name"]: each for each in json.loads(called("list", "--json"))}
    assert {name: each["unanswered"] for name, each in listed.items()} == {"A slow leak": 0, "Fixed": 0, "Odd": 1}
    assert listed["Fixed"]["seen_through"] == "Maya"
