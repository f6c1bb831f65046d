"""One page of a list, taken apart: nothing that a kind reads is lost, and nothing else is made an object of."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.kubernetes.api.page import ListPage
from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.resources import PODS
from connectors.taking import Unobtainable
from tests.connectors.kubernetes.canned import NOW, recorded
from vistas.snapshot import GapReason

THOUSANDS = [name for name, kind in KINDS.items() if kind.reads]
"""The kinds of which only some parts are read."""
ODD = st.sampled_from([None, 0, "", "odd", [], {}, [None], [1], ["x"], {"a": 1}, True, -1.5, 2**70])


def listed(*items: Any, following: str | None = None) -> bytearray:
    metadata = {"resourceVersion": "7", **({"continue": following} if following else {})}
    return bytearray(json.dumps({"kind": "List", "metadata": metadata, "items": list(items)}).encode())


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything below a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, one in inner for place in [(*path, key), *places(one, (*path, key))]]


def put(value: Any, path: tuple[Any, ...], what: Any) -> Any:
    """A JSON value with something else at one path."""
    if not path:
        return what
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(value[path[0]], path[1:], what)
    return copy


@pytest.mark.parametrize("kind", THOUSANDS)
def test_a_row_is_the_same_as_from_the_whole_object(kind: str) -> None:
    """What `reads` leaves out is what `rows` never looks at."""
    items = recorded(kind)["items"]
    read = ListPage(listed(*items), KINDS[kind].resource).objects(KINDS[kind].reads)
    rows = [KINDS[kind].rows(item, NOW) for item in read]
    assert rows == [KINDS[kind].rows(item, NOW) for item in items]
    assert rows


@given(data=st.data())
def test_a_row_is_the_same_whatever_stands_where_it_is_read(data: st.DataObject) -> None:
    """An object that is not shaped as `reads` says is read whole, so that its row says what it would have said."""
    kind = KINDS[data.draw(st.sampled_from(THOUSANDS))]
    item = data.draw(st.sampled_from(recorded(next(name for name in KINDS if KINDS[name] is kind))["items"]))
    odd = put(item, data.draw(st.sampled_from(places(item))), data.draw(ODD))
    (read,) = ListPage(listed(odd), kind.resource).objects(kind.reads)
    assert kind.rows(read, NOW) == kind.rows(odd, NOW)


def test_an_environment_variable_is_never_made_an_object_of() -> None:
    secret = {"name": "c", "image": "web:1", "env": [{"name": "PASSWORD", "value": "hunter2"}]}
    pod = {"metadata": {"name": "a", "managedFields": [{"manager": "me"}]}, "spec": {"containers": [secret]}}
    (read,) = ListPage(listed(pod), PODS).objects(KINDS["pods"].reads)
    assert read == {"metadata": {"name": "a"}, "spec": {"containers": [{"name": "c", "image": "web:1"}]}}


def test_an_entry_that_is_no_object_is_given_as_it_is() -> None:
    page = ListPage(listed(1, None, "pod", {"metadata": {"name": "a"}}, following="t"), PODS)
    assert list(page.objects(KINDS["pods"].reads)) == [1, None, "pod", {"metadata": {"name": "a"}}]
    assert page.following == "t"


@given(
    st.binary(max_size=60)
    | st.builds(lambda cut: bytes(listed({"metadata": {"name": "é"}}))[:cut], st.integers(0, 70))
)
def test_any_bytes_are_a_page_or_a_reason(body: bytes) -> None:
    with suppress(Unobtainable):
        list(ListPage(bytearray(body), PODS).objects(KINDS["pods"].reads))


@pytest.mark.parametrize(
    "body",
    [
        b'{"metadata": {}, "items": ' + b"[" * 100_000,
        b'{"metadata": {}, "items": [{"metadata": {"name": "\xff"}}]}',
        b'{"metadata": {}, "items": [{"metadata": {"name": "\\ud800"}}]}',
        b'{"metadata": {}, "items": [{"metadata": {"name": ' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}}]}",
    ],
    ids=["endlessly deep", "not UTF-8", "half a character", "too deep an object"],
)
def test_json_that_is_none_after_all_is_a_reason(body: bytes) -> None:
    with pytest.raises(Unobtainable) as caught:
        list(ListPage(bytearray(body), PODS).objects(KINDS["pods"].reads))
    assert caught.value.gap.reason is GapReason.GARBLED
