"""Replay: a teammate's morning again, by step or at its own pace; the same pages over the data as it was."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import streamlit as st

from dashboards import live, routines, viewer
from dashboards.components import keys
from dashboards.library import as_they_did, sharing
from dashboards.mornings import eyes
from dashboards.state import (
    FIRST_LOOK,
    SPEED,
    STEP,
    STOP,
    WALK,
    Play,
    id_in_url,
    now,
    parameter,
    place,
    session,
    widget,
    zone,
)
from dashboards.ui import words
from dashboards.ui.plain import plain
from dashboards.ui.ticking import draw_anew_once
from dashboards.walk import margin, rail, view
from dashboards.walk import stop as stop_view
from dashboards.walk.vista_in_url import vista_in_url
from vistas.vista import Vista, Walk
from vistas.vista.notice import Notice
from vistas.vista.replay import Timeline, timeline, walks_of

SPEEDS = (1, 5, 20, 60)
HINT = "What you add appears beside theirs. The evidence stays as it was."


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
    play.speed = float(widget(SPEED) or play.speed)


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
    if not widget(FIRST_LOOK) or looked:
        return tuple(notices), 0
    return mine, len(notices) - len(mine)


def controls(played: Timeline, number: int) -> None:
    """The way through the replay: by step, or by itself at a pace."""
    play = session().play
    last = len(played.scenes) - 1
    with st.container(key="replay-bar", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            step_button(
                "Step back", "step-back", "skip_previous", number - 1, shortcut="Left", disabled=number == 0
            )
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
            step_button(
                "Step forward", "step-on", "skip_next", number + 1, shortcut="Right", disabled=number == last
            )
            pace_and_first_look()
        now_at = position(play) if play.playing else played.scenes[number].begins
        st.progress(min(1.0, now_at / max(played.length, timedelta(seconds=1))))


def step_button(label: str, key: str, icon: str, to: int, *, shortcut: str, disabled: bool) -> None:
    st.button(
        label,
        icon=f":material/{icon}:",
        type="tertiary",
        disabled=disabled,
        on_click=step_to,
        args=(to,),
        shortcut=shortcut,
        key=key,
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
        key=SPEED,
    )
    st.toggle(
        "First look yourself",
        key=FIRST_LOOK,
        persist_state="session",
        help="Hides others' notices at a stop until you have written one of your own.",
    )


def whose(vista: Vista, walk: Walk | None) -> None:
    """Whose way is followed, where several people walked."""
    walks = walks_of(vista)
    if len(walks) < 2 or walk is None:  # noqa: PLR2004
        return
    names = words.distinguished((each.id, plain(each.walker)) for each in walks)
    chosen = st.pills(
        "Whose walk",
        list(names),
        default=walk.id,
        required=True,
        format_func=names.__getitem__,
        label_visibility="collapsed",
        key="whose",
    )
    if chosen and chosen != walk.id:
        pause()
        place(walk=str(chosen), step="1", stop="")
        st.rerun()


def go_on(played: Timeline, number: int) -> None:
    """While it runs: turn the page, or show a notice, when its moment comes."""
    play = session().play
    if not play.playing:
        return
    shown = played.visible(position(play))

    def has_moved() -> bool:
        at = position(play)
        if at >= played.length:
            play.playing = False
        elif played.scene_at(at) != number:
            place(step=str(played.scene_at(at) + 1))
        else:
            return played.visible(at) != shown
        return True

    draw_anew_once(has_moved, every=0.5)


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
            routines.walked_with(vista)
            whose(vista, walk)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            if walk and as_they_did.asked(walk.walker, key="as-they-did"):
                as_they_did.begin(vista.id, walk.walker)
            with st.popover("Share", icon=":material/ios_share:", type="tertiary", key="share-door"):
                sharing.draw(vista)


def show() -> None:
    if vista_id := id_in_url():
        live.watch({live.PAGE: lambda: (vista_id,)})
    kept = vista_in_url("replay")
    vista = eyes.in_their_order(kept)
    walk = chosen_walk(vista)
    played = timeline(vista, walk)
    number = here(played)
    scene = played.scenes[number]
    stop = vista.stop(parameter(STOP)) or vista.stop(scene.stop) or vista.routine.stops[0]
    head(kept, played, walk)
    eyes.draw_head(vista)
    seen = {each.stop for each in played.scenes[: number + 1]}
    rail.draw(
        vista.routine, stop.stop, seen, lambda slug: stop_to(played, slug), eyes.places(vista), view.aside(vista)
    )
    jumped = keys(len(vista.routine.stops), key="keys", replies=vista.eyes is not None)
    if jumped:
        stop_to(played, vista.routine.stops[jumped - 1].stop)
        st.rerun()
    controls(played, number)
    on_path = stop.stop == scene.stop
    appeared = visible(vista, played, number) if on_path else vista.noticed_at(stop.stop)
    notices, hidden = first_look(vista, stop.stop, appeared)
    grid = st.grid(3, min_column_width=340, gap=("medium", 56))
    with grid.cell(column_span=2):
        stop_view.draw(
            vista,
            stop,
            notices,
            zone=zone(),
            gathering=None,
            writable=False,
            earlier=eyes.earlier_marks(vista, stop.stop),
            before=partial(eyes.before_detour, vista, stop.stop),
        )
    with grid.cell():
        eyes.draw_notices(vista, stop.stop, own_only=hidden > 0)
        margin.draw(vista, stop.stop, notices, zone=zone(), hint=HINT, hidden=hidden)
        if hidden and st.button("Show them anyway", type="tertiary", key="reveal"):
            session().revealed.add((vista.id, stop.stop))
            st.rerun()
    go_on(played, number)


show()
