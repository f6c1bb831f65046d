"""scripts/run and scripts/test find or make their environment, and say plainly why they cannot."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
SHELLS = [shell for shell in ("/bin/dash", "/bin/bash", "/bin/sh") if Path(shell).exists()]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A project of nothing but its scripts, in a folder with a space in its name."""
    folder = tmp_path / "morning vistas"
    shutil.copytree(PROJECT / "scripts", folder / "scripts")
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        (folder / name).write_text(f"as of {name}\n")
    return folder


def program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def run(
    checkout: Path, *arguments: str, shell: str = "/bin/sh", path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """scripts/run from another folder; with `path`, only the programs there and the plainest of the system."""
    environ = {**os.environ, "PATH": f"{path}:{plain_tools(path.parent)}"} if path else dict(os.environ)
    return subprocess.run(
        [shell, str(checkout / "scripts" / "run"), *arguments],
        env=environ,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )


def plain_tools(folder: Path) -> Path:
    """What a fresh machine has for certain; no Python, no uv."""
    tools = folder / "tools"
    if not tools.exists():
        tools.mkdir()
        for name in ("cat", "cksum", "dirname", "rm", "env"):
            (tools / name).symlink_to(shutil.which(name) or name)
    return tools


def stamp(checkout: Path, lock: str) -> None:
    """What scripts/environment itself says an environment made from `lock` is stamped with."""
    script = f'. "$1/scripts/environment"; made_from {lock} > "$stamp"'
    subprocess.run(["/bin/sh", "-c", script, str(checkout / "scripts" / "run"), str(checkout)], check=True)


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_environment_that_fits_is_used_as_it_is(checkout: Path, shell: str, lock: str) -> None:
    """A second start installs nothing, and passes its arguments on, whichever of the two locks made it."""
    program(checkout / ".venv" / "bin" / "python", "exit 99")
    program(checkout / ".venv" / "bin" / "vistas", 'printf "%s|" "$@"')
    stamp(checkout, lock)
    done = run(checkout, "--port", "8600", "a b", shell=shell)
    assert (done.returncode, done.stdout, done.stderr) == (0, "open|--port|8600|a b|", "")


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_environment_is_made_anew_when_what_it_is_made_from_changes(
    checkout: Path, tmp_path: Path, changed: str
) -> None:
    program(checkout / ".venv" / "bin" / "python", "exit 99")
    stamp(checkout, "requirements.lock")
    (checkout / changed).write_text("something else\n")
    programs = tmp_path / "programs"
    program(programs / "uv", 'echo "uv $*"; exit 7')
    done = run(checkout, path=programs)
    assert done.returncode == 7
    assert "Setting up the environment" in done.stderr
    assert "uv venv" in done.stdout


def test_environment_half_made_is_not_trusted(checkout: Path, tmp_path: Path) -> None:
    """Where installing fails or is interrupted, the next start begins again."""
    programs = tmp_path / "programs"
    program(programs / "uv", '[ "$1" = venv ] || exit 7')
    for _ in range(2):
        assert run(checkout, path=programs).returncode == 7
        assert not (checkout / ".venv" / ".made-from").exists()


def old_python(version: str, *, new_enough: bool) -> str:
    """A program that answers what scripts/environment asks a Python, and knows no ensurepip."""
    return f"""case "$2" in
        *print*) echo {version} ;;
        *version_info*) exit {0 if new_enough else 1} ;;
        *) exit 1 ;;
    esac"""


def test_too_old_a_python_is_told(checkout: Path, tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    program(programs / "python3", old_python("3.9", new_enough=False))
    done = run(checkout, path=programs)
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed. Here python3 is 3.9; install a newer one, or uv" in done.stderr


def test_no_python_at_all_is_told(checkout: Path, tmp_path: Path) -> None:
    done = run(checkout, path=tmp_path / "programs")
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed; install a newer one, or uv" in done.stderr


def test_python_without_venv_is_told_with_its_remedy(checkout: Path, tmp_path: Path) -> None:
    """As Debian ships it."""
    programs = tmp_path / "programs"
    program(programs / "python3", old_python("3.13", new_enough=True))
    done = run(checkout, path=programs)
    assert done.returncode == 1
    assert "sudo apt install python3.13-venv" in done.stderr


@pytest.mark.parametrize("shell", SHELLS)
def test_checks_of_the_javascript_are_installed_once_for_each_lock(checkout: Path, shell: str) -> None:
    """By the Node that the environment holds, and again after an install that failed."""
    node = checkout / "a wheel"
    lock = checkout / "tests" / "javascript" / "package-lock.json"
    lock.parent.mkdir(parents=True)
    lock.write_text("one")
    program(checkout / ".venv" / "bin" / "python", f'echo "{node}"')
    need = f'set -eu; . "{checkout}/scripts/environment"; need_node_modules'

    def installs(script: str) -> list[str]:
        program(node / "bin" / "node", f'shift; echo "$1"; {script}')
        done = subprocess.run(
            [shell, "-c", need, f"{checkout}/scripts/test"], capture_output=True, text=True, check=False
        )
        return done.stdout.split()

    assert installs("exit 7") == ["ci"]
    assert installs("mkdir node_modules") == ["ci"]
    assert installs("exit 7") == []
    lock.write_text("another")
    assert installs("rm -r node_modules; mkdir node_modules") == ["ci"]
    assert installs("exit 7") == []


@pytest.mark.parametrize(
    "script",
    ["scripts/run", "scripts/test", "scripts/check-javascript", "scripts/bench", "scripts/servers", ".ci/run"],
)
def test_script_can_be_run(script: str) -> None:
    assert os.access(PROJECT / script, os.X_OK)
