"""`vistas compare`: what is different between two vistas."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vistas.command_line.writing import say, say_columns, say_json

if TYPE_CHECKING:
    from vistas.mornings.comparison import ShownLook, Side, VistaDifference

DIFFERENT = 1
_SHOWN = 6
"""Changes of one look in a terminal."""


@click.command
@click.argument("then", metavar="A")
@click.argument("now", metavar="B")
@click.option("--md", "as_markdown", is_flag=True, help="Print Markdown.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--html", "page", type=click.Path(path_type=Path, dir_okay=False), help="Write a web page to this file."
)
def compare(then: str, now: str, as_markdown: bool, as_json: bool, page: Path | None) -> int:
    """Compare two vistas: what was in A, and what is in B.

    A and B are ids that `vistas list` shows, or .vista files. Exit code 0: everything is as it was; 1: something
    is different, could not be compared, or was looked at in one of them only; 2: wrong use.
    """
    from vistas.command_line.files import check_ending, replace_file
    from vistas.command_line.library import find_vista
    from vistas.mornings.comparison import MOST, WRITTEN, compare_vistas

    if as_markdown and as_json:
        raise click.UsageError("choose either --md or --json")
    if page is not None:
        check_ending(page, (".html",))
    before, after = find_vista(then), find_vista(now)
    shown = _SHOWN if page is None and not as_markdown else WRITTEN
    difference = compare_vistas(before, after, most=MOST if as_json else shown)
    if page is not None:
        from vistas.mornings.comparison.export import write_page

        replace_file(page, write_page(difference).encode())
    _print(difference, as_markdown=as_markdown, as_json=as_json)
    if page is not None and not (as_markdown or as_json):
        say()
        say(f"Written to {page}.")
    return 0 if difference.is_equal else DIFFERENT


def _print(difference: VistaDifference, *, as_markdown: bool, as_json: bool) -> None:
    if as_json:
        from vistas.mornings.comparison.export import document

        say_json(document(difference))
    elif as_markdown:
        from vistas.mornings.comparison.export import write_markdown

        for line in write_markdown(difference).splitlines():
            say(line)
    else:
        _print_text(difference)


def _print_text(difference: VistaDifference) -> None:
    from vistas.mornings.comparison import outline

    shown = outline(difference, _SHOWN)
    say_columns([_side("then", difference.then), _side("now", difference.now)])
    say()
    for line in (shown.summary, *shown.notes):
        say(line)
    for stop in shown.stops:
        say()
        say(f"{stop.title}: {stop.question}")
        for look in stop.looks:
            _print_look(look)
    _print_list("As then", [shown.unchanged] if shown.unchanged else [])
    _print_list("What cannot be compared", shown.incomparable)
    _print_list("Looked at then only", shown.only_then)
    _print_list("Looked at now only", shown.only_now)


def _side(when: str, side: Side) -> tuple[str, str, str, str]:
    from vistas.formatting.times import say_window

    return when, side.name, side.author, say_window(side.window)


def _print_look(look: ShownLook) -> None:
    say(f"  {look.title}{f' ({look.source})' if look.source else ''}")
    for change in look.changes:
        say(f"    {change.kind.value:<7}  {change.sentence}")
    for line in (look.more, *look.notes):
        if line:
            say(f"             {line}")


def _print_list(title: str, said: Sequence[str]) -> None:
    if said:
        say()
        say(title)
        for each in said:
            say(f"  {each}")
