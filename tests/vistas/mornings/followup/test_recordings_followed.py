"""The bundled recordings, each looked at through the other: what they have to show of this."""

from __future__ import annotations

from pathlib import Path

from tests.vistas.mornings.followup.mornings import THURSDAY
from vistas.mornings.followup import Outcome, follow_all
from vistas.sharing import read_bundle

RECORDINGS = Path(__file__).parents[4] / "vistas" / "recordings"


def test_every_notice_is_found_or_honestly_not() -> None:
    """Both ways, and with every outcome but a comparison that is impossible."""
    mornings = [read_bundle(path) for path in sorted(RECORDINGS.glob("*.vista"))]
    thursday, friday = mornings
    assert THURSDAY.date() == thursday.window.end.date()
    found = [*follow_all(thursday.notices, thursday, friday), *follow_all(friday.notices, friday, thursday)]
    assert len(found) == len(thursday.notices) + len(friday.notices)
    assert {each.outcome for each in found} == {
        Outcome.FOUND,
        Outcome.FOUND_BY_OWNER,
        Outcome.GONE,
        Outcome.READ_YOURSELF,
    }
