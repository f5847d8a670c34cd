"""Settings from the environment: read in full, or refused with the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from groupnotes import config

KEY = {"GROUPNOTES_KEK": "0123456789abcdef" * 4}


class TestHosts:
    def test_blanks_around_commas_are_no_part_of_a_name(self) -> None:
        settings = config.from_environment({**KEY, "GROUPNOTES_HOSTS": "notes.example, b.example,"})

        assert settings.trusted_hosts == ["notes.example", "b.example"]

    def test_only_this_machine_is_answered_unless_told_otherwise(self) -> None:
        assert config.from_environment(KEY).trusted_hosts == ["127.0.0.1", "localhost"]

    @pytest.mark.parametrize("typed", [" ", ",", " , "])
    def test_a_list_of_none_is_refused_by_name(self, typed: str) -> None:
        with pytest.raises(config.Unsafe, match="GROUPNOTES_HOSTS must name"):
            config.from_environment({**KEY, "GROUPNOTES_HOSTS": typed})


class TestProxies:
    @pytest.mark.parametrize("typed", ["one", "-1", "1.5"])
    def test_what_is_no_number_is_refused_by_name(self, typed: str) -> None:
        with pytest.raises(config.Unsafe, match="GROUPNOTES_PROXIES must be a number"):
            config.from_environment({**KEY, "GROUPNOTES_PROXIES": typed})


class TestSettingsInFiles:
    def test_a_file_gives_the_value(self, tmp_path: Path) -> None:
        file = tmp_path / "url"
        file.write_text("postgresql://db.example/notes\n")

        url = config.database_url({"DATABASE_URL_FILE": str(file)})

        assert url == "postgresql+psycopg://db.example/notes"

    def test_a_file_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(config.Unsafe, match="DATABASE_URL_FILE names a file"):
            config.database_url({"DATABASE_URL_FILE": str(tmp_path / "missing")})

    def test_another_kind_of_database_is_refused(self) -> None:
        with pytest.raises(config.Unsafe, match="DATABASE_URL must be"):
            config.database_url({"DATABASE_URL": "mysql://db.example/notes"})
