"""What must be heard of accounts: that one was changed outside, that a password was renewed."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.accounts import queries as staff
from groupnotes.accounts import vouched
from groupnotes.accounts.models import User
from groupnotes.core import clock
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db

TOLD_FOR = dt.timedelta(days=14)  # of a renewed password: longer than most are away


@dataclass(frozen=True, slots=True)
class AlteredAccount:
    """Somebody whose account is not what GroupNotes wrote."""

    user_id: uuid.UUID
    name: str


@dataclass(frozen=True, slots=True)
class Renewal:
    """One password that an administrator replaced, who could then sign in with it."""

    name: str
    by: str
    at: dt.datetime
    is_mine: bool  # the reader's own password


def altered_accounts() -> list[AlteredAccount]:
    """Return whose account, roles or supervision were changed outside GroupNotes."""
    rows = db.session.execute(
        sa.select(User.id, User.name_sealed, *vouched.ACCOUNT, *vouched.SUPERVISION).order_by(
            User.id
        )
    ).all()
    return [
        AlteredAccount(row.id, staff.name_of(row.id, row.name_sealed))
        for row in rows
        if not (vouched.is_sound(row.id, row) and vouched.is_sound_supervision(row.id, row))
    ]


def renewed_passwords(actor: Actor) -> list[Renewal]:
    """Return the passwords that others renewed lately: one's own; to administrators, all."""
    by = aliased(User)
    asked = (
        sa.select(
            User.id,
            User.name_sealed,
            User.renewed_at,
            by.id.label("by_id"),
            by.name_sealed.label("by_name"),
        )
        .join(by, by.id == User.renewed_by_id)
        .where(User.renewed_at > clock.now() - TOLD_FOR, by.id != actor.user_id)
        .order_by(User.renewed_at.desc())
    )
    if Role.ADMINISTRATOR not in actor.roles:
        asked = asked.where(User.id == actor.user_id)
    return [
        Renewal(
            name=staff.name_of(row.id, row.name_sealed),
            by=staff.name_of(row.by_id, row.by_name),
            at=row.renewed_at,
            is_mine=row.id == actor.user_id,
        )
        for row in db.session.execute(asked)
    ]
