"""What a walk is walked with, in its address: `of-namespace=shop`, once a value."""

from __future__ import annotations

from dashboards.state import parameters, place_all
from vistas.routine import Chosen, Routine

BEFORE = "of-"


def chosen_in_address(routine: Routine) -> Chosen:
    """By the names of the routine's variables; what cannot be chosen is left out."""
    found: dict[str, tuple[str, ...]] = {}
    for each in routine.variables:
        told = [
            value for value in parameters(f"{BEFORE}{each.variable}") if not each.values or value in each.values
        ]
        if told:
            found[each.variable] = tuple(dict.fromkeys(told)) if each.several else tuple(told[:1])
    return found


def show_in_address(routine: Routine) -> None:
    """Put there what this walk is walked with, and nothing else."""
    place_all(BEFORE, {each.variable: each.chosen for each in routine.variables})
