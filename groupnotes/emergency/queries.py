"""What the pages of emergency accesses ask of the database."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa

from groupnotes.access.models import EmergencyAccess
from groupnotes.access.policy import Permission
from groupnotes.access.relations import bound, within
from groupnotes.accounts import queries as staff
from groupnotes.accounts.models import SignIn, User
from groupnotes.clients import queries as clients
from groupnotes.clients.models import Client
from groupnotes.core import keyset
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.keyset import Cursor, Page
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.emergency.models import EmergencyAcknowledgement, EmergencyReview
from groupnotes.emergency.standing import AccessLine, Notice, Review, Times, standing

MOST = 50  # accesses that wait for a review, or notices, on one page

_REASON = Place("emergency_accesses", "reason")
_ACKNOWLEDGED = (
    sa.select(sa.func.count())
    .where(EmergencyAcknowledgement.access_id == EmergencyAccess.id)
    .correlate(EmergencyAccess)
    .scalar_subquery()
)
_LINE = (
    sa.select(
        EmergencyAccess.id,
        EmergencyAccess.client_id,
        EmergencyAccess.ground,
        EmergencyAccess.started_at,
        EmergencyAccess.ends_at,
        EmergencyAccess.ended_at,
        User.id.label("user_id"),
        User.name_sealed,
        User.credentials,
        _ACKNOWLEDGED.label("acknowledged"),
        EmergencyReview.justified,
    )
    .select_from(EmergencyAccess)
    .join(User, User.id == EmergencyAccess.user_id)
    .outerjoin(EmergencyReview, EmergencyReview.access_id == EmergencyAccess.id)
)


def identified(mrn: str, birth_date: dt.date) -> Client | None:
    """Return the client with this record number who was born on this day."""
    index = ring().blind_index("clients.mrn", mrn)
    client = db.session.scalar(sa.select(Client).where(Client.mrn_index == index))
    return client if client and client.birth_date == birth_date.isoformat() else None


def is_on_caseload(actor: Actor, client_id: uuid.UUID) -> bool:
    """Say whether the client is the actor's own, whose whole chart they write."""
    its = within(actor.roles, Permission.CHART_WRITE, Client)
    query = sa.select(sa.literal(1)).where(Client.id == client_id, its)
    return db.session.scalar(query, bound(actor)) is not None


def hold(actor: Actor) -> None:
    """Let two beginnings of one person wait for each other."""
    db.session.execute(sa.select(User.id).where(User.id == actor.user_id).with_for_update())


def open_in_sign_in(actor: Actor, client_id: uuid.UUID, now: dt.datetime) -> bool:
    """Say whether the client's record is open in this sign-in, whatever the request began with."""
    query = (
        sa.select(sa.literal(1))
        .select_from(SignIn)
        .join(EmergencyAccess, EmergencyAccess.id == SignIn.emergency_access_id)
        .where(
            SignIn.id == actor.sign_in_id,
            EmergencyAccess.client_id == client_id,
            EmergencyAccess.ended_at.is_(None),
            EmergencyAccess.ends_at > now,
        )
    )
    return db.session.scalar(query) is not None


def put_into_sign_in(actor: Actor, access_id: uuid.UUID) -> None:
    """Let the access hold in the sign-in in which the password was given, and in no other."""
    query = sa.update(SignIn).where(SignIn.id == actor.sign_in_id)
    db.session.execute(query.values(emergency_access_id=access_id))


def waiting(now: dt.datetime) -> list[AccessLine]:
    """Return what nobody has reviewed yet, the oldest first."""
    query = _LINE.where(EmergencyReview.id.is_(None)).order_by(EmergencyAccess.id).limit(MOST)
    return [_line(row, now) for row in db.session.execute(query)]


def reviewed(cursor: Cursor[uuid.UUID], now: dt.datetime) -> tuple[list[AccessLine], Page[Any]]:
    """Return a page of what was reviewed, the newest first."""
    query = _LINE.where(EmergencyReview.id.is_not(None))
    page = keyset.newest_first(query, EmergencyAccess.id, cursor)
    return [_line(row, now) for row in page.rows], page


def line(access_id: uuid.UUID, now: dt.datetime) -> AccessLine:
    """Return one access as an administrator sees it."""
    return _line(db.session.execute(_LINE.where(EmergencyAccess.id == access_id)).one(), now)


def review_of(access_id: uuid.UUID) -> Review | None:
    """Return what the review of one access found, if it was reviewed."""
    query = (
        sa.select(EmergencyReview, User)
        .join(User, User.id == EmergencyReview.reviewer_id)
        .where(EmergencyReview.access_id == access_id)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    review, reviewer = found
    return Review(
        staff.label_of(reviewer.id, reviewer.name_sealed, reviewer.credentials),
        review.reviewed_at,
        justified=review.justified,
        comment=review.comment,
    )


def notices(actor: Actor) -> list[Notice]:
    """Return what the actor has not acknowledged yet of accesses to clients of theirs."""
    mine = sa.select(sa.literal(1)).where(
        EmergencyAcknowledgement.access_id == EmergencyAccess.id,
        EmergencyAcknowledgement.user_id == actor.user_id,
    )
    query = (
        sa.select(
            EmergencyAccess.id,
            EmergencyAccess.client_id,
            EmergencyAccess.ground,
            EmergencyAccess.started_at,
            EmergencyAccess.ends_at,
            EmergencyAccess.ended_at,
            EmergencyAccess.reason_sealed,
            User.id.label("user_id"),
            User.name_sealed,
            User.credentials,
        )
        .select_from(EmergencyAccess)
        .join(User, User.id == EmergencyAccess.user_id)
        .where(
            EmergencyAccess.user_id != actor.user_id,
            within(actor.roles, Permission.EMERGENCY_NOTICE, EmergencyAccess),
            ~mine.correlate(EmergencyAccess).exists(),
        )
        .order_by(EmergencyAccess.id)
        .limit(MOST)
    )
    rows = db.session.execute(query, bound(actor)).all()
    names = _names({row.client_id for row in rows}) if rows else {}
    return [
        Notice(
            id=row.id,
            who=staff.label_of(row.user_id, row.name_sealed, row.credentials),
            client_id=row.client_id,
            client_name=names[row.client_id],
            ground=row.ground.label,
            reason=ring().open(_REASON, row.id, row.reason_sealed),
            times=Times(row.started_at, row.ends_at, row.ended_at),
        )
        for row in rows
    ]


def is_acknowledged(access_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Say whether the person has acknowledged it."""
    query = sa.select(sa.literal(1)).where(
        EmergencyAcknowledgement.access_id == access_id,
        EmergencyAcknowledgement.user_id == user_id,
    )
    return db.session.scalar(query) is not None


def hold_access(access_id: uuid.UUID) -> None:
    """Let two reviews of one access wait for each other."""
    query = sa.select(EmergencyAccess.id).where(EmergencyAccess.id == access_id)
    db.session.execute(query.with_for_update())


def _line(row: Any, now: dt.datetime) -> AccessLine:
    times = Times(row.started_at, row.ends_at, row.ended_at)
    return AccessLine(
        id=row.id,
        user_id=row.user_id,
        who=staff.label_of(row.user_id, row.name_sealed, row.credentials),
        client_id=row.client_id,
        ground=row.ground.label,
        times=times,
        standing=standing(times, now, justified=row.justified),
        acknowledged=row.acknowledged,
    )


def _names(client_ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    query = sa.select(*clients.NAMES).where(Client.id.in_(client_ids))
    return {named.row.id: named.full for named in clients.opened(db.session.execute(query).all())}
