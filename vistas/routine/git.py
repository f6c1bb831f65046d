"""The git checkout that a routine file may be in, by the person's own git: its hooks, signing and identity.

One file is looked at, added and committed. Nothing is pushed, pulled, merged or forced.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from vistas.errors import GitError
from vistas.redaction.doors import masked
from vistas.routine.model import Routine

PATIENCE, PATIENCE_WITH_HOOKS = 10.0, 120.0
"""Seconds."""
_MOST_SAID: Final = 2000
_SUBJECT: Final = 72
_OF_A_REPOSITORY: Final = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT", "GIT_INTERNAL_SUPER_PREFIX", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE",
    "GIT_QUARANTINE_PATH", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS", "GIT_TRACE",
)  # fmt: skip
"""What would make git look elsewhere than at the file's own checkout."""


class FileState(StrEnum):
    """How a file differs from what was committed last."""

    NEW = "not in git yet"
    CHANGED = "changed since the last commit"
    COMMITTED = "committed"
    IGNORED = "ignored by git"
    UNMERGED = "in a merge that is not finished"


@dataclass(frozen=True, slots=True)
class InGit:
    """A file in a checkout. `branch` is None where none is checked out."""

    path: Path
    root: Path
    state: FileState
    branch: str | None

    @property
    def name(self) -> str:
        return str(self.path.relative_to(self.root))

    @property
    def can_be_committed(self) -> bool:
        return self.state in {FileState.NEW, FileState.CHANGED} and self.branch is not None


@dataclass(frozen=True, slots=True)
class Commit:
    """`said` is what git and its hooks wrote, masked."""

    id: str
    branch: str
    said: str


def in_git(file: Path) -> InGit | None:
    """Where the file is in git; None where it is in no checkout. GitError where git cannot say."""
    path = Path(os.path.realpath(file))
    if not any((folder / ".git").exists() for folder in path.parents):
        return None
    found = _run(path.parent, "rev-parse", "--is-inside-work-tree", "--show-toplevel")
    inside, _, root = found.out.removesuffix("\n").partition("\n")
    if found.code or inside != "true":
        _refuse_doubtful(path, found)
        return None
    told = _run(
        path.parent,
        "status",
        "--porcelain=v2",
        "-z",
        "--branch",
        "--untracked-files=all",
        "--ignored",
        "--",
        path.name,
    )
    if told.code:
        raise _failed("git could not look at the file", told)
    branch, state = _read_status(told.out.split("\0"))
    return InGit(path, Path(root), state, branch)


def _refuse_doubtful(path: Path, found: _Ran) -> None:
    """GitError where git did not say that there is no checkout."""
    if "dubious ownership" in found.said:
        raise GitError(
            f"git does not trust the checkout of {path.name}, since it belongs to somebody else: "
            "git config --global --add safe.directory tells it to"
        )
    if found.code and "not a git repository" not in found.said and "must be run in a work tree" not in found.said:
        raise _failed("git could not look at the folder", found)


def _read_status(records: list[str]) -> tuple[str | None, FileState]:
    """Of `git status --porcelain=v2 -z --branch` for one file."""
    branch, state = None, FileState.COMMITTED
    kinds = {
        "1": FileState.CHANGED,
        "2": FileState.CHANGED,
        "u": FileState.UNMERGED,
        "?": FileState.NEW,
        "!": FileState.IGNORED,
    }
    for record in records:
        if record.startswith("# branch.head "):
            branch = record.removeprefix("# branch.head ")
        elif record[1:2] == " " and record[0] in kinds:
            state = kinds[record[0]]
            if record.startswith("1 A"):
                state = FileState.NEW
    return (None if branch == "(detached)" else branch), state


def commit(file: Path, message: str, *, patience: float = PATIENCE_WITH_HOOKS) -> Commit:
    """The file, and nothing else, in a commit of its own; what else is staged stays staged.

    GitError says in a person's words why there is none. What git already knew of the file is as before then.
    """
    found = in_git(file)
    if found is None:
        raise GitError(f"{file} is in no git checkout")
    _refuse(found)
    folder, name = found.path.parent, found.path.name
    was_new = not _run(folder, "ls-files", "--", name).out
    if was_new and (added := _run(folder, "add", "--", name)).code:
        raise _failed("git could not add the file", added)
    made = _run(folder, "commit", "--quiet", "--file=-", "--", name, said=message, patience=patience)
    if made.code:
        if was_new:
            _run(folder, "rm", "--cached", "--quiet", "--", name)
        raise _not_committed(made)
    known = _run(folder, "rev-parse", "--short", "HEAD").out.strip()
    return Commit(known, found.branch or "", masked(made.said.strip()))


def _refuse(found: InGit) -> None:
    reasons = {
        FileState.COMMITTED: "there is nothing to commit: the file is as in the last commit",
        FileState.IGNORED: "git is told to ignore the file (.gitignore)",
        FileState.UNMERGED: "the file is in a merge that is not finished: finish it first",
    }
    if found.state in reasons:
        raise GitError(reasons[found.state])
    if found.branch is None:
        raise GitError("no branch is checked out (detached HEAD): a commit would belong to none")


def _not_committed(made: _Ran) -> GitError:
    said = made.said
    if "tell me who you are" in said or "identity unknown" in said or "no email was given" in said:
        return GitError(
            "git does not know who commits: set git config user.name and user.email for whoever runs this"
        )
    if "during a merge" in said or "during a cherry-pick" in said or "during a rebase" in said:
        return GitError("a merge, rebase or cherry-pick is under way in this checkout: finish it first")
    if "index.lock" in said:
        return GitError("another git is at work in this checkout: try again in a moment")
    return _failed("git, or a hook of it, refused the commit", made)


def proposed_message(routine: Routine) -> str:
    """Why, as the subject; then which version of what, and by whom."""
    because = " ".join((routine.because or f"Change {routine.title}").split())
    subject, rest = because, ""
    if len(because) > _SUBJECT:
        cut = because.rfind(" ", 0, _SUBJECT)
        cut = cut if cut > 0 else _SUBJECT
        subject, rest = because[:cut], f"\n\n{because[cut:].strip()}"
    by = f", by {routine.by}" if routine.by else ""
    return f"{subject}{rest}\n\n{routine.title}, version {routine.version}{by}"


# how git is run


@dataclass(frozen=True, slots=True)
class _Ran:
    """`said` is the end of what it wrote to both."""

    code: int
    out: str
    said: str


def _run(folder: Path, *arguments: str, said: str = "", patience: float = PATIENCE) -> _Ran:
    """Without a terminal, an editor or a pager. GitError where there is no git, or it takes too long."""
    command = ["git", "--no-pager", "--literal-pathspecs", "-C", str(folder), *arguments]
    with TemporaryFile() as out, TemporaryFile() as told, TemporaryFile() as given:
        given.write(said.encode())
        given.seek(0)
        try:
            running = subprocess.Popen(
                command, stdin=given, stdout=out, stderr=told, env=_environment(os.environ), start_new_session=True
            )
        except FileNotFoundError as error:
            raise GitError("git is not installed here") from error
        except OSError as error:
            raise GitError(f"git could not be started: {error.strerror}") from error
        try:
            code = running.wait(patience)
        except subprocess.TimeoutExpired as late:
            _stop(running)
            raise GitError(f"git took longer than {patience:.0f} seconds and was stopped") from late
        written, errors = _end_of(out), _end_of(told)
    return _Ran(code, written, f"{written}{errors}")


def _end_of(file: BinaryIO) -> str:
    """However much a hook wrote."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _MOST_SAID))
    return file.read().decode("utf-8", errors="replace")


def _stop(running: subprocess.Popen[bytes]) -> None:
    """With all that it started, as a hook that waits. Git takes its locks away when it is asked to stop."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(running.pid, how)
        with suppress(subprocess.TimeoutExpired):
            running.wait(2)
            return


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in ours.items() if name not in _OF_A_REPOSITORY}
    return kept | {
        "LC_ALL": "C.UTF-8",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_EDITOR": "false",
        "GIT_PAGER": "cat",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_MERGE_AUTOEDIT": "no",
    }


def _failed(what: str, ran: _Ran) -> GitError:
    said = " · ".join(_lines(ran.said))
    return GitError(masked(f"{what}: {said}" if said else f"{what}, and does not say why"))


def _lines(said: str) -> Iterator[str]:
    for line in said.strip().split("\n")[-8:]:
        if line.strip():
            yield line.strip()
