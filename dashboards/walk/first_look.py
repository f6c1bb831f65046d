"""First look yourself, as pages draw it: whose notices are shown, the minute running out, and what it brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import streamlit as st

from dashboards import viewer
from dashboards.shared import process
from dashboards.state import now, zone
from dashboards.threads import where
from dashboards.ui.plain import plain
from dashboards.ui.ticking import draw_anew_once
from dashboards.walk.countdown import countdown
from vistas.practice.session import FirstLook
from vistas.practice.walk.first_look import lasting_anywhere, shown_to
from vistas.practice.walk.overlap import Seen, seen_on
from vistas.routine import Stop
from vistas.vista import Vista
from vistas.vista.notice import Anchor, Notice

NAMED_AT_MOST = 4


def shown(vista: Vista) -> Vista:
    """The vista as this viewer may see it; the page draws itself again once what is kept back may be seen."""
    looks = under_way(vista.id)
    rerun_when_over(looks)
    return shown_to(vista, viewer.name(), looks, now())


def under_way(vista: UUID) -> Mapping[str, FirstLook]:
    return lasting_anywhere(process.notebooks().sessions, vista, now())


def rerun_when_over(looks: Mapping[str, FirstLook]) -> None:
    """One run when the first of them is over, and none before."""
    if not looks:
        return
    over = min(look.until for look in looks.values())
    left = (over - now()) / timedelta(seconds=1)
    draw_anew_once(lambda: now() >= over, every=max(0.3, left + 0.1))


def running(look: FirstLook, key: str) -> None:
    """The time that is left, counted in the browser."""
    st.markdown("**First look yourself.** What do *you* see? Until time is up, everyone sees only their own.")
    countdown(look.until - now(), key=f"countdown-{key}-{look.until:%H%M%S}")


def found(vista: Vista, stop: Stop, notices: Sequence[Notice]) -> None:
    """Look by look: what several saw, what one saw, and where nobody marked anything. No one is named."""
    titles = {look.look: look.title for look in vista.looks_at(stop.stop)}
    with st.container(key="first-look-found", gap="small"):
        st.header("What we saw", anchor=False)
        for seen in seen_on(titles, notices):
            with st.container(key=f"seen-{_weight(seen)}-{seen.look}", gap=None):
                st.markdown(f"**{plain(titles[seen.look])}**")
                st.text(summary(seen))


def summary(seen: Seen) -> str:
    """`several people saw 03:10–03:40 · one person saw lantern-1`, or that nobody marked it."""
    parts = [_who_saw("several people saw", seen.several), _who_saw("one person saw", seen.one)]
    return " · ".join(part for part in parts if part) or "nobody marked it"


def _who_saw(who: str, anchors: Sequence[Anchor]) -> str:
    if not anchors:
        return ""
    named = list(dict.fromkeys(where(anchor, zone()) for anchor in anchors))
    more = f", and {len(named) - NAMED_AT_MOST} more" if len(named) > NAMED_AT_MOST else ""
    return f"{who} {', '.join(named[:NAMED_AT_MOST])}{more}"


def _weight(seen: Seen) -> str:
    return "several" if seen.several else "one" if seen.one else "nobody"
