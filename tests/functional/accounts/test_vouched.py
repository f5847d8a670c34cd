"""Whoever writes to the database, and has no key, signs in and signs as nobody."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.access.policy import Permission
from groupnotes.accounts import passwords, sign_ins, vouched
from groupnotes.accounts.models import SignIn, Supervision, User, UserRole
from groupnotes.core import clock
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, Invalid
from groupnotes.core.ids import new_id
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.signing import queries
from groupnotes.web.cookies import SIGN_IN
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.review import WRONG
from tests.support.site import Site, fields_of, one

OURS = "a password of the database's owner"
# What of an account no seal covers, and why altering it gives nobody a right.
AROUND = {
    "id": "every row that names the person would name nobody",
    "data_key": "the name would not open",
    "sign_in_name": "sealed",
    "name": "sealed",
    "seal": "the seal itself",
    "supervision_seal": "the other seal",
    "version": "counts what administrators save",
    "created_at": "tells when",
}
ANOTHER: dict[str, Any] = {
    "sign_in_name_index": b"another index",
    "password_hash": "another hash",
    "one_time_until": clock.now(),
    "renewed_at": clock.now(),
    "renewed_by_id": None,  # that of the person
    "active": False,
    "credentials": "MD",
    "npi": "1999999976",
    "licence": "NY 1",
}


def forge(app: Flask, *statements: Any) -> None:
    """Write as somebody does who owns the database."""
    with app.app_context():
        for statement in statements:
            db.session.execute(statement)
        db.session.commit()


def forged_password(cast: Cast) -> Any:
    changed = sa.update(User).where(User.id == cast.fiona)
    return changed.values(password_hash=passwords.hashed(OURS), one_time_until=None)


def test_every_column_of_an_account_is_covered_or_gives_no_right() -> None:
    assert ANOTHER.keys() | AROUND.keys() == {column.key for column in sa.inspect(User).columns}


@pytest.mark.parametrize("column", sorted(ANOTHER))
def test_an_account_that_was_changed_is_nobodys(
    app: Flask, cast: Cast, site: Site, column: str
) -> None:
    site.sign_in(cast.fiona).get("/")
    value = cast.fiona if column == "renewed_by_id" else ANOTHER[column]

    forge(app, sa.update(User).where(User.id == cast.fiona).values({column: value}))

    site.get("/", status=303)
    told = one(Site(app).sign_in(cast.adam).get("/"), "[aria-labelledby=altered-accounts-title]")
    assert [link.text for link in told.select("a")] == ["Fiona Field"]


def test_a_password_that_somebody_wrote_opens_nothing(app: Flask, cast: Cast, site: Site) -> None:
    forge(app, forged_password(cast))

    page = site.submit(
        site.get("/sign-in"),
        "#sign-in",
        sign_in_name="fiona@example.org",
        password=OURS,
        status=422,
    )

    assert vouched.ALTERED in page.text
    site.get("/", status=303)


def test_a_role_that_somebody_wrote_is_none(app: Flask, cast: Cast, site: Site) -> None:
    site.sign_in(cast.fiona).get("/")

    forge(app, sa.insert(UserRole).values(user_id=cast.fiona, role=Role.ADMINISTRATOR))

    site.get("/staff/", status=303)


def test_a_password_that_comes_after_the_sign_in_confirms_nothing(app: Flask, cast: Cast) -> None:
    """A trigger writes within the very request whose sign-in was found sound."""
    forge(app, forged_password(cast))

    actor = Actor(cast.fiona, None, frozenset(), factories.ZONE.key)
    with app.app_context(), pytest.raises(Invalid) as refused:
        sign_ins.confirm_password(actor, OURS, reason=Permission.NOTE_SIGN)

    assert vouched.ALTERED in refused.value.fields["password"]


class TestWhatIsSigned:
    """Every signature of a note names who led the session, and who signs, with credentials."""

    FORGERY = {"credentials": "MD", "npi": "1999999976", "licence": "NY 1"}

    @pytest.mark.parametrize("column", sorted(FORGERY))
    def test_no_credentials_of_who_led_are_signed_that_somebody_wrote(
        self, app: Flask, cast: Cast, site: Site, column: str
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note = journey.note_of(site, cast, "Annie")
        journey.write(site, note)
        value = {column: self.FORGERY[column]}

        forge(app, sa.update(User).where(User.id == cast.finn).values(value))

        page = site.get(f"/notes/{note}/sign", status=409)
        assert vouched.ALTERED_SIGNED in page.text

    def test_nor_of_who_signs(self, app: Flask, cast: Cast) -> None:
        forge(app, sa.update(User).where(User.id == cast.fiona).values(self.FORGERY))

        actor = Actor(cast.fiona, None, frozenset(), factories.ZONE.key)
        with app.app_context(), pytest.raises(Conflict, match="outside GroupNotes"):
            queries.signer(actor)


class TestASignIn:
    def test_of_ones_own_is_not_somebody_elses(self, app: Flask, cast: Cast, site: Site) -> None:
        site.sign_in(cast.olga).get("/")

        forge(app, sa.update(SignIn).values(user_id=cast.fiona))

        site.get("/", status=303)

    def test_that_somebody_wrote_is_none(self, app: Flask, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona).get("/")
        now, token = clock.now(), "known"
        row = {
            "id": new_id(),
            "token_hash": hashlib.sha256(token.encode()).digest(),
            "user_id": cast.fiona,
            "created_at": now,
            "last_seen_at": now,
        }
        with app.app_context():
            theirs = db.session.scalars(sa.select(SignIn.seal)).one()
        forge(app, sa.insert(SignIn).values(**row, seal=theirs))
        thief = Site(app)
        thief.client.set_cookie(SIGN_IN, token, secure=True)

        thief.get("/", status=303)
        site.get("/")


class TestSupervision:
    """Whether somebody must sign beside the author is not the author's to write."""

    @pytest.fixture
    def draft(self, app: Flask, cast: Cast, site: Site) -> uuid.UUID:
        with app.app_context():
            factories.change_supervision(co_signs=True)
            db.session.commit()
        journey.document(site.sign_in(cast.fiona), cast)
        note = journey.note_of(site, cast, "Annie")
        journey.write(site, note)
        return note

    @pytest.mark.parametrize(
        "forgery",
        [
            pytest.param(sa.delete(Supervision), id="cut"),
            pytest.param(sa.update(Supervision).values(co_signs=False), id="beside"),
            pytest.param(sa.update(Supervision).values(ended_on=factories.LONG_AGO), id="ended"),
            pytest.param(
                sa.update(Supervision).values(started_on=factories.SESSION_DAY.replace(year=2099)),
                id="begun",
            ),
        ],
    )
    def test_nothing_is_signed_then(
        self, app: Flask, cast: Cast, site: Site, draft: uuid.UUID, forgery: Any
    ) -> None:
        forge(app, forgery)

        page = site.get(f"/notes/{draft}/sign", status=409)

        assert vouched.ALTERED_SUPERVISION in page.text
        with app.app_context():
            assert db.session.get_one(IndividualNote, draft).status is NoteStatus.DRAFT

    def test_nobody_makes_themselves_a_supervisor(
        self, app: Flask, cast: Cast, site: Site, draft: uuid.UUID
    ) -> None:
        journey.sign(site, draft)
        with app.app_context():
            factories.give_role(cast.olga, Role.SUPERVISOR)
            db.session.commit()
        forge(app, sa.update(Supervision).values(supervisor_id=cast.olga))

        page = Site(app).sign_in(cast.olga).get("/cosign", status=409)

        assert vouched.ALTERED_SUPERVISION in page.text

    def test_nobody_enters_a_note_in_error_as_a_supervisor_of_their_own_making(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        note = journey.signed_note(site.sign_in(cast.fiona), cast)
        address = f"/notes/{note}/entered-in-error"
        shown = Site(app).sign_in(cast.sam).get(address)
        with app.app_context():
            factories.give_role(cast.olga, Role.SUPERVISOR)
            db.session.commit()
        forge(app, sa.update(Supervision).values(supervisor_id=cast.olga))
        olga = Site(app).sign_in(cast.olga)

        refused = olga.get(address, status=409)
        filled = fields_of(one(shown, "#in-error-form")) | WRONG | {"csrf_token": olga.token()}
        olga.post(address, filled, status=409)

        assert vouched.ALTERED_SUPERVISION in refused.text
        with app.app_context():
            assert db.session.get_one(IndividualNote, note).status is NoteStatus.SIGNED


def test_an_administrator_puts_an_account_right(app: Flask, cast: Cast, site: Site) -> None:
    forge(app, forged_password(cast))
    adam = Site(app).sign_in(cast.adam)
    page = adam.get(f"/staff/{cast.fiona}")
    assert "This account was changed outside GroupNotes" in page.text
    adam.post(f"/staff/{cast.fiona}/one-time-password", {"csrf_token": adam.token()}, status=409)

    adam.submit(adam.get(f"/staff/{cast.fiona}/edit"), "#main form")

    assert "changed outside GroupNotes" not in adam.get(f"/staff/{cast.fiona}").text
    refused = site.submit(
        site.get("/sign-in"),
        "#sign-in",
        sign_in_name="fiona@example.org",
        password=OURS,
        status=422,
    )
    assert vouched.ALTERED not in refused.text


class TestARenewedPassword:
    def test_the_person_and_other_administrators_are_told(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with app.app_context():
            factories.give_role(cast.rita, Role.ADMINISTRATOR)
            db.session.commit()
        adam = Site(app).sign_in(cast.adam)

        adam.post(
            f"/staff/{cast.fiona}/one-time-password", {"csrf_token": adam.token()}, status=200
        )

        rita = Site(app).sign_in(cast.rita)
        assert (
            "The password of Fiona Field was renewed by Adam"
            in one(rita.get("/"), "[aria-labelledby=renewals-title]").text
        )
        assert adam.get("/").select("[aria-labelledby=renewals-title]") == []
        with app.app_context():
            db.session.execute(sa.update(User).values(one_time_until=None))
            factories.vouch_for_everybody()
            db.session.commit()
        told = one(site.sign_in(cast.fiona).get("/"), "[aria-labelledby=renewals-title]").text
        assert "Your password was renewed by Adam" in told
        assert (
            Site(app).sign_in(cast.olga).get("/").select("[aria-labelledby=renewals-title]") == []
        )
