"""A dependency matrix as people work on it, in a session or by itself: grid or graph, and what to talk about."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import viewer
from dashboards.practice.matrix import elements, observation, versions
from dashboards.practice.matrix.graph import matrix_graph
from dashboards.practice.matrix.grid import ElementRow, matrix_grid
from dashboards.shared import process
from dashboards.state import now, session, zone
from dashboards.ui import words
from dashboards.writing import signed
from vistas.practice.matrix import Cell, CellNotice, Matrix
from vistas.practice.matrix.entries import BlindBegan, CellEntry, MarksRevealed, MatrixEntry
from vistas.practice.matrix.observed import Observed
from vistas.practice.matrix.questions import MatrixQuestion, questions
from vistas.practice.matrix.sequencing import Sequence, sequence

FIRST_QUESTIONS = 5
FEWEST = 2
"""Elements of which one can need another."""
CONVENTION = (
    "Rows need columns: a mark means that the row needs the column. In sequence, what is needed comes first: then "
    "marks below the diagonal are to be expected, and marks above it are feedback, part of a cycle (IR/FAD)."
)
HOW_TO_READ = (
    "What is on the left carries what is to its right. Thick lines: stops us; thin: degrades us; dashed: only "
    "slows us; dotted: observed, but marked by nobody."
)
AS_LISTED, IN_SEQUENCE, GRAPH = "As listed", "In sequence", "Graph"

OnAsk = Callable[[str], None]


def draw(journal: UUID, *, on_ask: OnAsk | None = None) -> None:
    """The matrix of this journal. `on_ask` takes a question up with the room; without it none is offered."""
    whole = process.notebooks().matrices.read(journal)
    matrix = whole.seen_by(viewer.name())
    observed = observation.observed_in(matrix)
    if len(matrix.shown) < FEWEST:
        elements.first_elements(journal, matrix)
        return
    found, needs = in_sequence(matrix, observed)
    asked = questions(matrix, observed)
    view = _tools(journal, whole, found)
    if view == GRAPH:
        matrix_graph(matrix, found, needs, key=f"matrix-graph-{journal}", observed=observed)
    else:
        _grid(journal, matrix, found if view == IN_SEQUENCE else None, observed, asked)
    st.markdown(f":small[:gray[{HOW_TO_READ if view == GRAPH else CONVENTION}]]")
    _cycles(matrix, found)
    _questions(journal, matrix, asked, on_ask)
    versions.draw(journal, whole)


def in_sequence(matrix: Matrix, observed: Observed) -> tuple[Sequence[UUID], tuple[Cell, ...]]:
    """The elements in sequence, and the needs that count for it: those marked, and those observed."""
    marked = set(matrix.needs())
    needs = tuple(cell for cell in matrix.cells() if cell in marked or cell in observed.cells)
    return sequence(matrix.names, needs), needs


def write(journal: UUID, *entries: MatrixEntry) -> None:
    process.notebooks().matrices.write(journal, *entries, **signed())


def _tools(journal: UUID, whole: Matrix, found: Sequence[UUID]) -> str:
    """What one can do with it; gives the view that is chosen."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="matrix-tools"):
        view = st.segmented_control(
            "View",
            (AS_LISTED, IN_SEQUENCE, GRAPH),
            default=AS_LISTED,
            required=True,
            label_visibility="collapsed",
            persist_state="session",
            key=f"matrix-view-{journal}",
        )
        elements.elements(journal, whole, found)
        observation.beside(journal, whole)
        _blind(journal, whole)
    return str(view)


def _blind(journal: UUID, whole: Matrix) -> None:
    if not whole.blind:
        st.button(
            "Mark blind",
            icon=":material/visibility_off:",
            type="tertiary",
            help="Everyone sees only their own marks, and no observations, until someone reveals them.",
            on_click=write,
            args=(journal, BlindBegan()),
            key="matrix-blind",
        )
        return
    marked = sum(1 for marks in whole.beliefs.values() if marks)
    people = words.count(marked, "person has", "people have")
    st.button(
        "Reveal",
        icon=":material/visibility:",
        type="primary",
        help="Shows everyone's marks to everyone.",
        on_click=write,
        args=(journal, MarksRevealed()),
        key="matrix-reveal",
    )
    st.markdown(f":small[:gray[Blind: {people} marked so far.]]", width="content")


def _grid(
    journal: UUID,
    matrix: Matrix,
    found: Sequence[UUID] | None,
    observed: Observed,
    asked: tuple[MatrixQuestion, ...],
) -> None:
    cycles = {part: number for number, cycle in enumerate(found.cycles) for part in cycle} if found else {}
    order = sorted(matrix.shown, key=lambda each: found.places[each.id]) if found else matrix.shown
    matrix_grid(
        matrix,
        [ElementRow(element, cycles.get(element.id)) for element in order],
        key=f"matrix-{journal}",
        me=viewer.name(),
        when=_when,
        observed=observed,
        asked={question.cell for question in asked},
        opens=partial(observation.opens, matrix.observed),
        on_mark=partial(_keep, journal),
    )


def _keep(journal: UUID, entries: tuple[CellEntry, ...]) -> None:
    write(journal, *entries)


def _when(notice: CellNotice) -> str:
    return words.when(notice.at, now(), zone())


def _cycles(matrix: Matrix, found: Sequence[UUID]) -> None:
    for number, cycle in enumerate(found.cycles):
        with st.container(key=f"matrix-told-{number}"):
            st.text("These need each other in a cycle: " + ", ".join(matrix.names[part] for part in cycle))


def _questions(journal: UUID, matrix: Matrix, asked: tuple[MatrixQuestion, ...], on_ask: OnAsk | None) -> None:
    st.header("Where we see it differently", anchor=False)
    if matrix.blind:
        st.markdown(":gray[This is shown once the marks are revealed.]")
        return
    if not asked:
        st.markdown(
            ":gray[Nothing yet: either nobody has marked anything, or everyone agrees, with the observations too.]"
        )
        return
    shown = session().questions_shown.get(journal, FIRST_QUESTIONS)
    for question in asked[:shown]:
        _one(question, matrix, on_ask)
    if len(asked) > shown:
        more = f"Show more (of {len(asked)})"
        if st.button(more, type="tertiary", icon=":material/expand_more:", key="matrix-more"):
            session().questions_shown[journal] = shown + 4 * FIRST_QUESTIONS
            st.rerun()


def _one(question: MatrixQuestion, matrix: Matrix, on_ask: OnAsk | None) -> None:
    name = f"{question.cell[0].hex}-{question.cell[1].hex}"
    needs, needed = (matrix.names[each] for each in question.cell)
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"matrix-question-{name}",
    ):
        with st.container(gap=None, width="stretch"):
            with st.container(key=f"matrix-asks-{name}"):
                st.text(question.prompt)
            with st.container(key=f"matrix-says-{name}"):
                st.text(f"{needs} needs {needed} · {question.observation}")
        if on_ask is not None:
            st.button(
                "Ask this next",
                icon=":material/forum:",
                on_click=on_ask,
                args=(question.prompt,),
                key=f"matrix-ask-{name}",
            )
