"""Colours for status words: red needs attention, amber should be watched, green is fine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Tone = Literal["red", "amber", "green", "blue", "gray"]

_WORDS: dict[Tone, str] = {
    "red": "critical error fatal failed failure firing down crashloopbackoff oomkilled imagepullbackoff "
    "errimagepull createcontainerconfigerror notready unhealthy evicted lost backofflimitexceeded "
    "deadlineexceeded page emergency alert runcontainererror invalidimagename serious containercannotrun "
    "nodelost broken expired failing stuck unavailable refused stalled failedvalidation",
    "amber": "warning warn pending unknown watch degraded terminating suspended progressing containercreating "
    "backoff paused unschedulable schedulingdisabled waiting late high medium init released podinitializing "
    "partiallyfailed outofsync missing reconciling",
    "green": "ok running ready active bound available up healthy completed succeeded success complete normal "
    "resolved true inactive good well synced deployed applied rolledout",
    "blue": "info informational note notice low none silenced suppressed inhibited",
}
_TONES: dict[str, Tone] = {word: tone for tone, words in _WORDS.items() for word in words.split()}


def tone(word: str) -> Tone:
    """Gray for a word that is not known. Several, as in `Init:CrashLoopBackOff`, count by their worst."""
    parts = [part for part in word.lower().replace(",", ":").replace(" ", "").split(":") if part]
    known = [_TONES[part] for part in parts if part in _TONES]
    order: tuple[Tone, ...] = ("red", "amber", "green", "blue")
    return next((each for each in order if each in known), "gray")


def tones(words: Iterable[object]) -> dict[str, Tone]:
    """The tone of every word that occurs."""
    return {word: tone(word) for word in dict.fromkeys(words) if isinstance(word, str)}
