"""Who writes the notes of a session that no clinician facilitated."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.accounts.models import UserRole
from groupnotes.clients.models import CaseloadEntry
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.notes.models import IndividualNote
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.site import Site


@pytest.fixture
def no_clinician_leads(app: Flask, cast: Cast) -> None:
    """Fiona only facilitates, so the notes fall to each client's own clinician."""
    with app.app_context():
        db.session.execute(
            sa.delete(UserRole).where(
                UserRole.user_id == cast.fiona, UserRole.role == Role.CLINICIAN
            )
        )
        factories.vouch_for_everybody()
        db.session.execute(sa.delete(CaseloadEntry).where(CaseloadEntry.client_id == cast.cleo))
        db.session.commit()


@pytest.mark.usefixtures("no_clinician_leads")
class TestWithoutAClinicianAmongTheFacilitators:
    def test_a_client_whom_nobody_treats_cannot_get_a_note(self, cast: Cast, site: Site) -> None:
        page = journey.document(site.sign_in(cast.finn), cast, status=422)

        assert "This client has no clinician yet" in page.text
        assert page.select_one(f".govuk-error-summary a[href='#status-{cast.cleo}']")

    def test_an_absent_client_needs_no_clinician(self, app: Flask, cast: Cast, site: Site) -> None:
        journey.document(site.sign_in(cast.finn), cast, attendance={"cleo": "excused"})

        with app.app_context():
            notes = db.session.scalars(sa.select(IndividualNote)).all()
        assert {note.client_id for note in notes} == {cast.ana, cast.ben}
        assert cast.finn not in {note.author_id for note in notes}
