"""A database opened as this project needs it: WAL, every commit on the disk, writers waiting their turn."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from vistas.errors import StoreError
from vistas.redaction import MASK
from vistas.store import files
from vistas.store.migrations import NEWEST

BUSY_SECONDS = 30


def open_engine(url: str) -> Engine:
    """The database at `url`, its tables up to date. StoreError says in one line why that cannot be."""
    try:
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            if (path := files.database_file(url)) is not None:
                files.make_database(path)
            engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None})
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            engine = create_engine(address, pool_pre_ping=True)
        _migrate(engine)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(f"store.database cannot be used: {error}") from error
    except ValueError as error:
        # Its text would quote what was taken for a port, or for an option, and may be the half of a password.
        message = "its address cannot be read; signs such as @ : / ? in a password are written as %40 %3A %2F %3F"
        raise StoreError(f"store.database cannot be used: {message}") from error
    except (DBAPIError, OSError) as error:
        raise StoreError(f"the store cannot be opened at {_shown(url)}: {_without(url, reason(error))}") from error
    return engine


def _shown(url: str) -> str:
    """The address without its password, and without its query, which may hold one too."""
    return repr(make_url(url).set(query={}))


def _without(url: str, message: str) -> str:
    """What a driver says, which may repeat the password it was given."""
    address = make_url(url)
    words = [address.password, *(value for value in address.query.values() if isinstance(value, str))]
    for secret in filter(None, words):
        message = message.replace(secret, MASK)
    return message


def writing(engine: Engine) -> Engine:
    """The same database for transactions that write. All others never wait for a writer."""
    return engine.execution_options(writing=True)


def schema_version(engine: Engine) -> str | None:
    """The newest migration that was applied; None for an empty database."""
    with engine.connect() as connection:
        if not connection.dialect.has_table(connection, "alembic_version"):
            return None
        version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return version


def _migrate(engine: Engine) -> None:
    found = schema_version(engine)
    if found == NEWEST:
        return
    from vistas.store.migrations.running import upgrade

    upgrade(writing(engine), found)


def _prepare_sqlite(connection: Any, _: Any) -> None:
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("lower", 1, _fold, deterministic=True)


def _fold(text: Any) -> Any:
    """SQLite's own `lower` leaves all but the 26 Latin letters as they are."""
    return text.casefold() if isinstance(text, str) else text


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads first could otherwise fail when it comes to write."""
    writes = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def reason(error: Exception) -> str:
    """What the database itself says."""
    return str(error.orig if isinstance(error, DBAPIError) else error)
