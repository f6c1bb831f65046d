"""The way of a notice into Grafana: what will be sent, and one click."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.annotating import following
from dashboards.ui import words
from dashboards.ui.plain import error_text, plain
from vistas.errors import VistasError
from vistas.extensions.annotators import Annotation
from vistas.vista import Vista
from vistas.vista.notice import Notice

GONE = "It was deleted in Grafana meanwhile."


def annotate(vista: Vista, notice: Notice, zone: ZoneInfo) -> None:
    """For the author of a notice, where the settings name a Grafana and a token."""
    if not following.grafana().takes_annotations:
        return
    here = following.placed(vista.id, notice.id)
    sent = following.annotation(vista, notice)
    label = "In Grafana" if here else "Annotate in Grafana"
    with st.popover(label, icon=":material/add_chart:", type="tertiary", key=f"annotate-{notice.id}"):
        if here is None:
            st.markdown("Everybody who may see annotations there will see this:")
            _preview(sent, zone)
            _button("Annotate", partial(following.add, vista.id, notice, sent), f"{notice.id}-now", main=True)
            return
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
    st.code(sent.text, language=None, wrap_lines=True)
    when = words.stretch(sent.start, sent.end or sent.start, zone)
    st.markdown(f":small[:gray[At {plain(when)}, tagged {plain(', '.join(sent.tags))}]]")


def _button(label: str, act: Callable[[], object], key: str, *, main: bool = False) -> None:
    if not st.button(label, type="primary" if main else "tertiary", key=f"annotate-{key}"):
        return
    try:
        act()
    except VistasError as problem:
        st.warning(plain(error_text(problem)))
        return
    st.rerun()
