"""Questions for whoever interviews somebody about a hard decision: four sweeps of the critical decision method.

The method: Klein, Calderwood & MacGregor, "Critical decision method for eliciting knowledge", IEEE Transactions
on Systems, Man, and Cybernetics 19, 1989; Hoffman, Crandall & Shadbolt, "Use of the critical decision method to
elicit expert knowledge", Human Factors 40, 1998. The topics of the third sweep are those of O'Hare, Wiggins,
Williams & Wong, "Cognitive task analyses for decision centred design and training", Ergonomics 41, 1998. The
wording is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vistas.practice.decisions.state import Field

METHOD: Final = (
    "Critical decision method: Klein, Calderwood & MacGregor 1989; Hoffman, Crandall & Shadbolt 1998. "
    "The table: Klein et al. 1997; Militello & Hutton 1998."
)


@dataclass(frozen=True, slots=True)
class Probe:
    """A question, and where its answer usually belongs."""

    question: str
    answers: Field


@dataclass(frozen=True, slots=True)
class Sweep:
    """One way through the same incident. `about` tells the interviewer what it is for."""

    title: str
    about: str
    probes: tuple[Probe, ...]


SWEEPS: Final = (
    Sweep(
        "Choose a story",
        "One real incident in which a decision was yours, and not easy. Let it be told once, without questions.",
        (
            Probe("When did what you know make the difference?", Field.INCIDENT),
            Probe("Which night would you tell a new colleague about, and why that one?", Field.INCIDENT),
            Probe("Tell it from the first sign to the moment it was over.", Field.INCIDENT),
            Probe("Where were you, and what did you have in front of you?", Field.INCIDENT),
        ),
    ),
    Sweep(
        "Draw the timeline",
        "Tell it back with times. Mark the points where somebody could have gone another way: each becomes a row.",
        (
            Probe("I will tell it back to you: where did I get it wrong?", Field.INCIDENT),
            Probe("What time was it by then, and how do you know?", Field.INCIDENT),
            Probe("Where could somebody else have done something different?", Field.DECISION),
            Probe("When did your picture of what was going on change?", Field.DECISION),
            Probe("What did you decide not to do?", Field.DECISION),
        ),
    ),
    Sweep(
        "Go deeper",
        "One decision at a time: what was seen, expected and weighed. Rather not “why”, which sounds like blame.",
        (
            Probe("What did you see, hear or miss that told you?", Field.CUES),
            Probe("Which number or line did you look at first, and what would have been normal?", Field.CUES),
            Probe("What did you expect to happen next?", Field.CUES),
            Probe("Which way out did you see, and which did you put aside?", Field.STRATEGIES),
            Probe("What were you trying to save at this very moment?", Field.STRATEGIES),
            Probe("Did it remind you of another time? What was the same, what was not?", Field.STRATEGIES),
            Probe("What did you not know, and how did you go on without it?", Field.DIFFICULT),
            Probe("What pulled in two directions?", Field.DIFFICULT),
            Probe("How much time did you think you had?", Field.DIFFICULT),
            Probe("Where did you get that from: a page, a person, a habit?", Field.INFORMATION),
            Probe("What did you put together that no single page shows?", Field.INFORMATION),
            Probe("Whom did you ask, or would have liked to?", Field.WHO),
            Probe("Who would have known in half a minute?", Field.WHO),
        ),
    ),
    Sweep(
        "What if",
        "Change one thing and go through it again: another person, a missing tool, one hour later.",
        (
            Probe("What would somebody in their first week have done here?", Field.ERRORS),
            Probe("Which mistake is the easy one to make, and how would one notice it?", Field.ERRORS),
            Probe("If this one sign had not been there, what then?", Field.CUES),
            Probe("If your first move had failed, what was your second?", Field.STRATEGIES),
            Probe("What would you teach first, and how would you practise it?", Field.DESIGN),
            Probe("What on a screen would have made this easy?", Field.DESIGN),
            Probe("Which question should a tool have asked you?", Field.DESIGN),
        ),
    ),
)


def probes_for(field: Field) -> tuple[str, ...]:
    """The questions whose answers belong there, in the order of the sweeps."""
    return tuple(probe.question for sweep in SWEEPS for probe in sweep.probes if probe.answers is field)
