"""What strangers' connectors raise costs one answer, and says nothing of what it holds."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from vistas import source
from vistas.border import Fault, attempt
from vistas.errors import PostError, SourceError
from vistas.extensions import chat, discovery
from vistas.gathering.morning import begin, gather_into
from vistas.redaction import Redactor
from vistas.routine import Look, Routine
from vistas.settings import load_settings
from vistas.snapshot import Frame, FrameKind, Gap, GapReason, Provenance, Snapshot, Window
from vistas.source import Deadline, Health, Unbuilt, build_source, check_source, source_types
from vistas.workspace import Workspace

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
REDACTOR = Redactor(b"k" * 32)
SECRET = "hunter2-correct-horse"

STRANGE = f"""
from vistas.errors import SourceError

class Strange:
    type = "strange"
    takes = frozenset({{"range"}})
    at_once = 2

    def __init__(self, name):
        self.name = name

    @classmethod
    def from_settings(cls, name, settings, redactor):
        if settings.get("how") == "refuse":
            raise SourceError("sources.x.how is wrong")
        if settings.get("how") == "stumble":
            raise KeyError("{SECRET}")
        return cls(name)

    def take(self, stop, look, window, deadline):
        raise OverflowError("{SECRET}")

    def check(self, deadline):
        raise UnicodeError("{SECRET}")

class Finds:
    def here(machine, *, asking):
        raise ValueError("{SECRET}")

    def meant(pasted, machine):
        raise ValueError("{SECRET}")

def post(webhook, message, *, deadline):
    raise ValueError(webhook)
"""
ENTRY_POINTS = """
[morning_vistas.sources]
strange = strange_tools:Strange
absent = no_such_module_anywhere:Source
[morning_vistas.offers]
strange = strange_tools:Finds
"""


@pytest.fixture
def strangers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package of somebody else's is installed, in which everything is broken."""
    (tmp_path / "strange_tools.py").write_text(STRANGE)
    about = tmp_path / "strange_tools-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: strange-tools\nVersion: 1\n")
    (about / "entry_points.txt").write_text(ENTRY_POINTS)
    monkeypatch.syspath_prepend(tmp_path)
    for found in (source, discovery):
        found._installed.cache_clear()
    yield
    for found in (source, discovery):
        found._installed.cache_clear()


def fail(error: BaseException) -> Callable[[], None]:
    def ask() -> None:
        raise error

    return ask


def test_an_answer_passes_as_it_is() -> None:
    assert attempt("x", lambda: 3) == 3


@pytest.mark.parametrize(
    "error", [ValueError(SECRET), OverflowError(), RecursionError(), UnicodeError(), LookupError()]
)
def test_any_exception_is_a_fault_of_its_class(error: Exception) -> None:
    assert attempt("x", fail(error)) == Fault("x", type(error).__name__)


def test_memory_that_ran_out_is_too_much_data() -> None:
    fault = attempt("x", fail(MemoryError()))
    assert isinstance(fault, Fault)
    assert fault.gap().reason is GapReason.TOO_MUCH
    assert "Ask for less" in fault.gap().hint


def test_a_panic_of_polars_is_a_fault_although_it_is_no_exception() -> None:
    class PanicException(BaseException):
        """As PyO3 makes it."""

    PanicException.__module__ = "pyo3_runtime"
    assert attempt("x", fail(PanicException(SECRET))) == Fault("x", "PanicException")
    assert pl.exceptions.PanicException.__module__ == "pyo3_runtime"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3), GeneratorExit()])
def test_what_ends_a_program_ends_it(error: BaseException) -> None:
    with pytest.raises(type(error)):
        attempt("x", fail(error))


def test_errors_that_may_pass_are_raised() -> None:
    with pytest.raises(PostError):
        attempt("x", fail(PostError("no")), passing=PostError)


def test_the_log_says_where_and_nothing_of_what(caplog: pytest.LogCaptureFixture) -> None:
    """Not the text of an exception, nor of those it came from, nor of a group's, nor notes, nor variables."""

    def stumble(token: str) -> None:
        try:
            {}[token]
        except KeyError as error:
            error.add_note(token)
            group = ExceptionGroup(token, [ValueError(token)])
            raise TypeError(token) from group

    with caplog.at_level(logging.ERROR):
        attempt("prometheus", lambda: stumble(SECRET))
    (record,) = caplog.records
    said = record.getMessage()
    assert SECRET not in caplog.text
    assert SECRET not in repr(record.__dict__)
    assert said.startswith("prometheus failed.\nTypeError:\n")
    assert f"{__file__}:" in said
    assert "in stumble" in said
    assert all(kind in said for kind in ("KeyError", "ExceptionGroup", "ValueError"))


def test_endless_recursion_is_told_briefly(caplog: pytest.LogCaptureFixture) -> None:
    def deeper() -> None:
        deeper()

    assert attempt("x", deeper) == Fault("x", "RecursionError")
    assert len(caplog.text.splitlines()) < 40


@pytest.mark.usefixtures("strangers")
def test_a_source_that_cannot_be_set_up_answers_with_the_reason() -> None:
    """Be it that its code cannot be loaded, or that it fails on its settings: the other sources still serve."""
    for table, kind in (
        ({"type": "absent"}, "ModuleNotFoundError"),
        ({"type": "strange", "how": "stumble"}, "KeyError"),
    ):
        built = build_source("x", table, REDACTOR)
        assert isinstance(built, Unbuilt)
        assert (built.name, built.type) == ("x", table["type"])
        assert kind in built.check(Deadline(timedelta(1))).message
        snapshot = built.take("stop", LOOK, WINDOW, Deadline(timedelta(1)))
        assert snapshot.gap is not None
        assert kind in snapshot.gap.message
        assert SECRET not in repr(snapshot)


@pytest.mark.usefixtures("strangers")
def test_settings_that_a_connector_refuses_are_still_an_error() -> None:
    with pytest.raises(SourceError, match="how is wrong"):
        build_source("x", {"type": "strange", "how": "refuse"}, REDACTOR)


@pytest.mark.usefixtures("strangers")
def test_types_that_cannot_be_loaded_are_left_out() -> None:
    types = source_types()
    assert "prometheus" in types
    assert "absent" not in types


@pytest.mark.usefixtures("strangers")
def test_a_check_that_fails_is_bad_health() -> None:
    health = check_source(build_source("x", {"type": "strange"}, REDACTOR), Deadline(timedelta(1)), REDACTOR)
    assert not health.ok
    assert health.message == "The strange connector could not handle that answer (UnicodeError)."


@pytest.mark.usefixtures("strangers")
def test_offers_of_strangers_that_fail_are_left_out(tmp_path: Path) -> None:
    machine = discovery.Machine({}, tmp_path, tmp_path, tmp_path)
    assert "strange" in {entry.name for entry in discovery._installed()}
    assert discovery.found_here(machine, asking=False) == ()
    assert {offer.finder for offer in discovery.meant_by("127.0.0.1:9090", machine)} >= {"prometheus"}


def test_a_chat_that_stumbles_is_a_post_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever posts messages here is found first, so a package that comes before ours takes its place."""
    (tmp_path / "strange_chat.py").write_text(STRANGE)
    about = tmp_path / "a_strange_chat-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: a-strange-chat\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[morning_vistas.chats]\nstrange = strange_chat:post\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(PostError, match="ValueError") as refused:
        chat.post(f"https://chat.example/{SECRET}", "hello", deadline=Deadline(timedelta(seconds=1)))
    assert SECRET not in str(refused.value)


def test_health_is_told_without_secrets() -> None:
    class Leaky(Odd):
        def check(self, deadline: Deadline) -> Health:
            told = "https://ann:hunter2@shop.example"
            return Health(False, f"{told} is away", f"Is {told} right?", details={"address": told})

    assert "hunter2" not in repr(check_source(Leaky(), Deadline(timedelta(1)), REDACTOR))


LOOK = Look(look="one", title="One", source="odd", take="range", query=("up",))
WINDOW = Window.ending(NOW, timedelta(hours=1))


class Odd:
    """A source whose frame looks well until it is written down."""

    type = "odd"
    takes = frozenset({"range"})
    at_once = 1
    name = "odd"

    @classmethod
    def from_settings(cls, name: str, settings: object, redactor: Redactor) -> Odd:
        return cls()

    def take(self, stop: str, look: Look, window: Window, deadline: Deadline) -> Snapshot:
        cells: list[object] = [object()] if look.take == "range" else ["a"]
        data = pl.DataFrame({"name": pl.Series(cells, dtype=pl.Object if look.take == "range" else pl.String)})
        provenance = Provenance(self.name, self.type, look.take, window, NOW, timedelta())
        return Snapshot(stop, look.look, Frame(FrameKind.OBJECTS, data, key=("name",)), provenance)

    def check(self, deadline: Deadline) -> Health:
        return Health(True, "fine")


def test_a_frame_that_cannot_be_written_is_a_gap_and_the_others_are_kept(tmp_path: Path) -> None:
    settings = load_settings({"VISTAS_DATA": str(tmp_path), "VISTAS_CONFIG": ""}, tmp_path)
    opened = Workspace.open(settings)
    workspace = Workspace(settings, opened.store, (Odd(),), REDACTOR)
    stop: dict[str, object] = {
        "stop": "s",
        "title": "S",
        "question": "?",
        "why": "w",
        "normal": "n",
        "plainly": "p",
    }
    looks = [LOOK, LOOK.model_copy(update={"look": "two", "take": "instant"})]
    stops = [{**stop, "looks": looks}]
    routine = Routine.model_validate({"routine": "r", "title": "R", "about": "a", "stops": stops})
    vista = begin(workspace, routine, window=WINDOW, author="ann", now=NOW)
    gather_into(workspace, vista, deadline=Deadline(timedelta(seconds=60)))
    one, two = workspace.store.vista(vista.id).at("s")
    assert isinstance(one.content, Gap)
    assert one.content.reason is GapReason.GARBLED
    assert two.frame is not None
    assert two.frame.data["name"].to_list() == ["a"]
