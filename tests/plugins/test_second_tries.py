"""Which failing tests are tried once more, and that a run says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.plugins.second_tries import SecondTries

pytest_plugins = ["pytester"]

Run = Callable[..., pytest.RunResult]
FAILS_ONCE = """\
import itertools
import pytest

tries = itertools.count(1)

def fail_until(number):
    now = next(tries)
    assert now >= number, f"try {now} met a race"
"""


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    """Run a module of tests, given without its imports, as this project's tests are run."""
    marks = "markers =\n    live: real servers\n    browser: Chromium"
    pytester.makeini(f"[pytest]\naddopts = --strict-markers -p no:cacheprovider\n{marks}")

    def run(tests: str, *arguments: str) -> pytest.RunResult:
        pytester.makepyfile(test_it=f"{FAILS_ONCE}\n{tests}")
        return pytester.runpytest_inprocess(*arguments, plugins=[SecondTries()])

    return run


@pytest.mark.parametrize("mark", ["live", "browser"])
def test_real_test_that_fails_once_passes_and_is_named_at_the_end(run: Run, mark: str) -> None:
    """With the error of its first try, after all else but the run's own count."""
    done = run(f"@pytest.mark.{mark}\ndef test_real(): fail_until(2)", "-ra")
    done.assert_outcomes(passed=1)
    assert done.parseoutcomes()["rerun"] == 1
    heading, named, _ = done.outlines[-3:]
    assert "TESTS THAT NEEDED A SECOND TRY: 1" in heading
    assert named.startswith("test_it.py::test_real (call), then passed: AssertionError: try 1 met a race")


def test_real_test_that_fails_twice_fails(run: Run) -> None:
    done = run("@pytest.mark.live\ndef test_real(): fail_until(3)")
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["test_it.py::test_real (call), failed again: AssertionError: try 1 met a race*"])


def test_unit_test_that_fails_is_not_tried_again(run: Run) -> None:
    done = run("def test_unit(): fail_until(2)")
    done.assert_outcomes(failed=1)
    done.stdout.no_fnmatch_line("*SECOND TRY*")


def test_nothing_is_said_where_nothing_was_tried_again(run: Run) -> None:
    done = run("@pytest.mark.live\ndef test_real(): fail_until(1)")
    done.assert_outcomes(passed=1)
    done.stdout.no_fnmatch_line("*SECOND TRY*")


def test_hung_test_is_not_tried_again(run: Run) -> None:
    """What a hung test takes, a run has once."""
    done = run("import time\n@pytest.mark.live\n@pytest.mark.timeout(0.2)\ndef test_real(): time.sleep(5)")
    done.assert_outcomes(failed=1)
    done.stdout.no_fnmatch_line("*SECOND TRY*")


@pytest.mark.parametrize("scope", ["session", "module"])
def test_server_that_did_not_start_is_started_anew_and_kept(run: Run, scope: str) -> None:
    """The one that started serves the tests that follow, and is stopped once, after the last of them."""
    done = run(
        f"""
@pytest.fixture(scope="{scope}")
def machine():
    print("machine made")
    yield "machine"
    print("machine ended")

@pytest.fixture(scope="{scope}")
def server(machine):
    fail_until(2)
    print("server started")
    yield "server"
    print("server stopped")

@pytest.mark.live
def test_one(server): print("one")

@pytest.mark.live
def test_two(server, machine): print("two")

def test_last(): print("last")
""",
        "-s",
        "-q",
    )
    done.assert_outcomes(passed=3)
    said = [line.lstrip("R.") for line in done.outlines]
    happened = [line for line in said if line.split(" ")[0] in {"machine", "server", "one", "two", "last"}]
    assert happened == ["machine made", "server started", "one", "two", "last", "server stopped", "machine ended"]
    done.stdout.fnmatch_lines(["test_it.py::test_one (setup), then passed: AssertionError: try 1 met a race*"])


def test_fault_of_the_project_is_not_tried_again_and_again(run: Run) -> None:
    """With more failures than any race makes, second tries end: `--max-suite-reruns` in pyproject.toml."""
    tests = '@pytest.mark.live\n@pytest.mark.parametrize("n", range(5))\ndef test_real(n): fail_until(99)'
    done = run(tests, "--max-suite-reruns=2")
    done.assert_outcomes(failed=5)
    assert done.parseoutcomes()["rerun"] == 2
