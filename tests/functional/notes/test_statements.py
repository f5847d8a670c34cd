"""The hot paths ask as much of the database for thirty clients as for three."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.core.db import db
from groupnotes.groups.models import Group
from tests.support import factories, journey
from tests.support.bulk import Practice
from tests.support.cast import Cast
from tests.support.site import Site, fields_of, one
from tests.support.statements import statements

# What each path sends, with one for the sign-in and three for the audit log; BEGIN left out.
FAN_OUT = 17  # with what was typed, which is forgotten then
SESSION_PAGE = 10
AUTOSAVE = 9
SIGNING = 15


@pytest.fixture(params=[3, 30])
def clients(request: pytest.FixtureRequest, app: Flask, cast: Cast) -> list[uuid.UUID]:
    """The clients of the session: Ana, Ben and Cleo alone, or with others."""
    with app.app_context():
        practice = Practice()
        members = practice.members(request.param - 3, db.session.get_one(User, cast.fiona))
        practice.enrol(db.session.get_one(Group, cast.group), members)
        db.session.commit()
        return [cast.ana, cast.ben, cast.cleo, *(member.client_id for member in members)]


@pytest.fixture
def on_postgresql(app: Flask) -> bool:
    with app.app_context():
        return db.engine.dialect.name == "postgresql"


def sent_by(app: Flask, act: Callable[[], Any]) -> list[str]:
    """Return the statements of ``act``, done by an application that has its keys open."""
    with statements(app) as sent:
        act()
    return [statement for statement in sent if not statement.startswith("BEGIN")]


def document(site: Site, cast: Cast, clients: list[uuid.UUID], **values: Any) -> None:
    form = fields_of(one(site.get(f"/sessions/{cast.session}"), "#session-form"))
    form |= journey.GROUP_NOTE | {f"status-{client}": "present" for client in clients} | values
    site.post(f"/sessions/{cast.session}", form, status=303)


class TestStatements:
    def test_of_a_fan_out(
        self, app: Flask, cast: Cast, site: Site, clients: list[uuid.UUID], on_postgresql: bool
    ) -> None:
        site.sign_in(cast.fiona)
        form = fields_of(one(site.get(f"/sessions/{cast.session}"), "#session-form"))
        form |= journey.GROUP_NOTE | {f"status-{client}": "present" for client in clients}
        # What is typed is kept after each pause, which prepares the roster.
        site.post(f"/sessions/{cast.session}/draft", form, status=200, htmx=True)

        sent = sent_by(app, lambda: site.post(f"/sessions/{cast.session}", form, status=303))

        assert len(sent) == FAN_OUT + on_postgresql, "\n".join(sent)

    def test_of_the_session_page(
        self, app: Flask, cast: Cast, site: Site, clients: list[uuid.UUID]
    ) -> None:
        document(site.sign_in(cast.fiona), cast, clients)

        sent = sent_by(app, lambda: site.get(f"/sessions/{cast.session}"))

        assert len(sent) == SESSION_PAGE, "\n".join(sent)

    def test_of_an_autosave(
        self, app: Flask, cast: Cast, site: Site, clients: list[uuid.UUID]
    ) -> None:
        document(site.sign_in(cast.fiona), cast, clients)
        annies = journey.note_of(site, cast, "Annie")
        page, form = site.get(f"/notes/{annies}"), f"#note-{annies}"
        typed = fields_of(one(page, form)) | journey.filled(page, form)

        sent = sent_by(
            app, lambda: site.post(f"/notes/{annies}/draft", typed, status=200, htmx=True)
        )

        assert len(sent) == AUTOSAVE, "\n".join(sent)

    @pytest.mark.parametrize("count", [1, 2])
    def test_of_signing(
        self,
        app: Flask,
        cast: Cast,
        site: Site,
        clients: list[uuid.UUID],
        on_postgresql: bool,
        count: int,
    ) -> None:
        document(site.sign_in(cast.fiona), cast, clients)
        for name in ("Annie", "Ben")[:count]:
            journey.write(site, journey.note_of(site, cast, name))
        page = site.get(f"/sessions/{cast.session}/sign")
        form = fields_of(one(page, "#sign-form")) | {
            "notes": [str(box["value"]) for box in page.select("[name=notes]")],
            "password": factories.PASSWORD,
        }
        site.post(f"/sessions/{cast.session}/sign", form | {"password": "not mine"}, status=422)

        sent = sent_by(app, lambda: site.post(f"/sessions/{cast.session}/sign", form, status=303))

        assert len(form["notes"]) == count
        assert len(sent) == SIGNING + on_postgresql, "\n".join(sent)
