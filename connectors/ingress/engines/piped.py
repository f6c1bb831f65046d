"""What log engines have in common whose queries are a choice of lines and what it is piped through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from connectors.ingress.dialects import Dialect
from connectors.ingress.engines.counting import Counting
from connectors.log_engines.lines import LogQuery


class Language(Protocol):
    """How such an engine is asked, without what chooses the lines. A module with these functions is one."""

    def mentioning(self, text: str) -> str: ...

    def pipeline(self, counting: Counting) -> str:
        """It leaves the requests of a dialect, labelled."""

    def failed(self, counting: Counting) -> str: ...

    def slower(self, counting: Counting, bucket: int) -> str:
        """The requests whose latency is in that bucket or a slower one."""

    def other_lines(self, dialects: Iterable[Dialect]) -> str: ...


@dataclass(frozen=True, slots=True)
class Piped:
    """`chosen` is what chooses the lines."""

    chosen: str
    language: ClassVar[Language]

    @property
    def everything(self) -> LogQuery:
        return LogQuery(self.chosen)

    def mentioning(self, text: str) -> LogQuery:
        return self._piped(self.language.mentioning(text))

    def requests(self, counting: Counting) -> LogQuery:
        return self._piped(self.language.pipeline(counting))

    def failed(self, counting: Counting) -> LogQuery:
        return self._piped(self.language.failed(counting))

    def slower(self, counting: Counting, bucket: int) -> LogQuery:
        return self._piped(self.language.slower(counting, bucket))

    def others(self, dialects: Iterable[Dialect]) -> LogQuery:
        return self._piped(self.language.other_lines(dialects))

    def _piped(self, stages: str) -> LogQuery:
        return LogQuery(f"{self.chosen} {stages}")
