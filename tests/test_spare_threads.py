"""Work in threads that are kept for the next work."""

import os
import threading
from concurrent.futures import Future

import pytest

from vistas import spare_threads

SOON = 30.0


def in_which_thread(name: str = "work") -> tuple[int, str]:
    """Where work is done, and what the thread is called meanwhile."""
    told: Future[tuple[int, str]] = Future()
    spare_threads.begin(name, lambda: told.set_result((threading.get_ident(), threading.current_thread().name)))
    return told.result(SOON)


def idle(thread: int) -> bool:
    return any(each.ident == thread and each.name == spare_threads.SPARE for each in threading.enumerate())


def await_idle(thread: int) -> None:
    """The thread tells of its work a moment before it is free."""
    waiting = threading.Event()
    for _ in range(int(SOON * 100)):
        if idle(thread):
            return
        waiting.wait(0.01)
    pytest.fail("the thread never came back")


def test_a_thread_that_is_done_does_the_next_work() -> None:
    thread, name = in_which_thread("first")
    assert name == "first"
    await_idle(thread)
    assert in_which_thread("second") == (thread, "second")


def test_work_that_hangs_holds_nobody_up() -> None:
    """Whatever is begun meanwhile has a thread of its own."""
    done, hanging = threading.Event(), 5
    everyone_is_in = threading.Barrier(hanging + 1)
    for _ in range(hanging):
        spare_threads.begin("hangs", lambda: (everyone_is_in.wait(SOON), done.wait(SOON)))
    everyone_is_in.wait(SOON)
    try:
        assert in_which_thread("other")[1] == "other"
    finally:
        done.set()


def test_a_thread_without_work_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spare_threads, "KEPT_FOR", 0.01)
    monkeypatch.setattr(spare_threads, "_waiting", [])
    thread, _ = in_which_thread()
    found = next((each for each in threading.enumerate() if each.ident == thread), None)
    if found is not None:
        found.join(SOON)
        assert not found.is_alive()
    assert in_which_thread("next")[1] == "next"


def test_work_that_comes_while_threads_end_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that was chosen in its last moment stays for its work."""
    monkeypatch.setattr(spare_threads, "KEPT_FOR", 0.0001)
    monkeypatch.setattr(spare_threads, "_waiting", [])
    assert [in_which_thread(str(number))[1] for number in range(500)] == [str(number) for number in range(500)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forked processes here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_waits_for_no_thread_of_its_parent() -> None:
    thread, _ = in_which_thread()
    await_idle(thread)
    child = os.fork()
    if child == 0:
        os._exit(0 if in_which_thread("child")[1] == "child" else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
