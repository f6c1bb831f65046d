"""A matrix keeps each person's marks, hides them while it is blind, and says where they differ."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from vistas.practice import Notebooks, Stamp
from vistas.practice.landscape.dependencies import Dependency, LookReference, Through
from vistas.practice.matrix import Cell, Hardness, Matrix
from vistas.practice.matrix.changes import ChangeKind, compare
from vistas.practice.matrix.entries import (
    Believed,
    BlindBegan,
    CellNoticed,
    CellNoticeTakenBack,
    ElementAdded,
    ElementRemoved,
    ElementRenamed,
    MarksRevealed,
    MatrixEntry,
    ObservedAttached,
    Ordered,
    Pinned,
)
from vistas.practice.matrix.observed import match
from vistas.practice.matrix.questions import questions
from vistas.vista import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DOOR, SHOP, BASE = (UUID(int=number) for number in range(1, 4))
ADDED = (
    ElementAdded(id=DOOR, name="door"),
    ElementAdded(id=SHOP, name="shop"),
    ElementAdded(id=BASE, name="base"),
)
HOW = st.one_of(st.none(), st.sampled_from(Hardness))
ELEMENT = st.sampled_from([DOOR, SHOP, BASE, UUID(int=9)])
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["Ada", "Ben", "Cem"]),
        st.one_of(
            st.builds(Believed, needs=ELEMENT, needed=ELEMENT, how=HOW),
            st.builds(
                CellNoticed, id=st.uuids(version=4), needs=ELEMENT, needed=ELEMENT, text=st.just("seen once")
            ),
            st.builds(ElementRemoved, id=ELEMENT),
            st.builds(ElementAdded, id=ELEMENT, name=st.sampled_from(["door", "shop", "queue"])),
            st.builds(ElementRenamed, id=ELEMENT, name=st.sampled_from(["door", "shop", "queue"])),
            st.builds(Ordered, elements=st.lists(ELEMENT).map(tuple)),
        ),
    ),
    max_size=25,
)


def after(matrix: Matrix, *told: tuple[str, MatrixEntry]) -> Matrix:
    for number, (by, entry) in enumerate(told, start=1):
        matrix = entry.apply(matrix, Stamp(number, NOW + timedelta(seconds=number), by))
    return matrix


def begun(*told: tuple[str, MatrixEntry]) -> Matrix:
    return after(Matrix(), *(("Ada", entry) for entry in ADDED), *told)


def believes(how: Hardness | None, cell: Cell = (DOOR, SHOP)) -> Believed:
    return Believed(needs=cell[0], needed=cell[1], how=how)


def seen(needs: str, needed: str) -> Dependency:
    return Dependency(needs, needed, (next(iter(Through)),), (LookReference("door", "routes", "cluster"),))


@given(ENTRIES)
def test_names_stay_apart_and_the_diagonal_empty(told: list[tuple[str, MatrixEntry]]) -> None:
    """Whatever is written: no element twice, no name twice, no mark of an element with itself."""
    matrix = begun(*told)
    assert len({each.id for each in matrix.elements}) == len(matrix.elements)
    assert len({each.name.casefold() for each in matrix.elements}) == len(matrix.elements)
    assert all(needs != needed for marks in matrix.beliefs.values() for needs, needed in marks)


@given(ENTRIES)
def test_blind_shows_nobody_anything_of_others(told: list[tuple[str, MatrixEntry]]) -> None:
    """Neither marks nor notices, nor what is observed; and what is one's own in full."""
    matrix = after(begun(*told), ("Ada", ObservedAttached(vista=UUID(int=7))), ("Ada", BlindBegan()))
    for person in ("Ada", "Ben", "Dora"):
        shown = matrix.seen_by(person)
        assert set(shown.beliefs) <= {person}
        assert shown.beliefs.get(person) == matrix.beliefs.get(person)
        assert all(notice.by == person for notice in shown.notices)
        assert shown.observed is None
    assert after(matrix, ("Ben", MarksRevealed())).seen_by("Dora").beliefs == matrix.beliefs


@given(ENTRIES)
def test_each_entry_written_twice_does_what_it_does_once(told: list[tuple[str, MatrixEntry]]) -> None:
    twice = [each for each in told for _ in range(2)]
    assert begun(*twice).elements == begun(*told).elements
    assert begun(*twice).beliefs == begun(*told).beliefs


def test_the_newest_mark_of_a_person_counts() -> None:
    matrix = begun(("Ada", believes(Hardness.STOPS)), ("Ben", believes(Hardness.SLOWS)), ("Ada", believes(None)))
    assert matrix.marks((DOOR, SHOP)) == {"Ben": Hardness.SLOWS}
    assert matrix.spread((DOOR, SHOP)) == ((Hardness.SLOWS, 1), (None, 1))


def test_a_removed_element_comes_back_with_its_marks() -> None:
    matrix = begun(("Ada", believes(Hardness.STOPS)), ("Ben", ElementRemoved(id=SHOP)))
    assert (DOOR, SHOP) not in set(matrix.cells())
    back = after(matrix, ("Ben", ElementAdded(id=new_id(), name="Shop")))
    assert back.hardest((DOOR, SHOP)) is Hardness.STOPS


def test_a_notice_is_changed_and_taken_back_by_its_author_alone() -> None:
    notice = CellNoticed(id=new_id(), needs=DOOR, needed=SHOP, text="since the move")
    other = notice.model_copy(update={"text": "not so"})
    matrix = begun(("Ada", notice), ("Ben", other), ("Ben", CellNoticeTakenBack(id=notice.id)))
    assert [(each.by, each.text) for each in matrix.notices] == [("Ada", "since the move")]
    assert not after(matrix, ("Ada", CellNoticeTakenBack(id=notice.id))).notices


def test_ordering_keeps_those_that_it_does_not_name() -> None:
    matrix = begun(("Ben", Ordered(elements=(BASE, UUID(int=9), DOOR))))
    assert [each.name for each in matrix.shown] == ["base", "door", "shop"]


def test_agreement_is_no_question() -> None:
    matrix = begun(("Ada", believes(Hardness.STOPS)), ("Ben", believes(Hardness.STOPS)))
    assert questions(matrix, match(matrix, [seen("door", "shop")])) == ()


def test_what_is_observed_and_unmarked_comes_before_what_is_far_apart_before_what_is_near() -> None:
    matrix = begun(
        ("Ada", believes(Hardness.STOPS, (DOOR, SHOP))),
        ("Ben", believes(Hardness.DEGRADES, (DOOR, SHOP))),
        ("Ada", believes(Hardness.STOPS, (DOOR, BASE))),
        ("Ben", believes(Hardness.SLOWS, (DOOR, BASE))),
    )
    found = questions(
        matrix, match(matrix, [seen("web/shop", "base"), seen("door", "shop"), seen("door", "base")])
    )
    assert [each.cell for each in found] == [(SHOP, BASE), (DOOR, BASE), (DOOR, SHOP)]
    assert found[0].prompt == "What happens to shop when base is gone?"
    assert found[1].observation.startswith("One: stops us; one: only slows us.")
    assert found[1].prompt == "When base is gone: does it stop door, or only slow it? What have you seen?"


def test_a_hard_need_that_nothing_shows_is_asked_about_only_where_both_are_seen() -> None:
    matrix = begun(("Ada", believes(Hardness.STOPS)))
    assert questions(matrix, match(matrix, [seen("door", "elsewhere")])) == ()
    (found,) = questions(matrix, match(matrix, [seen("door", "base"), seen("shop", "base")]))[2:]
    assert found.observation == "One: stops us. Nothing that was looked at shows it."


def test_nobody_is_named_in_a_question() -> None:
    matrix = begun(("Ada", believes(Hardness.STOPS)), ("Ben", believes(Hardness.UNSURE)))
    (found,) = questions(matrix)
    assert "Ada" not in found.observation + found.prompt
    assert "Ben" not in found.observation + found.prompt


@given(ENTRIES, st.text(min_size=1, max_size=80).filter(str.strip))
def test_questions_fit_an_agenda_and_come_weightiest_first(told: list[tuple[str, MatrixEntry]], name: str) -> None:
    matrix = begun(*told, ("Ada", ElementRenamed(id=SHOP, name=name)))
    found = questions(matrix, match(matrix, [seen("door", "base"), seen("shop", "door")]))
    assert [each.weight for each in found] == sorted((each.weight for each in found), reverse=True)
    assert all(matrix.is_open(each.cell) for each in found)


def test_a_name_that_means_two_elements_is_matched_with_neither() -> None:
    matrix = begun(("Ada", ElementRenamed(id=SHOP, name="a/web")), ("Ada", ElementRenamed(id=BASE, name="web")))
    assert set(match(matrix, [seen("door", "a/web"), seen("door", "b/web")]).cells) == {(DOOR, SHOP), (DOOR, BASE)}


def test_versions_are_compared_by_what_appeared_went_and_hardened(notebooks: Notebooks) -> None:
    matrices = notebooks.matrices
    journal = matrices.begin(
        "Path",
        *ADDED,
        believes(Hardness.SLOWS),
        believes(Hardness.STOPS, (SHOP, BASE)),
        Pinned(name="spring"),
        by="Ada",
        at=NOW,
    )
    matrices.write(
        journal,
        believes(Hardness.STOPS),
        believes(None, (SHOP, BASE)),
        ElementAdded(id=new_id(), name="queue"),
        believes(Hardness.UNSURE, (BASE, DOOR)),
        by="Ada",
        at=NOW,
    )
    newest = matrices.read(journal)
    (pin,) = newest.pins
    found = compare(matrices.as_of(journal, pin.number), newest)
    assert [(each.sort, each.text) for each in found] == [
        (ChangeKind.APPEARED, "queue was added"),
        (ChangeKind.APPEARED, "base needs door: don't know"),
        (ChangeKind.WENT, "shop needs base: no longer “stops us”"),
        (ChangeKind.HARDENED, "door needs shop: “only slows us” became “stops us”"),
    ]
    assert compare(newest, newest) == ()


def test_a_matrix_is_found_by_its_elements_but_not_by_what_is_blind(notebooks: Notebooks) -> None:
    notice = CellNoticed(id=new_id(), needs=DOOR, needed=SHOP, text="zebra")
    journal = notebooks.matrices.begin("Path", *ADDED, BlindBegan(), notice, by="Ada", at=NOW)
    assert [head.id for head in notebooks.matrices.find("shop")] == [journal]
    assert notebooks.matrices.find("zebra") == ()
    notebooks.matrices.write(journal, MarksRevealed(), by="Ben", at=NOW)
    assert [head.id for head in notebooks.matrices.find("zebra")] == [journal]
