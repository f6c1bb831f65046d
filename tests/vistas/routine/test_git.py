"""The git checkout of a routine file: seen and committed by the real git, one file at a time."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from vistas.errors import GitError
from vistas.routine.file import find_routine
from vistas.routine.git import FileState, commit, in_git, proposed_message

Git = Callable[..., str]


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of whoever runs the tests, nor those of a commit hook that may run them."""
    for name in [each for each in os.environ if each.startswith("GIT_")]:
        monkeypatch.delenv(name)
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (folder := tmp_path / "team's checkout").mkdir()
    run(folder, "init", "--quiet", "--initial-branch=main")
    run(folder, "config", "user.name", "Mira")
    run(folder, "config", "user.email", "mira@example.org")
    (folder / "other.txt").write_text("one\n", encoding="utf-8")
    run(folder, "add", "other.txt")
    run(folder, "commit", "--quiet", "-m", "Begin")
    return folder


@pytest.fixture
def file(root: Path) -> Path:
    (root / "routines").mkdir()
    (path := root / "routines" / "our *morning.yaml").write_text("routine: a\n", encoding="utf-8")
    return path


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def hook(root: Path, name: str, script: str) -> None:
    (path := root / ".git" / "hooks" / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def state(file: Path) -> FileState:
    found = in_git(file)
    assert found
    return found.state


def test_a_file_outside_of_any_checkout_is_in_none(tmp_path: Path) -> None:
    (path := tmp_path / "morning.yaml").touch()
    assert in_git(path) is None
    with pytest.raises(GitError, match="is in no git checkout"):
        commit(path, "m")


def test_what_became_of_a_file_is_seen(root: Path, file: Path) -> None:
    assert state(file) is FileState.NEW
    run(root, "add", ".")
    assert state(file) is FileState.NEW
    run(root, "commit", "--quiet", "-m", "Add")
    assert state(file) is FileState.COMMITTED
    file.write_text("routine: b\n", encoding="utf-8")
    assert state(file) is FileState.CHANGED
    run(root, "add", ".")
    assert state(file) is FileState.CHANGED
    (root / ".gitignore").write_text("ignored.yaml\n", encoding="utf-8")
    (ignored := root / "ignored.yaml").touch()
    assert state(ignored) is FileState.IGNORED
    found = in_git(file)
    assert found
    assert (found.name, found.branch, found.root) == ("routines/our *morning.yaml", "main", root.resolve())


def test_a_commit_has_that_file_alone_and_leaves_what_is_staged_staged(root: Path, file: Path) -> None:
    (root / "other.txt").write_text("two\n", encoding="utf-8")
    (root / "new.txt").touch()
    run(root, "add", "other.txt", "new.txt")
    (root / "routines" / "our second morning.yaml").touch()
    made = commit(file, "Look at the queue first\n\n#1 is not a comment")
    assert made.branch == "main"
    assert run(root, "show", "--name-only", "--format=%h %an", "HEAD").split("\n") == [
        f"{made.id} Mira", "", "routines/our *morning.yaml", "",
    ]  # fmt: skip
    assert "#1 is not a comment" in run(root, "log", "-1", "--format=%B")
    assert run(root, "diff", "--cached", "--name-only") == "new.txt\nother.txt\n"
    assert '?? "routines/our second' in run(root, "status", "--porcelain")
    assert state(file) is FileState.COMMITTED


def test_what_is_staged_of_the_file_itself_is_committed_as_it_stands_on_the_disk(root: Path, file: Path) -> None:
    run(root, "add", ".")
    file.write_text("routine: later\n", encoding="utf-8")
    commit(file, "Add")
    assert run(root, "show", "HEAD:routines/our *morning.yaml") == "routine: later\n"


def test_the_first_commit_of_a_checkout_can_be_a_routine(tmp_path: Path) -> None:
    (folder := tmp_path / "fresh").mkdir()
    run(folder, "init", "--quiet", "--initial-branch=trunk")
    run(folder, "config", "user.name", "Mira")
    run(folder, "config", "user.email", "mira@example.org")
    (path := folder / "a.yaml").touch()
    assert commit(path, "Begin").branch == "trunk"


def test_nothing_to_commit_is_told(root: Path, file: Path) -> None:
    commit(file, "Add")
    with pytest.raises(GitError, match="there is nothing to commit"):
        commit(file, "Again")


def test_a_hook_that_refuses_is_told_masked_and_leaves_all_as_it_was(root: Path, file: Path) -> None:
    hook(root, "pre-commit", "echo 'routines must be reviewed'; echo 'password=hunter2hunter2' >&2; exit 1")
    with pytest.raises(
        GitError, match=r"or a hook of it, refused the commit: .*routines must be reviewed"
    ) as told:
        commit(file, "Add")
    assert "hunter2" not in str(told.value)
    assert state(file) is FileState.NEW
    assert run(root, "diff", "--cached", "--name-only") == ""
    assert run(root, "rev-list", "--count", "HEAD") == "1\n"


def test_a_hook_runs_in_the_file_s_checkout_with_nobody_to_ask(
    root: Path, file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever repository this process was started in, as by a hook of its own."""
    run(tmp_path, "init", "--quiet", "elsewhere")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    hook(root, "pre-commit", 'read line && exit 1; echo "prompt $GIT_TERMINAL_PROMPT, editor $GIT_EDITOR"; exit 1')
    with pytest.raises(GitError, match="prompt 0, editor :"):
        commit(file, "Add")
    hook(root, "pre-commit", "exit 0")
    commit(file, "Add")
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert run(root, "log", "-1", "--format=%s") == "Add\n"


def test_a_hook_that_waits_for_ever_is_stopped(root: Path, file: Path) -> None:
    hook(root, "pre-commit", "sleep 600")
    with pytest.raises(GitError, match=r"git took longer than .* and was stopped"):
        commit(file, "Add", patience=0.5)
    hook(root, "pre-commit", "exit 0")
    commit(file, "Add")


def test_without_an_identity_it_is_told_what_to_set(root: Path, file: Path) -> None:
    run(root, "config", "--unset", "user.name")
    run(root, "config", "--unset", "user.email")
    run(root, "config", "user.useConfigOnly", "true")
    with pytest.raises(GitError, match=r"git does not know who commits: set git config user\.name"):
        commit(file, "Add")
    assert state(file) is FileState.NEW


def test_a_commit_that_would_belong_to_no_branch_is_refused(root: Path, file: Path) -> None:
    run(root, "checkout", "--quiet", "--detach")
    found = in_git(file)
    assert found
    assert found.branch is None
    assert not found.can_be_committed
    with pytest.raises(GitError, match="no branch is checked out"):
        commit(file, "Add")


def test_a_merge_that_is_not_finished_is_told(root: Path, file: Path) -> None:
    commit(file, "Add")
    run(root, "checkout", "--quiet", "-b", "side")
    file.write_text("routine: side\n", encoding="utf-8")
    commit(file, "Side")
    run(root, "checkout", "--quiet", "main")
    file.write_text("routine: main\n", encoding="utf-8")
    commit(file, "Main")
    subprocess.run(["git", "merge", "--quiet", "side"], cwd=root, check=False, capture_output=True)
    assert state(file) is FileState.UNMERGED
    with pytest.raises(GitError, match="merge that is not finished"):
        commit(file, "Again")
    run(root, "add", ".")
    with pytest.raises(GitError, match="is under way in this checkout"):
        commit(file, "Again")


def test_a_checkout_of_somebody_else_is_told(root: Path, file: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a checkout to somebody else")
    for path in (root, root / ".git"):
        os.chown(path, 65534, 65534)
    with pytest.raises(GitError, match=r"git does not trust the checkout .* safe\.directory"):
        in_git(file)


def test_a_bare_repository_is_no_checkout(tmp_path: Path) -> None:
    run(tmp_path, "init", "--quiet", "--bare", "bare/.git")
    (path := tmp_path / "bare" / "a.yaml").touch()
    (path_inside := tmp_path / "bare" / ".git" / "a.yaml").touch()
    assert in_git(path) is None
    assert in_git(path_inside) is None


def test_a_broken_checkout_is_told_in_git_s_words(root: Path, file: Path) -> None:
    (root / ".git" / "config").write_text("[broken", encoding="utf-8")
    with pytest.raises(GitError, match=r"git could not look at the folder: .*config"):
        in_git(file)


def test_without_git_it_is_told(root: Path, file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="git is not installed here"):
        in_git(file)


def test_a_link_is_committed_where_it_leads(root: Path, file: Path, tmp_path: Path) -> None:
    (link := tmp_path / "link.yaml").symlink_to(file)
    found = in_git(link)
    assert found
    assert found.root == root.resolve()
    commit(link, "Add")
    assert state(file) is FileState.COMMITTED


def test_the_proposed_message_says_why_then_what() -> None:
    routine = find_routine("front-door").model_copy(
        update={
            "version": 4,
            "by": "Mira",
            "because": "The queue comes first, since it fills before the rest is slow",
        }
    )
    assert proposed_message(routine) == f"{routine.because}\n\nThe front door, version 4, by Mira"
    longer = routine.model_copy(update={"because": "word " * 30})
    subject, _, rest = proposed_message(longer).partition("\n\n")
    assert len(subject) <= 72
    assert rest.startswith("word")
    assert proposed_message(routine.model_copy(update={"because": None})).startswith("Change The front door\n\n")
