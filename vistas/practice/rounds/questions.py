"""Questions to begin a round with. The wording is ours; a team's own question is usually the better one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Starter:
    """A question, and what asking it is good for."""

    question: str
    why: str


@dataclass(frozen=True, slots=True)
class StarterGroup:
    """Questions of one sort."""

    title: str
    starters: tuple[Starter, ...]


SHELVES: Final = (
    StarterGroup(
        "Why we do this",
        (
            Starter(
                "Why do we have on-call?",
                "Nearly everybody takes it for granted, and nearly everybody gives another reason.",
            ),
            Starter(
                "What would our users miss first if we all went home for a week?",
                "It shows what the work is for, from the other side of the screen.",
            ),
            Starter(
                "Which of our alerts would you keep if you could keep only three?",
                "What is worth waking somebody for is a choice, and seldom one that was made together.",
            ),
            Starter(
                "What do we do every week of which you do not know what it is good for?",
                "Either somebody knows, and tells it, or it can stop.",
            ),
            Starter(
                "How would a newcomer see that our systems are well today?",
                "“Well” means something else to each of us until it is said.",
            ),
            Starter(
                "Which promise do we make to others without ever having written it down?",
                "Unwritten promises are kept by whoever happens to know of them.",
            ),
        ),
    ),
    StarterGroup(
        "What we rely on",
        (
            Starter(
                "What do you count on every day without ever looking at it?",
                "What never failed is what nobody has practised to do without.",
            ),
            Starter(
                "Which part of the system would you not touch on a Friday, and why?",
                "Caution is knowledge: somebody remembers something that is written nowhere.",
            ),
            Starter(
                "Where do you look first in the morning, and what does it tell you?",
                "Everybody has a first look of their own, and most have never seen another's.",
            ),
            Starter(
                "Which number do we all quote, and how is it made?",
                "A number is trusted for longer than anybody remembers what it counts.",
            ),
            Starter(
                "Whose phone number do we need, and have not got?",
                "The missing name is found more calmly today than at three in the morning.",
            ),
            Starter(
                "What would stop if one certain machine, account or certificate were gone?",
                "Single threads are seen best by those who once had to mend one.",
            ),
        ),
    ),
    StarterGroup(
        "When it breaks",
        (
            Starter(
                "What was the smallest sign that something large was about to go wrong?",
                "Cues are learned from stories long before they are found on a dashboard.",
            ),
            Starter(
                "What made the last incident harder than it had to be?",
                "It asks for circumstances, not for people, and those can be changed.",
            ),
            Starter(
                "What did you once believe about our system that turned out to be wrong?",
                "Whoever tells theirs makes it easier for the others to check theirs.",
            ),
            Starter(
                "When do you decide to wake somebody?",
                "The line is in a different place for each of us, and knowing that helps both sides.",
            ),
            Starter(
                "What went well that nobody talked about, because nothing happened?",
                "What people do so that nothing happens is the least visible work there is.",
            ),
            Starter(
                "If it broke again tonight in the same way, what would we be glad to have done today?",
                "It turns looking back into one small step ahead.",
            ),
        ),
    ),
    StarterGroup(
        "Who we are together",
        (
            Starter(
                "What would you like to be asked about more often?",
                "Everybody knows something that nobody thinks of asking them.",
            ),
            Starter(
                "What would you like to understand, and have not dared to ask?",
                "Usually several have the same question, which shows once it is written without names.",
            ),
            Starter(
                "When were you glad that somebody else was there?",
                "It tells what help looks like here, so that it can be given again.",
            ),
            Starter(
                "What should somebody know on their first day with us?",
                "What comes to mind first is what we would rather have been told ourselves.",
            ),
            Starter(
                "What makes a week of on-call a good one?",
                "We mostly count what goes wrong; this asks what to keep.",
            ),
            Starter(
                "What do we know only because one of us was there?",
                "It finds the stories to tell before whoever can tell them moves on.",
            ),
        ),
    ),
)
