"""Both sides of masking, measured: what must go, and what must stay."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.vistas.redaction.ordinary import ordinary_texts, sample_lines
from tests.vistas.redaction.shapes import Maker, shapes
from vistas.redaction import Redactor, looks_secret

KEY = b"a key for these tests"
RECORDINGS = sorted((Path(__file__).parents[3] / "vistas" / "recordings").glob("*.vista"))
SEEDS = range(5)


def leaks(shape: str) -> list[str]:
    """What is still to be read of the secrets, whichever were drawn."""
    found = []
    for seed in SEEDS:
        text, secrets = Maker(seed).fill(shape)
        masked = Redactor(KEY).begin().text(text)
        found += [f"{text!r} → {masked!r}" for secret in secrets if secret in masked]
    return found


@pytest.mark.parametrize(("kind", "shape"), shapes())
def test_secret_of_every_shape_is_masked(kind: str, shape: str) -> None:
    """Nothing of it is left, not even a piece between two signs."""
    assert not leaks(shape), kind


def test_shapes_are_many_and_varied() -> None:
    counted = Counter(kind for kind, _ in shapes())
    assert counted.total() >= 400
    assert min(counted.values()) >= 10
    assert len(dict.fromkeys(shape for _, shape in shapes())) >= 0.99 * counted.total()


def test_shapes_are_masked_in_columns_too() -> None:
    """The short cuts over a column pass no secret by."""
    texts = [Maker(1).fill(shape)[0] for _, shape in shapes()]
    careful, fast = Redactor(KEY).begin(), Redactor(KEY).begin()
    assert fast.texts(pl.Series(texts)).to_list() == [careful.text(text) for text in texts]
    assert fast.counts == careful.counts


def test_credentials_of_every_shape_are_asked_about() -> None:
    """Nearly all shapes but addresses of people and plain query values would be asked about as a notice."""
    credentials = [Maker(1).fill(shape)[0] for kind, shape in shapes() if kind in {"pair", "flag", "token"}]
    passed_by = [text for text in credentials if not looks_secret(text)]
    assert len(passed_by) <= len(credentials) * 0.01, passed_by


def test_ordinary_texts_are_left_alone() -> None:
    """Names, ids, digests, queries, messages, log lines and routes of more than two thousand kinds and makes."""
    texts = ordinary_texts()
    redaction = Redactor(KEY).begin()
    assert len(texts) >= 2_000
    assert [(text, masked) for text in texts if (masked := redaction.text(text)) != text] == []
    assert not redaction.counts


def test_ordinary_texts_are_not_asked_about() -> None:
    assert [text for text in ordinary_texts() if looks_secret(text)] == []


def test_ordinary_label_values_are_left_alone() -> None:
    data = pl.DataFrame({"labels": [[{"name": "something", "value": text}] for text in ordinary_texts()]})
    redaction = Redactor(KEY).begin()
    assert redaction.frame(data).equals(data)
    assert not redaction.counts


def test_sample_lines_lose_only_clients_and_query_values() -> None:
    redaction = Redactor(KEY).begin()
    for line in sample_lines():
        redaction.text(line)
    assert set(redaction.counts) == {"client", "query value"}


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.stem)
def test_recordings_are_left_alone(recording: Path) -> None:
    """The bundled mornings were masked when they were gathered: no rule finds more."""
    redaction = Redactor(KEY).begin()
    with zipfile.ZipFile(recording) as bundle:
        for name in bundle.namelist():
            if name.endswith(".parquet"):
                data = pl.read_parquet(io.BytesIO(bundle.read(name)))
                assert redaction.frame(data).equals(data)
            else:
                for text in _texts(json.loads(bundle.read(name))):
                    assert redaction.text(text) == text
    assert not redaction.counts


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
