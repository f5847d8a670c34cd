"""Rows about a person who works at the practice, written from their details."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from groupnotes.accounts import passwords, vouched
from groupnotes.accounts.details import StaffDetails
from groupnotes.accounts.models import User, UserRole
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.crypto.keyring import PRACTICE_KEY, ring

ONE_TIME_LASTS = dt.timedelta(hours=72)


def index_of(sign_in_name: str) -> bytes:
    """Return the fingerprint by which a sign-in name is found, in any case."""
    return ring().blind_index("users.sign_in_name", sign_in_name)


def add(details: StaffDetails, password_hash: str) -> User:
    """Add a person who will sign in with a one-time password."""
    user = User(id=new_id(), data_key=PRACTICE_KEY, created_at=clock.now(), roles=[])
    _describe(user, details)
    _give_one_time(user, password_hash)
    user.roles = [UserRole(role=role) for role in sorted(details.roles)]
    db.session.add(user)
    vouched.vouch_for(user.id)
    return user


def rewrite(user: User, details: StaffDetails) -> None:
    """Keep what is now known of a person.

    The password of an account that was changed outside is taken away: it may be anybody's.
    """
    if not vouched.is_vouched_for(user.id):
        user.password_hash, user.one_time_until = passwords.nobodys(), None
    _describe(user, details)
    flag_modified(user, "active")  # roles are rows of their own: the version counts them too
    db.session.execute(sa.delete(UserRole).where(UserRole.user_id == user.id))
    rows = [{"user_id": user.id, "role": role} for role in sorted(details.roles)]
    db.session.execute(sa.insert(UserRole), rows)
    vouched.vouch_for(user.id)


def renew_password(user: User, password_hash: str, by: uuid.UUID) -> None:
    """Replace the password by a one-time one; the person is told whose doing it was."""
    _give_one_time(user, password_hash)
    user.renewed_at, user.renewed_by_id = clock.now(), by
    vouched.vouch_for(user.id)


def _give_one_time(user: User, password_hash: str) -> None:
    user.password_hash = password_hash
    user.one_time_until = clock.now() + ONE_TIME_LASTS


def _describe(user: User, details: StaffDetails) -> None:
    user.sign_in_name = details.sign_in_name
    user.sign_in_name_index = index_of(details.sign_in_name)
    user.name = details.name
    user.credentials = details.credentials
    user.npi = details.npi
    user.licence = details.licence
    user.active = details.active
