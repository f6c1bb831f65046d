"""What people write into a vista: notices, and answers to them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

Author = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class Written(BaseModel):
    """The newest revision of it; `written_at` is of the first, `revised_at` of this one.

    `from_file` says that somebody brought it in with a file: that its author wrote it is what the file says. It
    is no part of a file itself, where it would say nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    author: Author
    written_at: AwareDatetime
    revision: int = 1
    revised_at: AwareDatetime | None = None
    from_file: bool = Field(default=False, exclude=True)

    @property
    def signed(self) -> str:
        """Its author, and whether that is only said so by a file."""
        return f"{self.author} (from a file)" if self.from_file else self.author
