"""Threads: what was answered to a notice, below it; and what people can do with what they wrote themselves."""

from __future__ import annotations

from dashboards.threads.answering import answer_button, thread
from dashboards.threads.changing import own, undo
from dashboards.threads.entries import entries
from dashboards.threads.saying import said_when, where
from dashboards.threads.unanswered import only_unanswered

__all__ = ["answer_button", "entries", "only_unanswered", "own", "said_when", "thread", "undo", "where"]
