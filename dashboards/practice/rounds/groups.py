"""Cards that several people put into named groups at once, by dragging or through a menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter

from dashboards.components import outbox, packaged
from vistas.practice.old_keys import renamed
from vistas.practice.rounds import Group, Round
from vistas.practice.rounds.entries import Grouped, GroupNamed

GroupEntry = Annotated[GroupNamed | Grouped, Field(discriminator="type"), renamed(does="type")]
ENTRIES: Final = TypeAdapter(tuple[GroupEntry, ...])

OnGroup = Callable[[tuple[GroupEntry, ...]], None]


def groups(state: Round, *, key: str, on_group: OnGroup) -> None:
    """Draw the answers of a round that was revealed.

    `on_group` is called once for each thing done; a `VistasError` it raises is shown. What others move meanwhile
    takes nothing out of one's hand and no words out of a name that one is typing.
    """
    packaged.show(
        "practice/rounds/groups.js",
        key=key,
        on={"wrote": outbox.taking(key, ENTRIES, on_group)},
        data={
            "key": key,
            "groups": [_group(each) for each in state.groups],
            "answers": outbox.answers(key),
        },
    )


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": str(group.id) if group.id else None,
        "name": group.name,
        "cards": [{"id": str(each.id), "text": each.text, "by": each.by} for each in group.answers],
    }
