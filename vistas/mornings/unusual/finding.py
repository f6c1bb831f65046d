"""What is told: a finding with its sentence, or how many mornings are missing."""

from __future__ import annotations

from dataclasses import dataclass

from vistas.formatting.values import format_value
from vistas.routine import Unit
from vistas.snapshot import Window
from vistas.vista.notice import Labels, Stretch


@dataclass(frozen=True, slots=True)
class Finding:
    """One series in one hour. `value` is the hour's median, or the highest where usually there is nothing.

    `lowest` and `highest` are what it was at the same hour on so many earlier `mornings`; both 0 where there was
    nothing on any of them. `distance` is in spreads.
    """

    stop: str
    look: str
    source: str
    labels: Labels
    name: str
    hour: Window
    unit: Unit
    value: float
    lowest: float
    highest: float
    mornings: int
    distance: float

    @property
    def sentence(self) -> str:
        if self.lowest == self.highest == 0:
            return f"nothing on any of the {self.mornings} earlier mornings"
        which = "higher" if self.value > self.highest else "lower"
        return f"{which} than on any of the {self.mornings} earlier mornings ({self._range})"

    @property
    def value_text(self) -> str:
        return format_value(self.value, self.unit)

    @property
    def anchor(self) -> Stretch:
        """Where to look, and what a notice of it hangs on."""
        return Stretch(
            look=self.look,
            source=self.source,
            series=(self.labels,),
            start=self.hour.start,
            end=self.hour.end,
        )

    @property
    def _range(self) -> str:
        lowest, highest = format_value(self.lowest, self.unit), format_value(self.highest, self.unit)
        return f"{lowest} to {highest}" if lowest != highest else f"always {lowest}"


@dataclass(frozen=True, slots=True)
class TooFew:
    """Too few earlier mornings to tell what is unusual: `there` are so many, `needed` so many."""

    there: int
    needed: int
    weekend: bool

    @property
    def sentence(self) -> str:
        kind = "weekend" if self.weekend else "weekday"
        are, mornings = ("is", "morning") if self.there == 1 else ("are", "mornings")
        return (
            f"There {are} {self.there or 'no'} earlier {kind} {mornings} of these hours to compare with; "
            f"it takes {self.needed} to tell what is unusual."
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """`findings` are the most distant first, at most five; `found` is how many there are in all.

    `comparisons` counts numbers that were compared, one a series and hour.
    """

    mornings: int
    comparisons: int
    findings: tuple[Finding, ...]
    found: int
