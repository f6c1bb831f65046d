"""The versions of one routine, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vistas.routine import Routine


class Origin(StrEnum):
    """How a version came to be."""

    BUILT_IN = "built in"
    SAVED = "saved"
    FORKED = "forked"
    IMPORTED = "imported"
    FILE = "from its file"
    GONE_BACK = "gone back"


@dataclass(frozen=True, slots=True)
class Version:
    """`number` counts the versions that are known here. Its routine's own number is what its file says.

    `by` and `at` are None where nobody here made it, as with what came with the project. `is_filed` says that its
    file says it, whoever wrote it there.
    """

    number: int
    routine: Routine
    origin: Origin
    by: str | None = None
    at: datetime | None = None
    is_filed: bool = False

    @property
    def because(self) -> str:
        return self.routine.because or ""


@dataclass(frozen=True, slots=True)
class History:
    versions: tuple[Version, ...] = ()

    @property
    def newest(self) -> Version | None:
        return self.versions[-1] if self.versions else None

    def with_digest(self, digest: str) -> Version | None:
        """The newest version that looks at the same."""
        return next((each for each in reversed(self.versions) if each.routine.digest == digest), None)
