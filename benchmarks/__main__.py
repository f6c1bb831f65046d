"""Everything DESIGN promises of speed, beside what people use today: `scripts/bench [PART…]`.

Ends with 1 where a target is missed. What could not run here is told and left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks import report
from benchmarks.result import Finding, Missing, Target

PARTS = {
    "logs": "benchmarks.logs",
    "kubernetes": "benchmarks.cluster",
    "prometheus": "benchmarks.prometheus",
    "routine": "benchmarks.routine",
    "walking": "benchmarks.walking",
    "library": "benchmarks.library",
    "compare": "benchmarks.comparing",
    "room": "benchmarks.room",
    "importing": "benchmarks.importing",
    "completion": "benchmarks.completion",
}
README = Path(__file__).with_name("README.md")


def main(arguments: Sequence[str]) -> int:
    asked = _arguments(arguments)
    print(report.machine(), end="\n\n")
    findings: list[Finding] = []
    for part in asked.parts or PARTS:
        found = measure(part, rounds=asked.rounds, small=asked.small)
        findings += found
        print(f"## {part}\n\n{report.tables(found)}\n", flush=True)
        if asked.write:
            report.write(README, part, f"{report.machine()}\n\n{report.tables(found)}")
    for problem in problems(findings):
        print(problem, file=sys.stderr)
    if asked.small:
        print("Tiny inputs: all of it works; what it says of speed means nothing.", file=sys.stderr)
        return 0
    return int(any(isinstance(each, Target) and not each.met for each in findings))


def problems(findings: Sequence[Finding]) -> list[str]:
    """One line for each promise that is missed, and for all that could not be measured."""
    told = []
    for each in findings:
        if isinstance(each, Missing):
            told.append(report.left_out(each))
        elif isinstance(each, Target) and not each.met:
            told.append(report.missed(each))
    return told


def measure(part: str, *, rounds: int, small: bool) -> list[Finding]:
    """What the part of this name found."""
    found: list[Finding] = import_module(PARTS[part]).measure(rounds, small)
    return found


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("parts", metavar="PART", nargs="*", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run, in turn; 3 by default")
    parser.add_argument("--small", action="store_true", help="tiny inputs: whether it works, not how fast it is")
    parser.add_argument("--write", action="store_true", help="put the tables into benchmarks/README.md, too")
    asked = parser.parse_args(arguments)
    unknown = [part for part in asked.parts if part not in PARTS]
    if unknown or asked.rounds < 1:
        parser.error(f"no part is called {unknown[0]}" if unknown else "one round at least")
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
