"""Texts and request targets with their secrets taken out, one at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from vistas.redaction.addresses import parts_of_query, tokens_in_path
from vistas.redaction.clients import Clients, hide_client, parse_address
from vistas.redaction.escapes import Unescaped, unescape
from vistas.redaction.rules import MASK, Span, find_secrets

_ROUNDS = 4
_LAYERS = 3
_V6 = r"\[?[0-9a-fA-F]{0,4}(?::[0-9a-fA-F.]{0,15}){2,9}\]?"
_V4 = r"\d{1,3}(?:\.\d{1,3}){3}"
_ADDRESS = rf"(?:{_V6}|{_V4})(?::\d{{1,5}})?(?![\w:]|/\d|\.\d)"
_ADDRESSES = rf"{_ADDRESS}(?:, {{0,2}}{_ADDRESS})*"
_CLIENT_AT_BEGIN = re.compile(rf"(?:\S{{20,40}} std(?:out|err) [FP] )?\[?({_ADDRESS})(?=\]? - )")
_CLIENT_BY_NAME = re.compile(
    r"(?i:\bclient(?:_?ip|_?addr|_?host)?|remote_?(?:addr|ip)|real[_-]ip|forwarded[_-]for)"
    rf"\\*[\"']?\s{{0,2}}[:=]\s{{0,2}}\[?\\*[\"']?({_ADDRESSES})"
)
_CLIENT_IN_QUOTES = re.compile(rf"\"(?<![^\s]\")({_ADDRESSES})\"")
_NAMES = ("client", "remote", "real", "forwarded")
_ANY_ADDRESS = re.compile(rf"(?<![\w.:]){_ADDRESS}(?!\.\w)")


@dataclass(frozen=True, slots=True)
class Masking:
    """What is taken out, beyond and below the rules everybody gets."""

    key: bytes
    clients: Clients = Clients.PSEUDONYM
    addresses: bool = False
    also: tuple[re.Pattern[str], ...] = ()
    off: frozenset[str] = frozenset()

    @property
    def ordinary(self) -> bool:
        """Whether the rules are those of `vistas.redaction.columns`, so that its short cuts hold."""
        return not self.also and not self.off

    def text(self, text: str, counts: Counter[str]) -> str:
        """Free text, masked; what was taken out is added to `counts`."""
        return self._mask(text, counts, whole_target=False)

    def target(self, target: str, counts: Counter[str]) -> str:
        """A request target: everything after `?` is a query, whatever it holds."""
        return self._mask(target, counts, whole_target=True)

    def client(self, written: str, counts: Counter[str]) -> str:
        hidden = hide_client(self.key, written, self.clients)
        if hidden != written:
            counts["client"] += 1
        return hidden

    def _mask(self, text: str, counts: Counter[str], *, whole_target: bool) -> str:
        for _ in range(_ROUNDS):
            spans = list(self._spans(text, whole_target=whole_target))
            if not spans:
                break
            text = self._replace(text, spans, counts)
        return text

    def _spans(self, text: str, *, whole_target: bool) -> Iterator[Span]:
        yield from self._wanted(text, whole_target=whole_target)
        layers: list[Unescaped] = []
        while len(layers) < _LAYERS and (seen := unescape(layers[-1].text if layers else text)) is not None:
            layers.append(seen)
            for span in self._wanted(seen.text, whole_target=whole_target):
                start, end = span.start, span.end
                for layer in reversed(layers):
                    start, end = layer.origin(start, end)
                yield Span(start, end, span.rule)

    def _wanted(self, text: str, *, whole_target: bool) -> Iterator[Span]:
        return (span for span in self._found(text, whole_target=whole_target) if span.rule not in self.off)

    def _found(self, text: str, *, whole_target: bool) -> Iterator[Span]:
        yield from find_secrets(text)
        if whole_target:
            path, mark, query = text.partition("?")
            yield from tokens_in_path(path)
            yield from parts_of_query(query, len(path) + len(mark))
        if self.clients is not Clients.KEEP:
            yield from self._clients(text)
        for pattern in self.also:
            yield from (
                Span(*found.span(), "own pattern") for found in pattern.finditer(text) if found[0].strip("*")
            )

    def _clients(self, text: str) -> Iterator[Span]:
        if at_begin := _CLIENT_AT_BEGIN.match(text):
            yield Span(*at_begin.span(1), "client")
        if any(name in text.casefold() for name in _NAMES):
            yield from (Span(*found.span(1), "client") for found in _CLIENT_BY_NAME.finditer(text))
        if '"' in text:
            yield from (Span(*found.span(1), "client") for found in _CLIENT_IN_QUOTES.finditer(text))
        if self.addresses:
            for found in _ANY_ADDRESS.finditer(text):
                if parse_address(found[0].rpartition(":")[0] if found[0].count(":") == 1 else found[0]):
                    yield Span(*found.span(), "client")

    def _replace(self, text: str, spans: list[Span], counts: Counter[str]) -> str:
        pieces: list[str] = []
        last = 0
        for span in _merged(spans):
            counts[span.rule] += 1
            hidden = text[span.start : span.end]
            pieces += (text[last : span.start], self._instead_of(hidden, span.rule))
            last = span.end
        return "".join((*pieces, text[last:]))

    def _instead_of(self, hidden: str, rule: str) -> str:
        return hide_client(self.key, hidden, self.clients) if rule == "client" else MASK


def _merged(spans: list[Span]) -> Iterator[Span]:
    """Spans in order, those that overlap or touch as one: the first rule that found it gets the count."""
    spans.sort(key=lambda span: (span.start, -span.end))
    current = spans[0]
    for span in spans[1:]:
        if span.start > current.end:
            yield current
            current = span
        else:
            current = Span(current.start, max(current.end, span.end), current.rule)
    yield current
