"""Words of a routine as Grafana's text panels show them: as text, with its variables in their places."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vistas.exporting.tree import Tree
from vistas.routine import Look, Stop
from vistas.sharing.escaping import as_markdown

_ESCAPED = re.compile(r"\\\$(?:(\w+)|\\\{(\w+)(?::(\w+))?\\\})", re.ASCII)


class Words:
    """`variables` are the names that Grafana puts values in the place of."""

    def __init__(self, variables: Iterable[str]) -> None:
        self._variables = frozenset(variables)

    def markdown(self, prose: str) -> str:
        """Paragraph by paragraph, so that nothing in it is markup."""
        paragraphs = (each for each in re.split(r"\n\s*\n", prose) if each.strip())
        return "\n\n".join(self._with_variables(as_markdown(each)) for each in paragraphs)

    def about(self, stop: Stop) -> Tree:
        """The panel at the head of a stop."""
        parts = [f"### {self.markdown(stop.question)}", self.markdown(stop.plainly)]
        parts += [f"**Why I look here.** {self.markdown(stop.why)}"]
        parts += [f"**What normal looks like.** {self.markdown(stop.normal)}"]
        return _text("", "\n\n".join(parts))

    def instead(self, look: Look) -> Tree:
        """The panel in the place of a look that Grafana has no panel for."""
        source, take = as_markdown(look.source), as_markdown(look.take)
        said = f"Morning Vistas asks *{source}* for *{take}* here. Grafana has no panel for it."
        told = [self.markdown(look.text)] if look.text else []
        return _text(look.title, "\n\n".join([*told, said]))

    def _with_variables(self, escaped: str) -> str:
        return _ESCAPED.sub(self._unescaped, escaped)

    def _unescaped(self, found: re.Match[str]) -> str:
        if (found[1] or found[2]) not in self._variables:
            return found[0]
        if found[1]:
            return f"${found[1]}"
        return f"${{{found[2]}:{found[3]}}}" if found[3] else f"${{{found[2]}}}"


def _text(title: str, content: str) -> Tree:
    return {"type": "text", "title": title, "options": {"mode": "markdown", "content": content}}
