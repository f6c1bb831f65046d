"""Every session-state key and every URL parameter, typed, in one place.

The truth lives in the store and the position in the URL; a session holds who is looking and what they last did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

if TYPE_CHECKING:
    from vistas.connecting import Change, Credentials, Pasted, Tried
    from vistas.connecting.preview import StopPreview
    from vistas.importing import Imported
    from vistas.mornings.followup import Sighting
    from vistas.mornings.unusual import Compared, TooFew
    from vistas.practice.routines import Changing
    from vistas.routine import Routine
    from vistas.snapshot import Snapshot

VISTA, STOP, WALK, STEP = "vista", "stop", "walk", "step"
ROOM, ACTIVITY, JOURNAL = "room", "activity", "journal"
VERSION, EVIDENCE = "version", "evidence"
SECTION = "of"
THEN, NOW = "then", "now"
"""The two vistas that are compared."""
BESIDE, BESIDE_CHOICE, BESIDE_VISTA = "beside", "beside-choice", "beside-vista"
"""What today is looked at beside, and the widgets that choose it."""
ANSWERING = "answering"
"""The notice under which a line to answer it is open."""
WAYS = "ways"
"""Walks that are shown side by side."""
DRAFT, ROUTINE, LOOK = "draft", "routine", "look"
"""The routine that is being recorded, and what it is begun from."""
ABOUT_STOP, SPEED, FIRST_LOOK = "about-stop", "speed", "first-look"
"""Widgets that are asked about outside the place that draws them."""


@dataclass(slots=True)
class Play:
    """A replay running by itself: where it was when the clock was last set, and how fast it goes."""

    playing: bool = False
    position: float = 0.0
    since: float = 0.0
    speed: float = 20.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that look as if they held a secret, and what keeps them; `edits` once they are put in other words."""

    text: str
    act: Callable[[str], object]
    edits: bool = False


@dataclass(frozen=True, slots=True)
class Removed:
    """What somebody just removed from a vista; `restore` takes who undoes that, and when."""

    vista: UUID
    restore: Callable[..., object]


@dataclass(slots=True)
class Watching:
    """What the page that is shown waits for, by its parts; the names are those of `dashboards.shared.news`."""

    parts: Mapping[str, Callable[[], Iterable[object]]] = field(default_factory=dict)
    seen: dict[str, dict[str, int]] = field(default_factory=dict)
    """How it stood when a part was drawn last."""
    drawn: set[str] = field(default_factory=set)
    """Parts that can be drawn by themselves."""
    answered: int = 0
    """How often the browser has told of news."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What could not be saved, since somebody else was faster: `mine` was changed from `base`.

    `of` is what was to be saved, such as a draft; `told` says who else changed it.
    """

    of: str
    base: Routine
    mine: Routine
    because: str
    told: str


@dataclass(frozen=True, slots=True)
class TriedLook:
    """A look of an import that was asked of the live tools; `trouble` says why nothing could be asked."""

    journal: UUID
    stop: str
    look: str
    snapshots: tuple[Snapshot, ...]
    trouble: str


@dataclass(slots=True)
class Connecting:
    """A tool that somebody wants to connect. `tried` is None until it was tried, signed in as they said."""

    pasted: Pasted
    credentials: Credentials
    tried: tuple[Tried, ...] | None = None
    choices: dict[tuple[str, ...], str] = field(default_factory=dict)
    shows: dict[str, tuple[StopPreview, ...]] = field(default_factory=dict)
    """The stops of the first routine, and which would have something to show with it, by the offer's name."""
    refused: str = ""
    """Why it could not be kept."""


@dataclass(slots=True)
class BrowserState:
    """What one browser's session holds. `walks` are this person's own walks, by vista."""

    name: str = ""
    """Empty as long as nobody has said who this is."""
    introduced: bool = False
    """Whether the browser was asked whom it remembers."""
    unsigned: Callable[[], object] | None = None
    """What waits to be done under a name."""
    doubt: Doubt | None = None
    walks: dict[UUID, UUID] = field(default_factory=dict)
    standing: tuple[UUID, str] | None = None
    last_walk: UUID | None = None
    removed: Removed | None = None
    explaining: UUID | None = None
    """One's answer to an earlier notice for which one is asked why."""
    thrown_away: UUID | None = None
    samples_removed: bool = False
    lacking: set[str] = field(default_factory=set)
    """Where somebody wanted to begin a walk before a variable of its routine had a value."""
    histories: dict[UUID, tuple[Sighting, ...]] = field(default_factory=dict)
    """What became on other mornings of notices that were asked about."""
    unusual: dict[tuple[UUID, int], Compared | TooFew] = field(default_factory=dict)
    """What was found unusual in vistas that were asked about, by how many of their looks had answered."""
    revealed: set[tuple[UUID, str]] = field(default_factory=set)
    pages_shown: int = 1
    """How many pages of the library are shown."""
    picked: UUID | None = None
    """The first of two vistas that are to be compared."""
    brought_in: set[str] = field(default_factory=set)
    """The files that were brought in, by the ids of their uploads."""
    questions_shown: dict[UUID, int] = field(default_factory=dict)
    """How many questions are shown, by matrix; where more than at first were asked for."""
    changes_shown: int = 0
    """How many changes of a decision table are shown; 0 as long as nobody asked for more."""
    play: Play = field(default_factory=Play)
    new_here: bool | None = None
    """Whether one has said so; None before."""
    following: bool = True
    """Whether one goes along with the host of a session."""
    room: UUID | None = None
    """The session that one is in, or was in last."""
    watching: Watching = field(default_factory=Watching)
    answered: dict[str, dict[str, str | None]] = field(default_factory=dict)
    """What became of what components sent, by component and item; None where it was kept."""
    import_read: tuple[str, ...] = ()
    """The files of dashboards, by the ids of their uploads, that were read last."""
    import_found: tuple[Imported, ...] = ()
    """The dashboards in them."""
    import_troubles: tuple[str, ...] = ()
    """What in them could not be read."""
    committed: tuple[str, str] = ("", "")
    """The routine whose file one tried to commit last, and what became of it."""
    conflict: Conflict | None = None
    import_refused: str = ""
    """Why what was brought could not be kept."""
    tried: TriedLook | None = None
    draft_tried: dict[UUID, tuple[Snapshot, ...]] = field(default_factory=dict)
    """What looks gave that were tried for a draft."""
    draft_query: str = ""
    """A query that is to be tried for a draft."""
    draft_trouble: str = ""
    """What kept the last try for a draft from being one."""
    rewording: str = ""
    """The stop of a draft whose words are being changed."""
    changing: Changing | None = None
    """The routine that is being changed."""
    routine_refused: str = ""
    """Why a routine could not be kept or walked as asked."""
    routine_doubtful: str = ""
    """What in a routine looked like a secret when it was to be kept."""
    routine_saved: tuple[str, int] | None = None
    """The version of a routine that was saved just now."""
    connecting: Connecting | None = None
    """The tool that is being connected."""
    connected: int = 0
    """How often what was being connected was done with."""
    reconnected: tuple[Change, ...] = ()
    """What was changed last of what is connected."""
    changing_source: str = ""
    """The source whose settings are open."""
    source_refused: str = ""
    """Why a source could not be changed as asked."""
    linking: tuple[UUID, UUID] | None = None
    """The decision table and its row that one is linking evidence to."""


def session() -> BrowserState:
    """This session's state; made the first time it is asked for."""
    found = st.session_state.get("morning_vistas")
    if not isinstance(found, BrowserState):
        found = BrowserState()
        st.session_state["morning_vistas"] = found
    return found


def widget(key: str) -> Any:
    """The value of a widget, or what a component's callback is to take; None where there is none of this key."""
    return st.session_state.get(key)


def begin_widget(key: str, value: object) -> None:
    """What a widget has at first, where it has nothing yet."""
    if key not in st.session_state:
        st.session_state[key] = value


def forget_widget(key: str) -> None:
    """Let a widget begin anew."""
    st.session_state.pop(key, None)


def sent(key: str, name: str) -> object:
    """What the component of this key has sent under a name; None where it sent something else."""
    return widget(key).get(name)


def parameter(name: str) -> str:
    """A URL parameter, or an empty text."""
    return str(st.query_params.get(name, ""))


def parameters(name: str) -> tuple[str, ...]:
    """Every value that a URL parameter has."""
    return tuple(st.query_params.get_all(name))


def id_in_url(name: str = VISTA) -> UUID | None:
    """The id in the URL; None when there is none or when it is not one."""
    try:
        return UUID(parameter(name))
    except ValueError:
        return None


def place(**parameters: str) -> None:
    """Put where one is into the URL, so that it can be sent to a teammate; an empty value takes it out."""
    for name, value in parameters.items():
        if not value:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def place_all(before: str, values: Mapping[str, Sequence[str]]) -> None:
    """Put parameters of several values into the URL, and take out others whose names begin so."""
    wanted = {f"{before}{name}": list(told) for name, told in values.items() if told}
    for name in [name for name in st.query_params if name.startswith(before) and name not in wanted]:
        del st.query_params[name]
    for name, told in wanted.items():
        if st.query_params.get_all(name) != told:
            st.query_params[name] = told


def now() -> datetime:
    return datetime.now(UTC)


def zone() -> ZoneInfo:
    """The viewer's time zone as their browser says it; UTC where it does not."""
    return zone_of(st.context.timezone or "UTC")


def zone_of(name: str) -> ZoneInfo:
    """UTC where there is none of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
