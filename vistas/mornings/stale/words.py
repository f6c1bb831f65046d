"""A stale look in plain words."""

from __future__ import annotations

from vistas.mornings.stale.model import Stale, Why
from vistas.snapshot import Absence


def headline(stale: Stale) -> str:
    """`How much CPU is asked for has shown nothing for 11 mornings`"""
    verb = "has failed" if stale.why is Why.ERROR else "has shown nothing"
    return f"{stale.look.title} {verb} for {stale.mornings} mornings"


def reason(stale: Stale) -> str:
    """What is known of why, in a sentence."""
    match stale.why:
        case Why.METRIC:
            gone = tuple(dict.fromkeys(each.metric for each in stale.absent if each.is_metric))
            return f"{stale.source} has no metric {_listed(gone)} any more."
        case Why.LABEL:
            one = next(each for each in stale.absent if each.is_label)
            return f"No series of {one.metric} has the label {one.label} any more."
        case Why.VALUE:
            return f"No series of {stale.absent[0].metric} matches {_matcher(stale.absent[0])} any more."
        case Why.ERROR:
            return f"{stale.source} does not answer what it asks ({stale.reason.value if stale.reason else ''})."
        case Why.NOTHING:
            return f"{stale.source} has nothing of the kind any more."


def _matcher(absent: Absence) -> str:
    return f'{absent.label}{absent.operator}"{absent.value}"'


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
