"""Transactions on the store's database; foreign errors become StoreError here, once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from vistas.errors import StoreError
from vistas.store import engine as engines


class Transactions:
    """Safe to use from many threads and processes at once."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writes = engines.writing(engine)
        self._turn = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction: what is read in it belongs together, whoever writes meanwhile."""
        try:
            with self.engine.connect() as connection:
                yield connection
        except (DBAPIError, PoolTimeout) as error:
            raise StoreError(f"the store could not be read: {engines.reason(error)}") from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction. Threads take turns here, since a database leaves some waiting very long."""
        try:
            with self._turn, self._writes.begin() as connection:
                yield connection
        except (DBAPIError, PoolTimeout) as error:
            raise StoreError(f"the store could not be written: {engines.reason(error)}") from error
