"""Why a store cannot be opened is told without the password in its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from vistas.errors import StoreError
from vistas.store import Store

SECRET = "blue-fox-42"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://svc:p@ss:{SECRET}@db.example/vistas",
        f"nodatabase://svc:{SECRET}@db.example/vistas",
        f"sqlite://svc:{SECRET}@/nowhere/at/all.db",
        f"sqlite:////dev/null/{SECRET[:3]}/v.db?timeout={SECRET}",
        f"sqlite:///v.db?timeout={SECRET}",
        f"//svc:{SECRET}@db",
        f"sqlite:///{SECRET}\x00.db",
    ],
)
def test_an_address_that_cannot_be_used(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError) as refused:
        Store.open(url, tmp_path / "blobs")
    assert SECRET not in str(refused.value)
