"""Every column of every table has a class, and what is classed as sealed is sealed."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import sqlalchemy as sa

from groupnotes import config, features
from groupnotes.core.db import Base
from groupnotes.crypto.sealed import Ciphertext

FILE = config.ROOT / "groupnotes" / "crypto" / "classification.toml"

Columns = dict[str, sa.Column[Any]]


@pytest.fixture(scope="module")
def document() -> dict[str, dict[str, Any]]:
    return tomllib.loads(FILE.read_text())


@pytest.fixture(scope="module")
def classes(document: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Return the class of each listed column by ``table.column``."""
    tables = {name: part for name, part in document.items() if name not in {"classes", "readable"}}
    listed = [
        (f"{table}.{column}", kind)
        for table, kinds in tables.items()
        for kind, columns in kinds.items()
        for column in columns
    ]
    twice = {name for name, _ in listed if [n for n, _ in listed].count(name) > 1}
    assert not twice, f"listed more than once: {sorted(twice)}"
    return dict(listed)


@pytest.fixture(scope="module")
def columns() -> Columns:
    """Return each column of the database by ``table.column``."""
    features.blueprints()
    return {
        f"{table.name}.{column.name}": column
        for table in Base.metadata.tables.values()
        for column in table.columns
    }


class TestTheClassification:
    def test_every_column_has_a_class(self, columns: Columns, classes: dict[str, str]) -> None:
        missing = columns.keys() - classes.keys()

        assert not missing, f"say in {FILE.name} what these hold: {sorted(missing)}"

    def test_every_listed_column_exists(self, columns: Columns, classes: dict[str, str]) -> None:
        gone = classes.keys() - columns.keys()

        assert not gone, f"take these out of {FILE.name}: {sorted(gone)}"

    def test_every_class_is_explained_and_used(
        self, document: dict[str, dict[str, Any]], classes: dict[str, str]
    ) -> None:
        assert set(classes.values()) == document["classes"].keys()

    def test_what_is_sealed_is_stored_as_ciphertext_and_nothing_else_is(
        self, columns: Columns, classes: dict[str, str]
    ) -> None:
        sealed = {name for name, kind in classes.items() if kind == "sealed"}
        ciphertext = {
            name for name, column in columns.items() if isinstance(column.type, Ciphertext)
        }

        assert sealed == ciphertext

    def test_text_that_can_be_read_has_a_reason(
        self, columns: Columns, document: dict[str, dict[str, Any]]
    ) -> None:
        text = {
            name
            for name, column in columns.items()
            if isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
        }

        assert text == document["readable"].keys()

    def test_keys_and_fingerprints_are_bytes_that_nobody_typed(
        self, columns: Columns, classes: dict[str, str]
    ) -> None:
        loose = {
            name
            for name, kind in classes.items()
            if kind in {"key", "fingerprint"}
            and not isinstance(columns[name].type, sa.LargeBinary)
            and name != "users.password_hash"
        }

        assert not loose

    def test_a_sealed_row_says_which_key_seals_it(self, columns: Columns) -> None:
        tables = {name.split(".")[0] for name, c in columns.items() if _is_sealed(c)}

        assert not {table for table in tables if f"{table}.data_key" not in columns}


def _is_sealed(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, Ciphertext)
