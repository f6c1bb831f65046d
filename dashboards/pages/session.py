"""The session room: practising together."""

from __future__ import annotations

import streamlit as st

from dashboards import process


def show() -> None:
    st.title("Sessions", anchor=False)
    for head in process.notebooks().sessions.find():
        st.text(head.title)


show()
