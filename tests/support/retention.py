"""A record that is past its retention period, and the two people who destroy it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.clients.models import Client, ClientStatus
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.groups.models import FacilitatorRole, Group
from groupnotes.sessions.models import GroupSession, SessionFacilitator
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.site import Site

HELD_ON = dt.date(2012, 3, 6)
ENDED = dt.date(2012, 6, 5)


@dataclass(frozen=True)
class Old:
    """Ids of what was written long ago; Olaf has left, Ulla is in treatment still."""

    olaf: uuid.UUID
    ulla: uuid.UUID
    session: uuid.UUID
    olafs_note: uuid.UUID  # signed
    ullas_note: uuid.UUID  # signed
    rosa: uuid.UUID  # one more of the records role


def long_gone(app: Flask, cast: Cast) -> Old:
    """Make Olaf and Ulla, whose notes of one session of long ago are signed."""
    with app.app_context():
        rosa = factories.user("Rosa Reed", Role.RECORDS).id
        olaf, ulla, session = _members(cast)
        db.session.commit()
    fiona = Site(app).sign_in(cast.fiona)
    notes = document(fiona, session, olaf, ulla)
    for note_id in notes.values():
        journey.write(fiona, note_id, response="Spoke of a cormorant.")
        journey.sign(fiona, note_id)
    with app.app_context():
        db.session.get_one(Client, olaf).status = ClientStatus.DISCHARGED
        db.session.commit()
    return Old(olaf, ulla, session, notes["Olaf"], notes["Ulla"], rosa)


def _members(cast: Cast) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    group = db.session.get_one(Group, cast.group)
    fiona = db.session.get_one(User, cast.fiona)
    long_ago = dt.datetime(2011, 12, 1, 15, tzinfo=dt.UTC)
    olaf = factories.client(
        first_name="Olaf", last_name="Orrin", mrn="MRN-77", created_at=long_ago, aliases="Ollie"
    )
    ulla = factories.client(first_name="Ulla", last_name="Unger", mrn="MRN-78", created_at=long_ago)
    began = dt.date(2012, 1, 3)
    factories.enrol(group, olaf, started_on=began, ended_on=ENDED)
    factories.enrol(group, ulla, started_on=began, ended_on=ENDED)
    factories.care(olaf, fiona, started_on=began, ended_on=ENDED)
    factories.care(ulla, fiona, started_on=began)
    for client in (olaf, ulla):
        factories.diagnosis(client, made_by_id=fiona.id)
        factories.plan(
            client, signed_by_id=fiona.id, effective_on=began, review_due_on=dt.date(2012, 7, 1)
        )
    starts = dt.datetime.combine(HELD_ON, dt.time(17), factories.ZONE)
    met = factories.session(
        group,
        held_on=HELD_ON,
        starts_at=starts,
        ends_at=starts + dt.timedelta(minutes=90),
    )
    db.session.add(
        SessionFacilitator(session_id=met.id, user_id=fiona.id, role=FacilitatorRole.LEAD)
    )
    return olaf.id, ulla.id, met.id


def another_session(app: Flask, cast: Cast, old: Old) -> uuid.UUID:
    """Add the session of a week later, which nobody documented."""
    with app.app_context():
        first = db.session.get_one(GroupSession, old.session)
        week = dt.timedelta(days=7)
        met = factories.session(
            db.session.get_one(Group, cast.group),
            held_on=first.held_on + week,
            starts_at=first.starts_at + week,
            ends_at=first.ends_at + week,
        )
        lead = FacilitatorRole.LEAD
        db.session.add(SessionFacilitator(session_id=met.id, user_id=cast.fiona, role=lead))
        db.session.commit()
        return met.id


def document(site: Site, session: uuid.UUID, *clients: uuid.UUID) -> dict[str, uuid.UUID]:
    """Document a session with ``clients`` present; return their notes by first name."""
    page = site.get(f"/sessions/{session}")
    present = {f"status-{client}": "present" for client in clients}
    site.submit(page, "#session-form", fill={**present, **journey.GROUP_NOTE})
    links = site.follow().select(".client__name a")
    return {a.text.split()[0]: uuid.UUID(str(a["href"]).rsplit("/", 1)[1]) for a in links}


def propose(site: Site, client: uuid.UUID) -> str:
    """Propose that a record be destroyed; return the address of the proposal."""
    page = site.get(f"/clients/{client}/retention")
    site.submit(page, "#propose-form", password=factories.PASSWORD)
    return str(site.last.location)


def confirm(site: Site, purge: str, *, mrn: str = "MRN-77", status: int = 303) -> None:
    """Confirm a proposal as the second person."""
    site.submit(
        site.get(purge), "#confirm-form", mrn=mrn, password=factories.PASSWORD, status=status
    )


def destroy(app: Flask, cast: Cast, old: Old) -> str:
    """Destroy Olaf's record: Rita proposes it, Adam confirms it."""
    purge = propose(Site(app).sign_in(cast.rita), old.olaf)
    confirm(Site(app).sign_in(cast.adam), purge)
    return purge


def is_there(app: Flask, old: Old) -> bool:
    """Say whether Olaf's record is there, with his name."""
    with app.app_context():
        client = db.session.get_one(Client, old.olaf)
        return client.status is not ClientStatus.DESTROYED and client.first_name == "Olaf"


def change(app: Flask, model: type[Any], where: sa.ColumnElement[bool], **values: Any) -> None:
    """Change rows of a table, as no page would."""
    with app.app_context():
        db.session.execute(sa.update(model).where(where).values(**values))
        db.session.commit()


def retention(old: Old) -> str:
    """Return the address where Olaf's record is kept or destroyed."""
    return f"/clients/{old.olaf}/retention"
