"""Starting with the demo practice: all of it the first time, at once from then on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask

from groupnotes import config
from groupnotes.cli import demo, demo_loading, demo_practice, setup
from groupnotes.cli.demo_loading import PASSWORD
from groupnotes.cli.setup import MIGRATIONS, newest_revisions
from groupnotes.core import clock
from tests.support.databases import on_sqlite

ADDRESS = re.compile(r"GroupNotes is at (http://127\.0\.0\.1:\d+)")
LOADED = """
import sys
from groupnotes.cli import setup
setup.main()
print(sorted({"alembic", "typst"} & sys.modules.keys()))
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A machine on which GroupNotes has never run."""
    kept = {name: value for name, value in os.environ.items() if name != "GROUPNOTES_KEK"}
    return kept | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/database/groupnotes.sqlite3",
        "GROUPNOTES_KEK_FILE": str(tmp_path / "keys" / "key"),
    }


@contextmanager
def running(environment: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Start it; give what it says and where it is."""
    with subprocess.Popen(
        [sys.executable, "-m", "groupnotes.serve", "--port", "0", "--demo"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = ""
        try:
            for line in process.stdout:
                said += line
                if found := ADDRESS.match(line):
                    break
            assert found, said
            yield said, found[1]
        finally:
            process.kill()


def test_the_second_start_finds_everything_and_says_the_same_again(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with running(environment) as (first, address):
        assert "Made the key-encryption key" in first
        assert "Making the demo practice" in first
        with urllib.request.urlopen(f"{address}/sign-in") as answer:  # noqa: S310 - our own
            assert "<h1>Sign in</h1>" in answer.read().decode()
    key = (tmp_path / "keys" / "key").read_text()

    with running(environment) as (second, _):
        assert "Mak" not in second
        for person in demo.demo_practice(clock.now()).staff:
            assert person.sign_in_name in first
            assert person.sign_in_name in second
        assert PASSWORD in second
    assert (tmp_path / "keys" / "key").read_text() == key
    told = subprocess.run(
        [sys.executable, "-c", LOADED],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "[]\n", "what only the first start needs is loaded again"


@on_sqlite
def test_a_demo_that_was_interrupted_is_no_demo(
    app: Flask, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with app.app_context():
        monkeypatch.setattr(demo_loading, "_session", interrupt)
        with pytest.raises(KeyboardInterrupt):
            demo_practice.fill()

        with pytest.raises(SystemExit, match="was interrupted") as ended:
            demo_practice.fill()

    assert database_url.removeprefix("sqlite:///") in str(ended.value)


def test_make_run_starts_one_python() -> None:
    planned = subprocess.run(
        ["make", "--dry-run", "run"],  # noqa: S607 - whichever make is installed
        cwd=config.ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert planned.count("python ") == 1
    assert "--demo" in planned


def test_the_newest_of_several_migrations_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "MIGRATIONS", tmp_path)
    folder = tmp_path / "versions"
    folder.mkdir()
    for name, before in (("0003", "'0002'"), ("0001", "None"), ("0002", '"0001"')):
        text = f"revision = {name!r}\ndown_revision = {before}\nbranch_labels = None\n"
        (folder / f"{name}_step.py").write_text(f'"""Revision ID: {name}"""\n\n{text}')

    assert newest_revisions() == {"0003"}


def test_the_newest_migration_is_known_without_alembic() -> None:
    assert newest_revisions() == set(ScriptDirectory(str(MIGRATIONS)).get_heads())
