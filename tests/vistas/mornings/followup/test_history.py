"""A notice's own history: what became of it on one morning after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.vistas.mornings.followup.mornings import FRIDAY, LOG, THURSDAY, morning, notice, pattern, patterns
from vistas.mornings.followup import Outcome, follow_all, follow_through
from vistas.store import Place, Search, Store
from vistas.vista import Vista


def test_a_notice_has_a_history_over_mornings() -> None:
    then = morning(THURSDAY, {LOG: patterns(gone=5)})
    later = [
        morning(THURSDAY + timedelta(days=days), {LOG: patterns(**lines)})
        for days, lines in ((1, {"gone": 2}), (2, {"other": 1}))
    ]
    seen = list(follow_through(notice(pattern("gone")), then, later))
    assert [each.found.sentence for each in seen] == [
        "5 lines then, 2 on 20 November",
        "5 lines then, none on 21 November",
    ]
    assert [each.vista for each in seen] == [each.id for each in later]


def test_a_history_holds_one_morning_at_a_time() -> None:
    asked: list[int] = []

    def mornings() -> Iterator[Vista]:
        for number in range(3):
            asked.append(number)
            yield morning(FRIDAY, {LOG: patterns(gone=number + 1)})

    seen = follow_through(notice(pattern("gone")), morning(THURSDAY, {LOG: patterns(gone=5)}), mornings())
    next(seen)
    assert asked == [0]


def test_over_a_year_the_day_is_said_with_its_year() -> None:
    then = morning(THURSDAY, {LOG: patterns(gone=5)})
    (seen,) = follow_through(notice(pattern("gone")), then, [morning(THURSDAY + timedelta(days=50), {})])
    assert seen.found.sentence.endswith("this look was not gathered on 8 January 2027")


def test_mornings_come_out_of_a_store_as_they_are_asked_for(tmp_path: Path) -> None:
    """From the notices at a stop to what became of each: what a page does."""
    store = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    first = notice(pattern("gone"))
    for days, lines in enumerate((5, 2, 0)):
        end = THURSDAY + timedelta(days=days)
        made = morning(end, {LOG: patterns(gone=lines) if lines else patterns(other=1)}, saved_at=end)
        store.put(replace(made, notices=(first,)) if not days else made)
    (earlier,) = store.earlier_notices(Place("r", "night", "log"), before=FRIDAY)
    later = [each.id for each in store.library(Search(routine="r", since=FRIDAY)).vistas]
    seen = follow_through(earlier.notice, store.vista(earlier.vista), map(store.vista, reversed(later)))
    assert [each.found.outcome for each in seen] == [Outcome.FOUND, Outcome.GONE]
    store.close()


def test_all_notices_of_a_vista_are_followed_in_their_order() -> None:
    then, now = (morning(end, {LOG: patterns(a=1, b=2)}) for end in (THURSDAY, FRIDAY))
    notices = [notice(pattern(text)) for text in "ba"]
    assert [each.notice for each in follow_all(notices, then, now)] == [each.id for each in notices]
