"""Take every look of a routine at once, within one deadline.

Each source has its own few threads, so a slow one holds nobody up; the looks of the first stop are asked first;
identical questions are asked once. Whatever does not answer in time becomes a gap, and so does whatever a source
raises: see `vistas.border`.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Thread

from vistas.border import Fault, attempt
from vistas.redaction import Redactor
from vistas.routine import Look, Routine
from vistas.snapshot import Frame, Gap, GapReason, Provenance, Snapshot, Window
from vistas.source import Deadline, Source

GRACE = 0.9
"""The share of the time left that sources get, so that their own, better reasons arrive before the end."""
MASKED = "What this look asks for was masked when it was saved, so it cannot be run again."


@dataclass(frozen=True, slots=True)
class PlannedLook:
    """One look that will be taken from one source; `source` is None where nothing connected can answer it."""

    stop: str
    look: Look
    source: Source | None

    @property
    def name(self) -> str:
        """Of the source; where there is none, what the look calls it."""
        return self.source.name if self.source else self.look.source

    @property
    def can_be_asked(self) -> bool:
        """Not where a part of it was masked when it was kept; what a recording has was masked alike."""
        return self.look.is_whole or hasattr(self.source, "stands_for")

    def window(self, of_walk: Window) -> Window:
        """What it looks at. There is nothing earlier where the source tells only the present."""
        only_present = self.look.take in getattr(self.source, "present", ())
        return of_walk.of_look(self.look.window, None if only_present else self.look.offset)

    @property
    def question(self) -> tuple[object, ...]:
        """Two planned looks with the same question get the same answer."""
        asked = self.look
        of = asked.source if asked.source in getattr(self.source, "stands_for", ()) else ""
        return (self.name, of, asked.question)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one source is: `done` of `total` looks."""

    source: str
    done: int
    total: int


Arrived = Callable[[Snapshot, Progress], None]
Places = tuple[int, ...]
"""Where in the plan one question stands; more than one place where several looks ask the same."""
Answers = queue.SimpleQueue[tuple[Places, Snapshot]]


def plan(routine: Routine, sources: Sequence[Source]) -> tuple[PlannedLook, ...]:
    """Which look goes to which source, in walking order. A look that names a type goes to every source of it."""
    return tuple(
        PlannedLook(stop.stop, look, source)
        for stop, look in routine.looks()
        for source in (sources_for(look, sources) or (None,))
    )


def sources_for(look: Look, sources: Sequence[Source]) -> tuple[Source, ...]:
    """The source of that name; else every source of that type; else every recording that stands for it."""
    named = [source for source in sources if source.name == look.source]
    typed = [source for source in sources if source.type == look.source]
    standing_in = [source for source in sources if look.source in getattr(source, "stands_for", ())]
    return tuple(named or typed or standing_in)


def progress(planned: Iterable[PlannedLook]) -> tuple[Progress, ...]:
    """Every source of a plan with nothing done yet, in the order they are first met."""
    totals: dict[str, int] = {}
    for item in planned:
        totals[item.name] = totals.get(item.name, 0) + 1
    return tuple(Progress(name, 0, total) for name, total in totals.items())


def gather(
    routine: Routine,
    sources: Sequence[Source],
    window: Window,
    *,
    deadline: Deadline,
    redactor: Redactor,
    arrived: Arrived | None = None,
) -> tuple[Snapshot, ...]:
    """Every look's snapshot in walking order. `arrived` is called in this thread as each one comes.

    Returns when all have answered, when `deadline` has passed, or when it was cancelled. Nothing that a source
    raises is raised here: it is the gap of that look, and the other looks are as they would be.
    """
    planned = plan(routine, sources)
    done = {item.source: item for item in progress(planned)}
    snapshots: dict[int, Snapshot] = {}
    for places, snapshot in _answers(planned, window, deadline, redactor):
        for place in places:
            item = planned[place]
            snapshots[place] = replace(snapshot, stop=item.stop, look=item.look.look)
            before = done[item.name]
            done[item.name] = replace(before, done=before.done + 1)
            if arrived:
                arrived(snapshots[place], done[item.name])
    return tuple(snapshots[place] for place in sorted(snapshots))


def take_one(
    stop: str, look: Look, sources: Sequence[Source], window: Window, *, deadline: Deadline, redactor: Redactor
) -> tuple[Snapshot, ...]:
    """One look by itself, as a detour takes it: a snapshot from each source that it names."""
    items = tuple(PlannedLook(stop, look, source) for source in (sources_for(look, sources) or (None,)))
    answers = _answers(items, window, deadline, redactor)
    return tuple(replace(snapshot, stop=stop, look=look.look) for _, snapshot in answers)


def _answers(
    planned: Sequence[PlannedLook], window: Window, deadline: Deadline, redactor: Redactor
) -> Iterator[tuple[Places, Snapshot]]:
    """The places in the plan that a snapshot answers, with the snapshot, as they come."""
    questions: dict[tuple[object, ...], list[int]] = {}
    for place, item in enumerate(planned):
        questions.setdefault(item.question, []).append(place)
    waiting = [tuple(places) for places in questions.values()]
    for places in [each for each in waiting if planned[each[0]].source is None]:
        waiting.remove(places)
        yield places, _redacted(_not_connected(planned[places[0]], window), redactor)

    answers: Answers = queue.SimpleQueue()
    _start(planned, waiting, window, deadline, redactor, answers)
    while waiting:
        try:
            places, snapshot = answers.get(timeout=min(deadline.remaining(), 0.2) or 0.001)
        except queue.Empty:
            if deadline.passed:
                break
            continue
        waiting.remove(places)
        yield places, snapshot
    for places in waiting:
        yield places, _redacted(_unanswered(planned[places[0]], window, deadline), redactor)


def _start(
    planned: Sequence[PlannedLook],
    waiting: Sequence[Places],
    window: Window,
    deadline: Deadline,
    redactor: Redactor,
    answers: Answers,
) -> None:
    """A few threads for each source, which do not keep the program from ending where one hangs in a tool."""
    patience = deadline.within(GRACE)

    def work(source: Source, todo: queue.SimpleQueue[Places]) -> None:
        while not deadline.passed:
            try:
                places = todo.get_nowait()
            except queue.Empty:
                return
            answers.put((places, _taken(planned[places[0]], source, window, patience, redactor)))

    queues: dict[str, tuple[Source, queue.SimpleQueue[Places]]] = {}
    for places in waiting:
        source = planned[places[0]].source
        if source is not None:
            queues.setdefault(source.name, (source, queue.SimpleQueue()))[1].put(places)
    for source, todo in queues.values():
        for _ in range(min(source.at_once, todo.qsize())):
            Thread(target=work, args=(source, todo), name=f"take-{source.name}", daemon=True).start()


def _taken(item: PlannedLook, source: Source, window: Window, patience: Deadline, redactor: Redactor) -> Snapshot:
    """What the source gives, fit to be kept; in place of what it raises, a gap that says no more than that."""
    if not item.can_be_asked:
        return _redacted(_gap(item, window, Gap(GapReason.REFUSED, MASKED, "Walk the routine itself.")), redactor)
    own = item.window(window)
    answer = attempt(source.type, lambda: _redacted(source.take(item.stop, item.look, own, patience), redactor))
    return _redacted(_gap(item, window, answer.gap()), redactor) if isinstance(answer, Fault) else answer


def _redacted(snapshot: Snapshot, redactor: Redactor) -> Snapshot:
    """Every string once more through the rules: whatever a source forgot never reaches the disk."""
    redaction = redactor.begin()
    content: Frame | Gap
    if isinstance(snapshot.content, Frame):
        frame = snapshot.content
        content = Frame(frame.kind, redaction.frame(frame.data), key=frame.key, step=frame.step)
    else:
        gap = snapshot.content
        content = Gap(gap.reason, redaction.text(gap.message), redaction.text(gap.hint))
    provenance = snapshot.provenance
    return replace(
        snapshot,
        content=content,
        provenance=replace(
            provenance,
            query=redaction.text(provenance.query),
            warnings=tuple(redaction.text(warning) for warning in provenance.warnings),
            absent=tuple(each.masked(redaction.text) for each in provenance.absent),
            redacted={
                rule: provenance.redacted.get(rule, 0) + redaction.counts.get(rule, 0)
                for rule in sorted({*provenance.redacted, *redaction.counts})
            },
        ),
    )


def _not_connected(item: PlannedLook, window: Window) -> Snapshot:
    wanted = item.look.source
    gap = Gap(
        GapReason.NO_SOURCE,
        f"No source called {wanted!r}, or of that type, is connected.",
        f'Add it to vistas.toml, for instance under [sources.{wanted}] with type = "{wanted}".',
    )
    return _gap(item, window, gap)


def _unanswered(item: PlannedLook, window: Window, deadline: Deadline) -> Snapshot:
    if deadline.cancelled:
        return _gap(
            item, window, Gap(GapReason.CANCELLED, "The gathering was cancelled before this look answered.")
        )
    gap = Gap(
        GapReason.TOO_SLOW,
        f"{item.name} had not answered when the time for gathering ran out.",
        "Allow more time (gather.deadline), look at a shorter window, or check whether the tool is struggling.",
    )
    return _gap(item, window, gap)


def _gap(item: PlannedLook, window: Window, gap: Gap) -> Snapshot:
    source = item.source
    return Snapshot(
        stop=item.stop,
        look=item.look.look,
        content=gap,
        provenance=Provenance(
            source=item.name,
            source_type=source.type if source else item.look.source,
            query=" | ".join(item.look.asked) or item.look.take,
            asked=item.window(window),
            taken_at=datetime.now(UTC),
            took=timedelta(),
        ),
    )
