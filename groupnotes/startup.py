"""Look at the database before anything is served from it, or migrated."""

from __future__ import annotations

import sqlalchemy as sa

from groupnotes import config
from groupnotes.core.db import db, wants_to_write
from groupnotes.crypto import keyring

# Off, each lets a power cut take notes that were acknowledged, or tear the pages they are on.
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def has_sound_database() -> bool:
    """Say whether the current application's database has keys, all of which open.

    Raises Unsafe for a server that may lose what it acknowledged, and WrongKey for
    another installation's key.
    """
    _require_durable(db.engine)
    return keyring.check_keys()


def _require_durable(engine: sa.Engine) -> None:
    if engine.dialect.name != "postgresql":
        return  # SQLite's settings are ours: core.db makes them on every connection
    wants_to_write(write=False)
    try:
        with engine.connect() as connection:
            for name in _DURABLE:
                if connection.scalar(sa.select(sa.func.current_setting(name))) == "off":
                    raise config.Unsafe(
                        f"The PostgreSQL server runs with {name} off: after a power cut, notes "
                        f"that were saved can be gone. Nothing was started. Set {name} = on in "
                        "its postgresql.conf, and reload it."
                    )
    finally:
        wants_to_write(write=True)
        engine.dispose()  # a server that forks must not share a connection
