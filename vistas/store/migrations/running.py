"""Applies the migrations. A module of its own, since Alembic is only loaded when one is due."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

from vistas.errors import StoreError


def upgrade(engine: Engine, found: str | None) -> None:
    """From `found` to the newest, in one transaction. Processes that start at once do it one after the other."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"the store was written by a newer version of Morning Vistas (its tables are {found}): update this one"
        )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(f"the store's tables cannot be brought up to date: {error}") from error
