"""What was measured, as it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import PARTS, main, problems
from benchmarks.report import tables, write
from benchmarks.result import Measured, Missing, Target, in_turn, times_as_long

OURS = Measured("1,000 lines", "ours", (0.25, 0.5, 0.2), (0.4, 0.4, 0.4), 1_000, "lines", 90_000_000, 70_000_000)
PEER = Measured("1,000 lines", "peer", (2.0, 6.0, 1.4))
MISSED = Target("lines/s of peer", 8.0, "at least", 15)


@pytest.mark.parametrize(
    ("measured", "direction", "met"),
    [
        (15.0, "at least", True),
        (14.9, "at least", False),
        (15.0, "at most", True),
        (15.1, "at most", False),
        (float("nan"), "at least", False),
        (float("nan"), "at most", False),
    ],
)
def test_a_target_is_met_at_its_limit(measured: float, direction: str, met: bool) -> None:
    assert Target("speed", measured, direction, 15).met is met


def test_contenders_take_turns() -> None:
    """A busy minute is shared by all of them."""
    ran: list[str] = []
    seconds = in_turn(2, {name: lambda name=name: ran.append(name) for name in "abc"})
    assert "".join(ran) == "abcabc"
    assert {name: len(taken) for name, taken in seconds.items()} == {"a": 2, "b": 2, "c": 2}


def test_ratios_are_taken_within_a_round() -> None:
    """The second round was slow for both, and says the same of them as the others nearly do."""
    assert times_as_long(PEER, OURS) == 8.0


def test_tables_tell_medians_rates_memory_and_verdicts() -> None:
    text = tables([OURS, PEER, MISSED, Target("memory", 1.2, "at most", 1.5), Missing("kubectl", "Not here.")])
    rows = {line for each in text.splitlines() if (line := " ".join(each.split()))}
    assert "| 1,000 lines | ours | 250 ms | 200 ms–500 ms | 4 k lines/s | 400 ms | 70 MB | 90 MB |" in rows
    assert "| 1,000 lines | peer | 2.00 s | 1.40 s–6.00 s | | | | |" in rows
    assert "| lines/s of peer | 8 × | at least 15 × | **MISSED** |" in rows
    assert "| memory | 1.2 × | at most 1.5 × | met |" in rows
    assert "LEFT OUT: kubectl. Not here." in rows


def test_columns_with_nothing_in_them_are_left_out() -> None:
    head = tables([PEER]).splitlines()[0]
    assert [cell.strip() for cell in head.strip("|").split("|")] == ["task", "by", "median", "fastest–slowest"]


def test_all_that_is_amiss_is_told_on_a_line_of_its_own() -> None:
    assert problems([OURS, MISSED, Missing("kubectl", "Not here.")]) == [
        "MISSED: lines/s of peer: 8 ×, promised at least 15 ×",
        "LEFT OUT: kubectl. Not here.",
    ]


def test_written_tables_take_the_place_of_older_ones(tmp_path: Path) -> None:
    """What stands around them stays; a part without a place comes last."""
    readme = tmp_path / "README.md"
    readme.write_text("# Benchmarks\n\nWords.\n", encoding="utf-8")
    for part, text in (("logs", "old"), ("library", r"with \1"), ("logs", "new")):
        write(readme, part, text)
    written = readme.read_text(encoding="utf-8")
    assert written.startswith("# Benchmarks\n\nWords.\n\n<!-- logs: ")
    assert "old" not in written
    assert written.index("new") < written.index(r"with \1")
    assert written.count("<!--") == 4


@pytest.mark.parametrize("arguments", [["flying"], ["logs", "flying"], ["--rounds", "0"]])
def test_wrong_use_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "scripts/bench: error:" in capsys.readouterr().err


def test_the_readme_has_a_place_for_every_part() -> None:
    readme = (Path(__file__).parents[2] / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert all(f"<!-- {part}: written by scripts/bench --write -->" in readme for part in PARTS)
