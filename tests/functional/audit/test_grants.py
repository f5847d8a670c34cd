"""The application's PostgreSQL role: it can do all of its work, and nothing to the log."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes import config
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core.db import db
from tests.support import emergency, factories, journey, review
from tests.support.databases import application
from tests.support.events import events, first_break
from tests.support.site import Site

GRANTS = config.ROOT / "migrations" / "grants.sql"
PASSWORD = "not a secret"  # of a role that lives as long as its test

pytestmark = [
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
]


@pytest.fixture
def limited(database_url: str) -> Iterator[Flask]:
    """The application, connected as a role that has what the script grants and no more."""
    url = sa.make_url(database_url)
    role = f"groupnotes_app_{uuid.uuid4().hex[:12]}"
    script = GRANTS.read_text(encoding="utf-8").replace(':"app"', f'"{role}"')
    owner = database_url.replace("+psycopg", "", 1)
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
        connection.execute(script.encode())
    app = application(
        url.set(username=role, password=PASSWORD).render_as_string(hide_password=False)
    )
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"DROP OWNED BY {role}")
        connection.execute(f"DROP ROLE {role}")


class TestTheRole:
    def test_the_application_works(self, limited: Flask) -> None:
        with limited.app_context():
            cast = factories.cast()
            db.session.commit()

        journey.signed_note(Site(limited).sign_in(cast.fiona), cast)

        assert len(events(limited)) > 10
        assert first_break(limited) is None

    def test_it_reads_in_an_emergency_and_keeps_what_is_said_of_it(self, limited: Flask) -> None:
        with limited.app_context():
            cast = factories.cast()
            db.session.commit()
        olga, carl = (Site(limited).sign_in(who) for who in (cast.olga, cast.carl))

        emergency.begin(olga)
        olga.submit(olga.get("/"), "section.emergency form")
        access = emergency.newest(limited)
        carl.submit(carl.get("/"), f"form[action='/emergency/{access}/acknowledge']")
        adam = Site(limited).sign_in(cast.adam)
        given = {"finding": "justified", "comment": "It was."}
        adam.submit(adam.get(f"/admin/emergency/{access}"), "#review-form", fill=given)

        for statement in (
            "DELETE FROM emergency_accesses",
            "UPDATE emergency_acknowledgements SET user_id = user_id",
            "DELETE FROM emergency_acknowledgements",
            "UPDATE emergency_reviews SET justified = false",
            "DELETE FROM emergency_reviews",
        ):
            with (
                limited.app_context(),
                pytest.raises(sa.exc.ProgrammingError) as refused,
                db.engine.begin() as connection,
            ):
                connection.exec_driver_sql(statement)
            assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)

    def test_it_settles_what_was_returned_and_changes_no_word_of_it(self, limited: Flask) -> None:
        with limited.app_context():
            cast = factories.cast()
            factories.change_supervision(co_signs=True)
            db.session.commit()
        fiona, sam = (Site(limited).sign_in(who) for who in (cast.fiona, cast.sam))
        note_id = journey.signed_note(fiona, cast)
        review.co_sign(sam)
        review.add(fiona, note_id)
        review.return_entry(sam, note_id)

        fiona.submit(fiona.get(f"/notes/{note_id}/signed"), "form[action$='/leave-out']")

        for statement in (
            "UPDATE entry_returns SET comment = comment",
            "DELETE FROM entry_returns",
        ):
            with (
                limited.app_context(),
                pytest.raises(sa.exc.ProgrammingError) as refused,
                db.engine.begin() as connection,
            ):
                connection.exec_driver_sql(statement)
            assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)

    @pytest.mark.parametrize(
        "statement",
        [
            f"{act} {table}{rest}"
            for table in ("audit_events", "audit_checkpoints", "audit_keys", "audit_head")
            for act, rest in (
                ("DELETE FROM", ""),
                ("TRUNCATE", ""),
                ("DROP TABLE", ""),
                ("ALTER TABLE", " DISABLE TRIGGER ALL"),
            )
        ]
        + [
            "UPDATE audit_events SET detail = 'x'",
            "UPDATE audit_events SET hash = hash",
            "UPDATE audit_checkpoints SET note = note",
            "UPDATE audit_keys SET wrapped = wrapped",
            "INSERT INTO audit_head (id, sequence, hash) VALUES (2, 1, '')",
            "DROP TRIGGER audit_events_keep ON audit_events",
            (
                "CREATE OR REPLACE FUNCTION audit_events_keep() RETURNS trigger LANGUAGE plpgsql"
                " AS $$ BEGIN RETURN NEW; END $$"
            ),
            "UPDATE alembic_version SET version_num = '0000'",
        ],
    )
    def test_nothing_can_be_done_to_the_log(self, limited: Flask, statement: str) -> None:
        with limited.app_context():
            log.append([Happening(Tag.SIGN_IN, None)])
            db.session.commit()
        before = [event.hash for event in events(limited)]

        with (
            limited.app_context(),
            pytest.raises(sa.exc.ProgrammingError) as refused,
            db.engine.begin() as connection,
        ):
            connection.exec_driver_sql(statement)

        assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)
        assert [event.hash for event in events(limited)] == before
