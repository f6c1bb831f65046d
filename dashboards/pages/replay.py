"""Replay: a teammate's morning again, by step or at its own pace; the same pages over the data as it was."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import streamlit as st

from dashboards import margin, process, rail, sharing_box, stop_view, viewer, words
from dashboards.components import keys
from dashboards.gone import vista_in_url
from dashboards.plain import plain
from dashboards.state import STEP, STOP, WALK, Play, id_in_url, now, parameter, place, session, zone
from vistas.notice import Notice
from vistas.replay import Timeline, timeline, walks_of
from vistas.vista import Vista, Walk

SPEEDS = (1, 5, 20, 60)
HINT = "What you add stands beside theirs. The evidence stays as it was."


def chosen_walk(vista: Vista) -> Walk | None:
    """The walk in the URL, else the one that went furthest."""
    walks = walks_of(vista)
    wanted = id_in_url(WALK)
    return next((walk for walk in walks if walk.id == wanted), walks[0] if walks else None)


def here(played: Timeline) -> int:
    """Which scene the URL names, counted from 0."""
    text = parameter(STEP)
    number = int(text) if text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004
    return min(len(played.scenes), max(1, number)) - 1


def step_to(number: int) -> None:
    """By hand: the scene's first moment would hide what is to come, so all of its notices are shown."""
    session().play.playing = False
    place(step=str(number + 1), stop="")


def stop_to(played: Timeline, stop: str) -> None:
    """A stop the walk went by; one that it left out is shown all the same, off the walk's path."""
    found = next((number for number, scene in enumerate(played.scenes) if scene.stop == stop), None)
    if found is not None:
        step_to(found)
    else:
        pause()
        place(stop=stop)


def position(play: Play) -> timedelta:
    """Where a running replay is by now."""
    return timedelta(seconds=play.position + (time.monotonic() - play.since) * play.speed)


def play_from(played: Timeline, number: int) -> None:
    play = session().play
    at_the_end = number == len(played.scenes) - 1
    play.playing = True
    play.position = 0.0 if at_the_end else played.scenes[number].begins.total_seconds()
    play.since = time.monotonic()
    if at_the_end:
        place(step="1")


def pause() -> None:
    session().play.playing = False


def change_speed() -> None:
    play = session().play
    play.position, play.since = position(play).total_seconds(), time.monotonic()
    play.speed = float(st.session_state["speed"] or play.speed)


def visible(vista: Vista, played: Timeline, number: int) -> tuple[Notice, ...]:
    """The stop's notices that have appeared by now; by hand, all of this scene's and of those before."""
    play = session().play
    scene = played.scenes[number]
    shown = played.visible(position(play) if play.playing else scene.ends)
    return tuple(notice for notice in vista.noticed_at(scene.stop) if notice.id in shown)


def first_look(vista: Vista, stop: str, notices: Sequence[Notice]) -> tuple[tuple[Notice, ...], int]:
    """With *first look yourself*, others' notices wait until one has written one's own here, or asks for them."""
    me = session()
    mine = tuple(notice for notice in notices if notice.author == viewer.name())
    looked = mine or (vista.id, stop) in me.revealed
    if not st.session_state.get("first-look") or looked:
        return tuple(notices), 0
    return mine, len(notices) - len(mine)


def controls(played: Timeline, number: int) -> None:
    """The way through the replay: by step, or by itself at a pace."""
    play = session().play
    last = len(played.scenes) - 1
    with st.container(key="replay-bar", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            step_button("Step back", "skip_previous", number - 1, shortcut="Left", disabled=number == 0)
            if play.playing:
                st.button("Pause", icon=":material/pause:", on_click=pause, key="pause", shortcut="Space")
            else:
                st.button(
                    "Play",
                    icon=":material/play_arrow:",
                    type="primary",
                    on_click=play_from,
                    args=(played, number),
                    key="play",
                    shortcut="Space",
                )
            step_button("Step on", "skip_next", number + 1, shortcut="Right", disabled=number == last)
            pace_and_first_look()
        now_at = position(play) if play.playing else played.scenes[number].begins
        st.progress(min(1.0, now_at / max(played.length, timedelta(seconds=1))))


def step_button(label: str, icon: str, to: int, *, shortcut: str, disabled: bool) -> None:
    st.button(
        label,
        icon=f":material/{icon}:",
        type="tertiary",
        disabled=disabled,
        on_click=step_to,
        args=(to,),
        shortcut=shortcut,
        key=label.lower().replace(" ", "-"),
    )


def pace_and_first_look() -> None:
    st.pills(
        "Speed",
        SPEEDS,
        default=int(session().play.speed),
        required=True,
        format_func=lambda speed: f"{speed}×" if speed > 1 else "as walked",
        on_change=change_speed,
        label_visibility="collapsed",
        key="speed",
    )
    st.toggle(
        "First look yourself",
        key="first-look",
        persist_state="session",
        help="Keeps others' notices back until you have written one of your own at a stop.",
    )


def whose(vista: Vista, walk: Walk | None) -> None:
    """Whose way is followed, where several people walked."""
    walks = walks_of(vista)
    if len(walks) < 2 or walk is None:  # noqa: PLR2004
        return
    names = {each.id: each.walker for each in walks}
    chosen = st.pills(
        "Whose way",
        list(names),
        default=walk.id,
        required=True,
        format_func=lambda walk_id: plain(names[walk_id]),
        label_visibility="collapsed",
        key="whose",
    )
    if chosen and chosen != walk.id:
        pause()
        place(walk=str(chosen), step="1", stop="")
        st.rerun()


def watch(vista_id: UUID, played: Timeline, number: int) -> None:
    """Turn the page, or show a notice, when its moment comes; and when somebody else wrote."""
    play = session().play
    shown = played.visible(position(play)) if play.playing else frozenset()

    @st.fragment(run_every=0.5 if play.playing else 2.0)
    def tick() -> None:
        revision = process.workspace().store.revision(vista_id)
        before = session().revisions.get(vista_id)
        session().revisions[vista_id] = revision
        changed = before is not None and before != revision
        if play.playing:
            at = position(play)
            if at >= played.length:
                play.playing = False
                changed = True
            elif played.scene_at(at) != number:
                place(step=str(played.scene_at(at) + 1))
                changed = True
            changed = changed or played.visible(at) != shown
        if changed:
            st.rerun()

    tick()


def head(vista: Vista, played: Timeline, walk: Walk | None) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="replaying"
    ):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            when = words.when(vista.begun_at, now(), zone())
            st.markdown(
                f":material/replay: **{plain(vista.name)}** :gray[· {plain(played.walker)}, {when}]",
                width="content",
            )
            whose(vista, walk)
        with st.popover("Share", icon=":material/ios_share:", type="tertiary", key="share-door"):
            sharing_box.draw(vista)


def show() -> None:
    vista = vista_in_url("replay")
    walk = chosen_walk(vista)
    played = timeline(vista, walk)
    number = here(played)
    scene = played.scenes[number]
    stop = vista.stop(parameter(STOP)) or vista.stop(scene.stop) or vista.routine.stops[0]
    head(vista, played, walk)
    seen = {each.stop for each in played.scenes[: number + 1]}
    rail.draw(vista.routine, stop.stop, seen, lambda slug: stop_to(played, slug))
    jumped = keys(len(vista.routine.stops), key="keys")
    if jumped:
        stop_to(played, vista.routine.stops[jumped - 1].stop)
        st.rerun()
    controls(played, number)
    on_path = stop.stop == scene.stop
    appeared = visible(vista, played, number) if on_path else vista.noticed_at(stop.stop)
    notices, hidden = first_look(vista, stop.stop, appeared)
    grid = st.grid(3, min_column_width=340, gap=("medium", 56))
    with grid.cell(column_span=2):
        stop_view.draw(vista, stop, notices, zone=zone(), gathering=None, writable=False)
    with grid.cell():
        margin.draw(vista, stop.stop, notices, zone=zone(), hint=HINT, hidden=hidden)
        if hidden and st.button("Show them all the same", type="tertiary", key="reveal"):
            session().revealed.add((vista.id, stop.stop))
            st.rerun()
    watch(vista.id, played, number)


show()
