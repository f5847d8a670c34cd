"""Setting an installation up: its key, its database, and what a foreign key may not do."""

from __future__ import annotations

import runpy
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa

from groupnotes import config
from groupnotes.cli import setup
from groupnotes.web.cookies import SIGN_IN
from tests.support.databases import KEY, make_durable
from tests.support.rows import Rows, everything
from tests.support.site import BASE

FOREIGN = bytes(32)
WSGI = str(config.ROOT / "wsgi.py")
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def key_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where this installation's key is, or will be."""
    path = tmp_path / "keys" / "key-encryption-key"
    monkeypatch.delenv("GROUPNOTES_KEK", raising=False)
    monkeypatch.setenv("GROUPNOTES_KEK_FILE", str(path))
    return path


def rows_at(url: str) -> Rows:
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            return everything(connection)
    finally:
        engine.dispose()


def refusal() -> str:
    """Set up, which must not succeed; return why."""
    with pytest.raises(SystemExit) as stopped:
        setup.main()
    return str(stopped.value)


class TestTheFirstTime:
    @pytest.fixture
    def database(
        self,
        monkeypatch: pytest.MonkeyPatch,
        key_file: Path,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> Path:
        path = tmp_path / "database" / "groupnotes.sqlite3"
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
        setup.main()
        return path

    def test_it_makes_a_key_that_only_its_owner_may_read(
        self, database: Path, key_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert stat.S_IMODE(key_file.stat().st_mode) == 0o400
        assert len(bytes.fromhex(key_file.read_text())) == 32
        assert f"Made the key-encryption key in {key_file}" in capsys.readouterr().out

    def test_it_makes_a_folder_that_only_its_owner_may_enter(self, database: Path) -> None:
        assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700

    def test_once_more_changes_nothing_and_says_nothing(
        self, database: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = rows_at(f"sqlite:///{database}")
        capsys.readouterr()

        setup.main()

        assert rows_at(f"sqlite:///{database}") == before
        assert capsys.readouterr().out == ""

    def test_a_lost_key_is_asked_for_and_not_replaced(self, database: Path, key_file: Path) -> None:
        key_file.unlink()

        reason = refusal()

        assert "key of this database is missing" in reason
        assert f"Put its copy back in {key_file}" in reason
        assert not key_file.exists()


class TestAnotherInstallationsKey:
    @pytest.fixture(autouse=True)
    def _foreign(self, monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
        make_durable(database_url)
        monkeypatch.setenv("DATABASE_URL", database_url)
        monkeypatch.setenv("GROUPNOTES_KEK", FOREIGN.hex())

    def test_it_changes_nothing_and_is_told_so(self, database_url: str) -> None:
        before = rows_at(database_url)

        reason = refusal()

        assert "does not belong to this database" in reason
        assert "Nothing was changed" in reason
        assert rows_at(database_url) == before

    def test_it_does_not_migrate_an_older_database(self, database_url: str) -> None:
        engine = sa.create_engine(database_url)
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM alembic_version")
        engine.dispose()
        before = rows_at(database_url)

        assert "does not belong to this database" in refusal()
        assert rows_at(database_url) == before

    def test_it_starts_no_application(
        self, database_url: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = rows_at(database_url)

        with pytest.raises(SystemExit) as stopped:
            runpy.run_path(WSGI)

        assert stopped.value.code == 2  # 1 is what `audit verify` says of an altered log
        assert "does not belong to this database" in capsys.readouterr().err
        assert rows_at(database_url) == before


class TestStarting:
    @on_sqlite
    def test_the_right_key_starts_the_application(
        self, database_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", database_url)
        monkeypatch.setenv("GROUPNOTES_KEK", KEY.hex())

        app = runpy.run_path(WSGI)["app"]

        assert app.test_client().get("/sign-in", base_url=BASE).status_code == 200

    def test_a_database_that_is_away_does_not_stop_the_application(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
        monkeypatch.setenv("GROUPNOTES_KEK", KEY.hex())

        client = runpy.run_path(WSGI)["app"].test_client()
        client.set_cookie(SIGN_IN, "a sign-in of yesterday", secure=True)
        answer = client.get("/", base_url=BASE)

        assert answer.status_code == 503
        assert "The database did not answer" in answer.text

    def test_a_missing_database_is_not_made_by_looking(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite3")
        monkeypatch.setenv("GROUPNOTES_KEK", KEY.hex())

        runpy.run_path(WSGI)

        assert not (tmp_path / "none.sqlite3").exists()


class TestWhatCannotBeSetUp:
    def test_a_database_of_another_kind_is_named(
        self, monkeypatch: pytest.MonkeyPatch, key_file: Path
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "mysql://localhost/groupnotes")

        assert refusal() == "DATABASE_URL must be sqlite:///… or postgresql://…"
        assert not key_file.exists()

    def test_a_server_that_does_not_answer_is_said(
        self, monkeypatch: pytest.MonkeyPatch, key_file: Path
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

        assert refusal().startswith("The database does not answer:")
        assert not key_file.exists()

    @on_sqlite
    @pytest.mark.parametrize(
        ("text", "mode", "reason"),
        [
            (KEY.hex(), 0o644, "Others may read the key file"),
            (KEY.hex(), 0o440, "Others may read the key file"),
            (KEY.hex()[:-2], 0o400, "must be 64 hexadecimal digits"),
        ],
    )
    def test_a_key_file_that_is_not_safe_is_refused(
        self,
        monkeypatch: pytest.MonkeyPatch,
        key_file: Path,
        database_url: str,
        text: str,
        mode: int,
        reason: str,
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", database_url)
        key_file.parent.mkdir()
        key_file.write_text(text)
        key_file.chmod(mode)

        assert reason in refusal()
