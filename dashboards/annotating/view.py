"""The way of a notice into Grafana: what will be sent, and one click."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import unescape
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.annotating import following
from dashboards.ui import words
from dashboards.ui.plain import error_text, plain
from vistas.errors import VistasError
from vistas.extensions.annotators import Annotation
from vistas.vista import Vista
from vistas.vista.notice import Notice

ICON = ":material/add_chart:"
GONE = "It was deleted in Grafana meanwhile."

_TAG = re.compile(r"<[^<>]*>")
"""Of our own: what people wrote is escaped."""


def annotate(vista: Vista, notice: Notice, zone: ZoneInfo) -> None:
    """For the author of a notice, where the settings name a Grafana and a token."""
    if not following.grafana().takes_annotations:
        return
    here = following.placed(vista.id, notice.id)
    sent = following.annotation(vista, notice)
    if here is None:
        with st.popover("Annotate in Grafana", icon=ICON, type="tertiary", key=f"to-grafana-{notice.id}"):
            st.markdown("Everybody who may see annotations there will see this:")
            _preview(sent, zone)
            _button("Annotate", partial(following.add, vista.id, notice, sent), f"{notice.id}-now", main=True)
        return
    with st.popover("In Grafana", icon=ICON, type="tertiary", key=f"in-grafana-{notice.id}"):
        if here.revision == notice.revision:
            st.markdown("It stands in Grafana as it stands here.")
        else:
            st.markdown("Grafana has it as it was before it was edited. It would become:")
            _preview(sent, zone)
            _button("Update in Grafana", partial(_revise, vista, notice), f"{notice.id}-again", main=True)
        _button("Remove from Grafana", partial(following.take_away, vista.id, notice.id), f"{notice.id}-no-more")


def _revise(vista: Vista, notice: Notice) -> None:
    if not following.revise(vista.id, notice):
        st.toast(GONE, icon=":material/info:")


def _preview(sent: Annotation, zone: ZoneInfo) -> None:
    """As it will be read, and as it is sent."""
    with st.container(border=True, gap="xsmall"):
        for line in unescape(_TAG.sub("", sent.text)).splitlines():
            st.text(line)
    when = words.stretch(sent.start, sent.end or sent.start, zone)
    st.markdown(f":small[:gray[At {plain(when)}, tagged {plain(', '.join(sent.tags))}]]")
    with st.expander("Word for word", type="compact"):
        st.code(sent.text, language=None, wrap_lines=True)


def _button(label: str, act: Callable[[], object], key: str, *, main: bool = False) -> None:
    if not st.button(label, type="primary" if main else "tertiary", key=f"annotate-{key}"):
        return
    try:
        act()
    except VistasError as problem:
        st.warning(plain(error_text(problem)))
        return
    st.rerun()
