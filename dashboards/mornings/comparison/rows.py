"""What is different, as HTML of our own: everything that people and tools wrote is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from dashboards.mornings.comparison.curves import Curves, curves_html
from dashboards.ui.words import count
from vistas.linking import Link
from vistas.mornings.comparison import Change, ChangeKind, Difference, LookDifference, StopDifference, then_and_now

SHOWN: Final = 6
"""Changes of a look; the next ones are folded, the others counted."""
FOLDED: Final = 24
LONGEST: Final = 36
"""Letters of then and now together; what is longer stands in the sentence alone."""

LEGEND_HTML: Final = (
    '<p class="mv-legends"><span class="mv-legend"><i class="mv-legend-then"></i>then</span>'
    '<span class="mv-legend"><i></i>now, on the same clock</span></p>'
)
"""How then and now are drawn."""

CurvesOf = Callable[[LookDifference], Mapping[str, Curves]]


def stops_html(
    stops: Iterable[StopDifference],
    curves: CurvesOf,
    address: Callable[[str], str],
    both: Callable[[LookDifference], Link | None] = lambda _: None,
) -> str:
    """One below the other; `address` leads to a stop of the newer vista, `both` to then and now of a look."""
    return f'<div class="mv-stops">{"".join(_stop(stop, curves, address, both) for stop in stops)}</div>'


def _stop(
    stop: StopDifference,
    curves: CurvesOf,
    address: Callable[[str], str],
    both: Callable[[LookDifference], Link | None],
) -> str:
    different = [look for look in stop.looks if look.difference.is_different]
    different.sort(key=lambda look: -look.difference.magnitude)
    titles = Counter(look.now.title for look in different)
    looks = (_look(look, curves(look), both(look), several=titles[look.now.title] > 1) for look in different)
    title = f'<a href="{escape(address(stop.stop))}" target="_self">{escape(stop.title)}</a>'
    return f'<section class="mv-stop"><h3>{title}</h3><div>{"".join(looks)}</div></section>'


def _look(look: LookDifference, curves: Mapping[str, Curves], both: Link | None, *, several: bool) -> str:
    source = f' <span class="mv-source">{escape(look.now.source)}</span>' if several else ""
    return f"<h4>{escape(look.now.title)}{source}{_out(both)}</h4>{look_html(look.difference, curves)}"


def _out(link: Link | None) -> str:
    if link is None or not link.address:
        return ""
    address = f'href="{escape(link.address)}" target="_blank" rel="noreferrer"'
    return f' <a class="mv-out" {address}>{escape(link.label)}</a>'


def look_html(difference: Difference, curves: Mapping[str, Curves], shown: int = SHOWN) -> str:
    """The changes of one look: so many at once, others folded, and what else must be known."""
    first, folded = difference.changes[:shown], difference.changes[shown : shown + FOLDED]
    parts = [changes_html(first, curves)]
    if folded or difference.left_out:
        parts.append(_more(difference, first, folded))
    parts += [f'<p class="mv-note">{escape(note)}</p>' for note in difference.notes]
    return "".join(parts)


def changes_html(changes: Sequence[Change], curves: Mapping[str, Curves]) -> str:
    if not changes:
        return ""
    return f'<ul class="mv-changes">{"".join(_change(change, curves.get(change.name)) for change in changes)}</ul>'


def _change(change: Change, curves: Curves | None) -> str:
    kind = change.kind.value
    badge = f'<span class="mv-badge mv-{kind}">{kind}</span>'
    values, drawn = _values(change), curves_html(curves) if curves else ""
    plain = "" if values or drawn else " mv-plain"
    told = f'<span class="mv-values">{values}</span>' if values or drawn else ""
    return f'<li class="mv-change{plain}">{badge}<p>{_sentence(change)}</p>{told}{drawn}</li>'


def _sentence(change: Change) -> str:
    """With its subject in bold."""
    if change.name and change.sentence.startswith(change.name):
        return f"<b>{escape(change.name)}</b>{escape(change.sentence.removeprefix(change.name))}"
    return escape(change.sentence)


def _values(change: Change) -> str:
    """*was … now …* to a screen reader; empty where the sentence alone says it better."""
    then, now = then_and_now(change)
    if (
        not (then or now)
        or len(then + now) > LONGEST
        or (change.kind is not ChangeKind.CHANGED and not _counts(change))
    ):
        return ""
    was = f'<span class="mv-aloud">was </span><span class="mv-was">{escape(then or "none")}</span>'
    is_ = f'<span class="mv-aloud">now </span><span class="mv-is">{escape(now or "none")}</span>'
    match change.kind:
        case ChangeKind.NEW:
            return is_
        case ChangeKind.GONE:
            return was
        case ChangeKind.CHANGED:
            return f'{was}<span class="mv-aloud">, </span><span class="mv-to" aria-hidden="true"> → </span>{is_}'


def _counts(change: Change) -> bool:
    cell = change.cells[0]
    value = cell.now if cell.then is None else cell.then
    return isinstance(value, int | float) and not isinstance(value, bool)


def _more(difference: Difference, first: Sequence[Change], folded: Sequence[Change]) -> str:
    told = Counter(change.kind.value for change in (*first, *folded))
    left = {kind: getattr(difference, kind) - told[kind] for kind in ("new", "gone", "changed")}
    rest = ", ".join(f"{number:,} {kind}" for kind, number in left.items() if number)
    rest = f'<p class="mv-note">And {escape(rest)}, not listed here.</p>' if rest else ""
    if not folded:
        return rest
    more = sum(left.values()) + len(folded)
    return f"<details><summary>{count(more, 'more change')}</summary>{changes_html(folded, {})}{rest}</details>"


def sentences_html(title: str, said: Iterable[str]) -> str:
    """A folded or short list that closes the page; nothing where there is nothing to say."""
    items = list(_items(said))
    return f"<section><h3>{escape(title)}</h3><ul>{''.join(items)}</ul></section>" if items else ""


def _items(said: Iterable[str]) -> Iterator[str]:
    return (f"<li>{escape(each)}</li>" for each in said)
