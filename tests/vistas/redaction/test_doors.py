"""Nothing leaves the process as text with a secret in it, by whichever door."""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest

from tests.watched_doors import as_before
from vistas.redaction import Redactor, doors

SECRET = "hunter2-correct-horse"
URL = f"https://ann:{SECRET}@shop.example/"


@pytest.fixture(autouse=True)
def doors_as_before() -> Iterator[None]:
    with as_before():
        yield


def test_a_text_is_masked_by_everybodys_rules_until_settings_are_read() -> None:
    doors.use(None)
    assert SECRET not in doors.masked(f"{URL} and blue-fox")
    assert doors.masked(f"{URL} and blue-fox").endswith(" and blue-fox")
    doors.use(Redactor(b"k" * 32, also=["blue-fox"]))
    assert SECRET not in doors.masked(f"{URL} and blue-fox")
    assert doors.masked(f"{URL} and blue-fox").endswith(" and ***")


@pytest.mark.parametrize("times", [1, 200])
def test_json_is_masked_however_deep_and_however_much(times: int) -> None:
    """Names of fields, numbers and the rest stay; a column's way masks as the single text's does."""
    rows = [{"says": f"{URL}{number}", "n": number, "well": None} for number in range(times)]
    told = doors.masked_json({"a": rows, "token": True})
    last = times - 1
    assert told["a"][last] == {"says": doors.masked(f"{URL}{last}"), "n": last, "well": None}
    assert SECRET not in repr(told)
    assert told["token"] is True


def test_json_without_secrets_is_the_same() -> None:
    value = {"a": ["b", {"c": 1.5}], "d": ("e",)}
    assert doors.masked_json(value) is value


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """All that a handler could make of what was logged, and all that the records hold."""
    return caplog.text + "".join(repr(record.__dict__) for record in caplog.records)


def test_a_record_is_masked_whoever_writes_it(caplog: pytest.LogCaptureFixture) -> None:
    doors.guard()
    stranger = logging.getLogger("urllib3.somewhere")
    stranger.warning("Retrying %s", URL)
    stranger.warning("password=%s", SECRET)
    stranger.warning(URL)
    assert SECRET not in logged(caplog)
    assert caplog.text.count("***") == len(caplog.records)


def test_a_record_without_secrets_keeps_its_arguments(caplog: pytest.LogCaptureFixture) -> None:
    """Some formatters look at them."""
    doors.guard()
    logging.getLogger("x").warning("%s of %d", "one", 2)
    assert caplog.records[0].args == ("one", 2)


def test_a_record_that_is_written_wrongly_shows_no_arguments(caplog: pytest.LogCaptureFixture) -> None:
    """Logging itself would print them to stderr."""
    doors.guard()
    logging.getLogger("x").warning("%d of %s", SECRET)  # noqa: PLE1206 - on purpose
    assert SECRET not in logged(caplog)


def test_an_exception_in_the_log_has_frames_and_no_text(caplog: pytest.LogCaptureFixture) -> None:
    doors.guard()
    try:
        {}[SECRET]
    except KeyError:
        logging.getLogger("x").exception("it failed")
    assert SECRET not in logged(caplog)
    assert "KeyError:" in caplog.text
    assert "in test_an_exception_in_the_log" in caplog.text


def test_warnings_go_through_the_log(caplog: pytest.LogCaptureFixture) -> None:
    doors.guard()
    warnings.showwarning(UserWarning(URL), UserWarning, "file.py", 1)
    assert "UserWarning" in caplog.text
    assert SECRET not in logged(caplog)


def test_what_nobody_caught_is_told_without_its_text(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the main thread and in any other."""
    doors.guard()
    error = ValueError(SECRET)
    sys.excepthook(ValueError, error, None)
    threading.excepthook(threading.ExceptHookArgs((ValueError, error, None, threading.current_thread())))
    assert [record.levelname for record in caplog.records] == ["CRITICAL", "CRITICAL"]
    assert SECRET not in logged(caplog)
    assert capsys.readouterr().err == ""


def test_guarding_twice_is_guarding_once() -> None:
    doors.guard()
    factory = logging.getLogRecordFactory()
    doors.guard()
    assert logging.getLogRecordFactory() is factory
