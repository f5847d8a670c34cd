"""Readers and writers of SQLite keep to connections of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.core import uow
from groupnotes.core.db import db
from groupnotes.core.pool import ApartPool

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def used(*, write: bool) -> Any:
    """Have a unit of work ask something; return the driver's connection that it had."""
    uow.begin(write=write)
    driver = db.session.connection().connection.driver_connection
    db.session.rollback()
    return driver


@on_sqlite
def test_each_kind_comes_back_to_its_own(app: Flask) -> None:
    with app.app_context():
        reader, writer = used(write=False), used(write=True)

        assert reader is not writer
        assert used(write=False) is reader
        assert used(write=True) is writer


@on_sqlite
def test_a_connection_that_stays_what_it_is_is_told_once(app: Flask) -> None:
    asked: list[str] = []
    with app.app_context():
        driver = used(write=False)
        driver.set_trace_callback(asked.append)
        used(write=True)
        used(write=False)

    assert asked == ["BEGIN", "ROLLBACK"]


def test_where_there_can_be_no_more_one_of_the_other_kind_serves(tmp_path: Path) -> None:
    engine = sa.create_engine(
        f"sqlite:///{tmp_path / 'a.sqlite3'}", poolclass=ApartPool, pool_size=1, max_overflow=0
    )
    write = sa.text("CREATE TABLE IF NOT EXISTS things (id INTEGER)")

    uow.begin(write=True)
    with engine.begin() as connection:
        connection.execute(write)
    uow.begin(write=False)
    with engine.connect() as connection, pytest.raises(sa.exc.OperationalError, match="readonly"):
        connection.execute(sa.text("INSERT INTO things VALUES (1)"))
    uow.begin(write=True)
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO things VALUES (1)"))

    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    engine.dispose()
