"""`vistas logs` takes no more memory for a long log than for a short one, however odd its lines are."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

MEASURED = """if True:
    import resource, sys
    from connectors.ingress.origins import blocks, files
    from connectors.ingress.reading import parsing
    blocks.BLOCK = files.BLOCK = 1 << 20
    parsing.PART = 1 << 18
    from vistas.command_line import run
    run(["logs", sys.argv[1], "--json", "--top", "3"])
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
"""With small blocks, so that a short log has many of them, too."""
FLAT = 1.65
"""A short log does not fill every table yet; from there on there is no more to fill."""


def odd_lines(path: Path, count: int) -> None:
    """No two are alike: a third fits nothing, the others differ in path, client, service, upstream and status."""
    letters = random.Random(count)  # noqa: S311
    with path.open("w") as file:
        for number in range(count):
            word = "".join(letters.choices("abcdefghijklmnopqrstuvwxyz", k=12))
            if number % 3 == 0:
                file.write(f"{word} happened to {word[::-1]} {'y' * (number % 200)}\n")
            else:
                file.write(
                    f"10.{number % 250}.{number // 250 % 250}.7 - - [22/Nov/2026:06:{number % 60:02d}:00 +0000] "
                    f'"GET /{word}/{word[::-1]} HTTP/1.1" {200 + number % 400} 12 "-" "curl" 94 '
                    f"0.{number % 1000:03d} [{word}-80] [] 10.0.{number % 250}.7:80 5 0.010 200 {number:x}\n"
                )


def peak(path: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True, cwd=path.parent
    )
    return int(done.stderr.split()[-1])


@pytest.mark.slow("memory shows with half a million lines")
def test_memory_is_flat(tmp_path: Path) -> None:
    short, long = tmp_path / "short.log", tmp_path / "long.log"
    odd_lines(short, 120_000)
    odd_lines(long, 480_000)
    assert peak(long) < FLAT * peak(short)
