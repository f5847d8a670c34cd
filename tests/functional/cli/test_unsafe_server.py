"""A PostgreSQL server that may lose what it acknowledged: nothing is started on it."""

from __future__ import annotations

import runpy
import socket

import pytest
import sqlalchemy as sa

from groupnotes import config, serve
from groupnotes.cli import setup
from tests.support.databases import KEY

WSGI = str(config.ROOT / "wsgi.py")

pytestmark = [
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
    pytest.mark.postgresql,
]


@pytest.fixture(params=["fsync", "full_page_writes", "synchronous_commit"])
def setting(
    request: pytest.FixtureRequest, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> str:
    """A setting that the server says is off.

    It can only be changed for all databases of a server at once, so a function of this one
    answers in the place of the server's own.
    """
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION public.current_setting(text) RETURNS text LANGUAGE sql AS "
            f"$$ SELECT CASE $1 WHEN '{request.param}' THEN 'off'"
            " ELSE pg_catalog.current_setting($1) END $$"
        )
        connection.exec_driver_sql(
            f"ALTER DATABASE {engine.url.database} SET search_path = public, pg_catalog"
        )
    engine.dispose()
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("GROUPNOTES_KEK", KEY.hex())
    return str(request.param)


def sentence(setting: str) -> str:
    return f"The PostgreSQL server runs with {setting} off"


def test_nothing_is_served(setting: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,  # else a fault here would serve for ever
        pytest.raises(SystemExit) as stopped,
    ):
        serve.main(["--port", str(taken.getsockname()[1])])

    assert str(stopped.value).startswith(sentence(setting))
    assert f"Set {setting} = on in its postgresql.conf" in str(stopped.value)


def test_no_application_starts(setting: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(WSGI)

    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith(sentence(setting))


def test_nothing_is_migrated(setting: str, database_url: str) -> None:
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")

    with pytest.raises(SystemExit) as stopped:
        setup.main()

    assert str(stopped.value).startswith(sentence(setting))
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT * FROM alembic_version").all() == []
    engine.dispose()
