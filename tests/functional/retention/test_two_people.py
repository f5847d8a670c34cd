"""Two people destroy a record, when the law and nobody else stands in the way (ASVS 2.3.5)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.audit.tags import Outcome
from groupnotes.clients.models import CaseloadEntry, Client, ClientStatus
from groupnotes.core.db import db
from groupnotes.crypto.models import DataKey
from groupnotes.groups.models import Enrolment
from groupnotes.practice.models import Practice
from groupnotes.retention.models import Destruction, Purge
from tests.support import factories, faults, journey
from tests.support.at_once import at_once
from tests.support.cast import Cast
from tests.support.events import events
from tests.support.retention import (
    Old,
    another_session,
    change,
    confirm,
    destroy,
    document,
    is_there,
    propose,
    retention,
)
from tests.support.rows import TRACES, everything
from tests.support.site import Site, fields_of, one

WRONG = "not the password at all"
BACK = "destroyed_at = NULL, wrapped = check_value"


class TestProposing:
    def test_it_destroys_nothing(self, app: Flask, cast: Cast, old: Old, site: Site) -> None:
        purge = propose(site.sign_in(cast.rita), old.olaf)

        assert "Olaf Orrin" in site.get(purge).text
        assert is_there(app, old)

    def test_it_wants_the_password(self, app: Flask, cast: Cast, old: Old, site: Site) -> None:
        page = site.sign_in(cast.rita).get(retention(old))

        answer = site.submit(page, "#propose-form", password=WRONG, status=422)

        assert "This is not your password. Nothing was proposed." in answer.text
        with app.app_context():
            assert db.session.scalars(sa.select(Purge)).all() == []

    def test_twice_is_refused(self, cast: Cast, old: Old, site: Site) -> None:
        page = site.sign_in(cast.rita).get(retention(old))
        site.submit(page, "#propose-form", password=factories.PASSWORD)

        again = site.submit(page, "#propose-form", password=factories.PASSWORD, status=409)

        assert "proposed already" in again.text
        assert not site.get(retention(old)).select("#propose-form")

    @pytest.mark.parametrize("what", ["treatment", "caseload", "enrolment", "ahead"])
    def test_what_changed_since_the_page_was_opened_is_asked_again(
        self, app: Flask, cast: Cast, old: Old, site: Site, what: str
    ) -> None:
        page = site.sign_in(cast.rita).get(retention(old))
        obstruct(app, old, what)

        answer = site.submit(page, "#propose-form", password=factories.PASSWORD, status=409)

        assert "Nothing was proposed." in answer.text
        with app.app_context():
            assert db.session.scalars(sa.select(Purge)).all() == []


def obstruct(app: Flask, old: Old, what: str) -> None:
    """Let something stand in the way of destroying Olaf's record."""
    if what == "treatment":
        change(app, Client, Client.id == old.olaf, status=ClientStatus.ACTIVE)
    if what == "caseload":
        change(app, CaseloadEntry, CaseloadEntry.client_id == old.olaf, ended_on=None)
    if what == "enrolment":
        change(app, Enrolment, Enrolment.client_id == old.olaf, ended_on=None)
    if what == "ahead":
        change(app, Practice, sa.true(), retention_years=90)


class TestWhatIsNotSigned:
    def test_it_is_settled_first(self, app: Flask, cast: Cast, old: Old, site: Site) -> None:
        later = another_session(app, cast, old)
        fiona = Site(app).sign_in(cast.fiona)
        notes = document(fiona, later, old.olaf, old.ulla)

        page = site.sign_in(cast.rita).get(retention(old))
        assert "1 progress note is not signed." in page.text
        assert not page.select("#propose-form")

        journey.write(fiona, notes["Olaf"])
        journey.sign(fiona, notes["Olaf"])
        assert site.get(retention(old)).select("#propose-form")


class TestAtOnce:
    def test_two_who_confirm_destroy_it_once(self, app: Flask, cast: Cast, old: Old) -> None:
        purge = propose(Site(app).sign_in(cast.rita), old.olaf)
        windows = [Site(app).sign_in(who) for who in (cast.adam, old.rosa)]
        pages = [window.get(purge) for window in windows]
        sure = {"mrn": "MRN-77", "password": factories.PASSWORD}
        forms = [fields_of(one(page, "#confirm-form")) | sure for page in pages]

        answers = at_once(
            *(lambda w=w, f=f: w.send(purge, f) for w, f in zip(windows, forms, strict=True))
        )

        assert sorted(answer.status_code for answer in answers) == [303, 409]
        with app.app_context():
            assert len(db.session.scalars(sa.select(Destruction)).all()) == 1

    def test_a_hold_at_the_same_moment_is_kept_or_comes_too_late(
        self, app: Flask, cast: Cast, old: Old
    ) -> None:
        rita = Site(app).sign_in(cast.rita)
        purge = propose(rita, old.olaf)
        adam = Site(app).sign_in(cast.adam)
        sure = {"mrn": "MRN-77", "password": factories.PASSWORD}
        confirming = fields_of(one(adam.get(purge), "#confirm-form")) | sure
        holding = fields_of(one(rita.get(retention(old)), "#hold-form")) | {"reason": "Audit"}

        destroyed, held = at_once(
            lambda: adam.send(purge, confirming),
            lambda: rita.send(f"{retention(old)}/holds", holding),
        )

        assert (destroyed.status_code == 303) != (held.status_code == 303)
        assert is_there(app, old) == (held.status_code == 303)


class TestConfirming:
    def test_another_person_does_it(self, app: Flask, cast: Cast, old: Old, site: Site) -> None:
        purge = propose(site.sign_in(cast.rita), old.olaf)
        confirm(site.sign_in(old.rosa), purge)

        page = site.follow()

        assert "The record is destroyed." in page.text
        assert "Certificate of destruction" in page.text
        assert not is_there(app, old)

    def test_the_administrator_may_and_is_shown_no_name(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        purge = propose(site.sign_in(cast.rita), old.olaf)

        page = site.sign_in(cast.adam).get(purge)

        assert "Olaf" not in page.text
        assert "MRN-77" not in page.text
        confirm(site, purge)
        assert not is_there(app, old)

    def test_the_same_person_may_not(self, app: Flask, cast: Cast, old: Old, site: Site) -> None:
        purge = propose(site.sign_in(cast.rita), old.olaf)

        page = site.get(purge)
        sure = {"mrn": "MRN-77", "password": factories.PASSWORD, "csrf_token": site.token()}
        answer = site.post(purge, sure, status=409)

        assert not page.select("#confirm-form")
        assert "You proposed this yourself" in page.text
        assert "You proposed this yourself" in answer.text
        assert is_there(app, old)

    @pytest.mark.parametrize("who", ["fiona", "carl", "sam"])
    def test_nobody_else_may(self, app: Flask, cast: Cast, old: Old, site: Site, who: str) -> None:
        purge = propose(Site(app).sign_in(cast.rita), old.olaf)

        site.sign_in(getattr(cast, who)).get(purge, status=403)

    def test_it_wants_the_password(self, app: Flask, cast: Cast, old: Old, site: Site) -> None:
        purge = propose(Site(app).sign_in(cast.rita), old.olaf)
        page = site.sign_in(cast.adam).get(purge)

        answer = site.submit(page, "#confirm-form", mrn="MRN-77", password=WRONG, status=422)

        assert "This is not your password. Nothing was destroyed." in answer.text
        assert one(answer, "#mrn")["value"] == "MRN-77"
        assert is_there(app, old)

    def test_it_wants_the_number_of_that_client(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        purge = propose(Site(app).sign_in(cast.rita), old.olaf)

        confirm(site.sign_in(cast.adam), purge, mrn="MRN-78", status=422)

        assert is_there(app, old)

    @pytest.mark.parametrize("what", ["treatment", "caseload", "enrolment", "ahead"])
    def test_everything_is_asked_again(
        self, app: Flask, cast: Cast, old: Old, site: Site, what: str
    ) -> None:
        purge = propose(Site(app).sign_in(cast.rita), old.olaf)
        page = site.sign_in(cast.adam).get(purge)
        obstruct(app, old, what)

        sure = {"mrn": "MRN-77", "password": factories.PASSWORD}
        answer = site.submit(page, "#confirm-form", status=409, fill=sure)

        assert "Nothing was destroyed." in answer.text
        assert is_there(app, old)

    def test_a_withdrawn_one_is_not_confirmed(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        rita = Site(app).sign_in(cast.rita)
        purge = propose(rita, old.olaf)
        page = site.sign_in(cast.adam).get(purge)
        rita.submit(rita.get(purge), "form[action$='/withdraw']")

        sure = {"mrn": "MRN-77", "password": factories.PASSWORD}
        answer = site.submit(page, "#confirm-form", status=409, fill=sure)

        assert "was withdrawn: the record is kept" in answer.text
        assert "Withdrawn" in site.get(purge).text
        assert propose(rita, old.olaf) != purge

    def test_a_proposal_lapses_and_may_be_made_again(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        long_ago = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        with app.app_context():
            client = db.session.get_one(Client, old.olaf)
            stale = factories.purge(client, proposed_by_id=cast.rita, proposed_at=long_ago).id
            db.session.commit()
        address = f"/retention/purges/{stale}"

        page = site.sign_in(cast.adam).get(address)
        sure = {"mrn": "MRN-77", "password": factories.PASSWORD, "csrf_token": site.token()}
        answer = site.post(address, sure, status=409)

        assert not page.select("#confirm-form")
        assert "has lapsed" in page.text
        assert "This proposal has lapsed." in answer.text
        assert is_there(app, old)
        anew = propose(Site(app).sign_in(cast.rita), old.olaf)
        confirm(site, anew)
        assert not is_there(app, old)

    def test_confirmed_twice_is_said(self, app: Flask, cast: Cast, old: Old, site: Site) -> None:
        purge = propose(Site(app).sign_in(cast.rita), old.olaf)
        page = site.sign_in(cast.adam).get(purge)
        sure = {"mrn": "MRN-77", "password": factories.PASSWORD}
        site.submit(page, "#confirm-form", fill=sure)

        assert "already" in site.submit(page, "#confirm-form", status=409, fill=sure).text

    @pytest.mark.parametrize("table", ["audit_events", "destructions"])
    def test_one_that_is_interrupted_leaves_everything_as_it_was(
        self, app: Flask, cast: Cast, old: Old, site: Site, table: str
    ) -> None:
        purge = propose(Site(app).sign_in(cast.rita), old.olaf)
        page = site.sign_in(cast.adam).get(purge)
        before = rows(app)

        sure = {"mrn": "MRN-77", "password": factories.PASSWORD}
        with faults.refusing(app, "INSERT", table):
            site.submit(page, "#confirm-form", status=500, fill=sure)

        assert rows(app) == before
        assert is_there(app, old)
        confirm(site, purge)

    def test_each_step_is_in_the_log(self, app: Flask, cast: Cast, old: Old) -> None:
        destroy(app, cast, old)

        told = {
            (event.tag, event.actor_id)
            for event in events(app)
            if event.client_id == old.olaf and event.outcome is Outcome.SUCCESS
        }
        assert ("purge:propose", cast.rita) in told
        assert ("purge:confirm", cast.adam) in told


def rows(app: Flask) -> dict[str, Any]:
    with app.app_context(), db.engine.begin() as connection:
        found = {name: rows for name, rows in everything(connection).items() if name not in TRACES}
    found.pop("rate_limits", None)
    return found


class TestTheDatabaseItself:
    @pytest.fixture
    def destroyed(self, app: Flask, cast: Cast, old: Old) -> Old:
        destroy(app, cast, old)
        return old

    @pytest.mark.parametrize(
        ("statement", "reason"),
        [
            (f"UPDATE data_keys SET {BACK} WHERE wrapped IS NULL", "put back"),
            ("UPDATE data_keys SET destroyed_at = NULL WHERE wrapped IS NULL", "key"),
            ("UPDATE data_keys SET wrapped = check_value WHERE wrapped IS NULL", "key"),
            ("DELETE FROM data_keys WHERE destroyed_at IS NOT NULL", "not removed"),
            ("UPDATE data_keys SET destroyed_at = created_at WHERE scope = 'group'", "wrapped"),
            ("UPDATE clients SET status = 'active' WHERE status = 'destroyed'", "not begun anew"),
            ("DELETE FROM clients WHERE status = 'destroyed'", "not removed"),
            ("UPDATE destructions SET backup_days = 1", "not changed"),
            ("UPDATE destructions SET confirmed_by_id = proposed_by_id", "not changed"),
            ("DELETE FROM destructions", "not removed"),
            ("UPDATE purges SET withdrawn_at = proposed_at", "not changed otherwise"),
            ("DELETE FROM purges", "not removed"),
        ],
    )
    def test_no_hand_undoes_it(
        self, app: Flask, destroyed: Old, statement: str, reason: str
    ) -> None:
        with (
            app.app_context(),
            pytest.raises(sa.exc.DBAPIError, match=reason),
            db.engine.begin() as connection,
        ):
            connection.exec_driver_sql(statement)

    def test_one_person_is_not_two(self, app: Flask, cast: Cast, old: Old) -> None:
        with app.app_context():
            client = db.session.get_one(Client, old.olaf)
            purge = factories.purge(client, proposed_by_id=cast.rita)

            with pytest.raises(sa.exc.IntegrityError, match="two_people"):
                factories.destruction(purge, client, confirmed_by_id=cast.rita)

    def test_the_key_has_no_bytes_any_more(self, app: Flask, destroyed: Old) -> None:
        with app.app_context():
            number = db.session.scalars(sa.select(Destruction.key_number)).one()
            key = db.session.get_one(DataKey, number)

            assert key.owner_id == destroyed.olaf
            assert key.wrapped is None
            assert key.destroyed_at is not None
