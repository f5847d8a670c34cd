"""What the pages of emergency accesses ask of the database."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.access.models import EmergencyAccess
from groupnotes.access.policy import Permission
from groupnotes.access.relations import bound, within
from groupnotes.accounts import queries as staff
from groupnotes.accounts.models import SignIn, User
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

_COMMENT = Place("emergency_reviews", "comment")
_REVIEWER = aliased(User)
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
        EmergencyReview.id.label("review_id"),
        EmergencyReview.reviewed_at,
        EmergencyReview.justified,
        EmergencyReview.comment_sealed,
        _REVIEWER.id.label("reviewer_id"),
        _REVIEWER.name_sealed.label("reviewer_name"),
        _REVIEWER.credentials.label("reviewer_credentials"),
    )
    .select_from(EmergencyAccess)
    .join(User, User.id == EmergencyAccess.user_id)
    .outerjoin(EmergencyReview, EmergencyReview.access_id == EmergencyAccess.id)
    .outerjoin(_REVIEWER, _REVIEWER.id == EmergencyReview.reviewer_id)
)


def identified(mrn: str, birth_date: dt.date) -> Client | None:
    """Return the client with this record number who was born on this day."""
    index = ring().blind_index("clients.mrn", mrn)
    client = db.session.scalar(sa.select(Client).where(Client.mrn_index == index))
    return client if client and client.birth_date == birth_date.isoformat() else None


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


def notices(actor: Actor) -> list[Notice]:
    """Return what the actor has not acknowledged yet of accesses to clients of theirs."""
    mine = sa.select(sa.literal(1)).where(
        EmergencyAcknowledgement.access_id == EmergencyAccess.id,
        EmergencyAcknowledgement.user_id == actor.user_id,
    )
    query = (
        sa.select(EmergencyAccess, Client, User)
        .select_from(EmergencyAccess)
        .join(Client, Client.id == EmergencyAccess.client_id)
        .join(User, User.id == EmergencyAccess.user_id)
        .where(
            EmergencyAccess.user_id != actor.user_id,
            within(actor.roles, Permission.EMERGENCY_NOTICE, EmergencyAccess),
            ~mine.correlate(EmergencyAccess).exists(),
        )
        .order_by(EmergencyAccess.id)
        .limit(MOST)
    )
    return [
        Notice(
            id=access.id,
            who=staff.label_of(user.id, user.name_sealed, user.credentials),
            client_id=client.id,
            client_name=client.full_name,
            ground=access.ground.label,
            reason=access.reason,
            times=Times(access.started_at, access.ends_at, access.ended_at),
        )
        for access, client, user in db.session.execute(query, bound(actor))
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
        review=_review(row) if row.review_id else None,
    )


def _review(row: Any) -> Review:
    return Review(
        reviewer=staff.label_of(row.reviewer_id, row.reviewer_name, row.reviewer_credentials),
        at=row.reviewed_at,
        justified=row.justified,
        comment=ring().open(_COMMENT, row.review_id, row.comment_sealed),
    )
