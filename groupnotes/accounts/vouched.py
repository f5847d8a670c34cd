"""That GroupNotes itself wrote who somebody is, what they may do, and who supervises them.

Who signs rests on rows that the database must read: a password's hash, roles, a sign-in. Whoever
owns the database could write their own there and sign as somebody else, and every signature would
verify. They cannot write the seals that stand beside these rows, which need the practice's key
(45 CFR 164.312(a)(2)(i), (d); 21 CFR 11.100, 11.300). What they can is put back a row that was
there, seal and all: a password that was replaced is one of those.

An account has two seals, so that what every request asks needs no supervision: one over the
account and its roles, one over who supervises the person, which is asked where they sign.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa

from groupnotes.accounts.models import SignIn, Supervision, User, UserRole
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict
from groupnotes.crypto.keyring import ring, with_lengths

ALTERED = (
    "This account was changed outside GroupNotes, so nobody can sign in with it. An administrator "
    "finds it under Staff, with what to do."
)
ALTERED_SUPERVISION = (
    "Who supervises the author was changed outside GroupNotes, so nothing can be signed. An "
    "administrator finds their account under Staff, with what to do."
)
ALTERED_SIGNED = (
    "The account of somebody whom the signature would name was changed outside GroupNotes, so "
    "nothing can be signed. An administrator finds it under Staff, with what to do."
)
_UNSOUND = (
    "This account was changed outside GroupNotes. Check everything that is shown of it, then "
    "save it under Edit, which takes its password away."
)
_ACCOUNT = b"groupnotes account v1"
_SUPERVISION = b"groupnotes supervision v1"
_SIGN_IN = b"groupnotes sign-in v1"

ROLES = (
    sa.select(sa.func.aggregate_strings(UserRole.role, ","))
    .where(UserRole.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
    .label("roles")
)
ACCOUNT = (
    User.sign_in_name_index,
    User.password_hash,
    User.one_time_until,
    User.renewed_at,
    User.renewed_by_id,
    User.active,
    User.credentials,
    User.npi,
    User.licence,
    User.seal,
    ROLES,
)


def _plain(column: Any) -> sa.ColumnElement[str]:
    """Write an id or a day alike on both databases."""
    return sa.func.replace(sa.cast(column, sa.String()), "-", "")


SUPERVISION = (
    User.supervision_seal,
    sa.select(
        sa.func.aggregate_strings(
            _plain(Supervision.id)
            + " "
            + _plain(Supervision.supervisor_id)
            + " "
            + _plain(Supervision.started_on)
            + sa.case((Supervision.co_signs.is_(True), " co-signs "), else_=" ")
            + sa.func.coalesce(_plain(Supervision.ended_on), "on"),
            ",",
        )
    )
    .where(Supervision.supervisee_id == User.id)
    .correlate(User)
    .scalar_subquery()
    .label("supervision"),
)


def vouch_for(user_id: uuid.UUID) -> None:
    """Seal an account and who supervises it, as they are now: when we have written them."""
    db.session.flush()
    row = db.session.execute(
        sa.select(User.id, *ACCOUNT, *SUPERVISION).where(User.id == user_id)
    ).one()
    session = db.session()
    seal = ring().vouch(session, _ACCOUNT, _account(user_id, row))
    supervision = ring().vouch(session, _SUPERVISION, _supervision(user_id, row))
    changed = sa.update(User).where(User.id == user_id)
    db.session.execute(changed.values(seal=seal, supervision_seal=supervision))


def is_sound(user_id: uuid.UUID, row: Any) -> bool:
    """Say whether an account is what we wrote; ``row`` has the columns of ``ACCOUNT``."""
    return ring().vouches(db.session(), _ACCOUNT, _account(user_id, row), row.seal)


def is_sound_supervision(user_id: uuid.UUID, row: Any) -> bool:
    """Say whether a person's supervisors are whom we wrote; ``row`` has ``SUPERVISION``."""
    content = _supervision(user_id, row)
    return ring().vouches(db.session(), _SUPERVISION, content, row.supervision_seal)


def is_vouched_for(user_id: uuid.UUID) -> bool:
    """Say whether an account and who supervises it are what we wrote."""
    row = db.session.execute(
        sa.select(User.id, *ACCOUNT, *SUPERVISION).where(User.id == user_id)
    ).one()
    return is_sound(user_id, row) and is_sound_supervision(user_id, row)


def require_sound(user_id: uuid.UUID) -> None:
    """Raise Conflict for an account that was changed outside: nothing more is built on it."""
    if not is_vouched_for(user_id):
        raise Conflict(_UNSOUND)


def seal_of_sign_in(row: SignIn) -> bytes:
    """Return the seal of a sign-in that begins."""
    return ring().vouch(db.session(), _SIGN_IN, _sign_in(row))


def is_sound_sign_in(row: Any) -> bool:
    """Say whether a sign-in is one that we began, for that person; ``sign_in_seal`` is its seal."""
    return ring().vouches(db.session(), _SIGN_IN, _sign_in(row), row.sign_in_seal)


def _account(user_id: uuid.UUID, row: Any) -> bytes:
    renewed_by: uuid.UUID | None = row.renewed_by_id
    return with_lengths(
        user_id.bytes,
        row.sign_in_name_index,
        row.password_hash,
        _moment(row.one_time_until),
        _moment(row.renewed_at),
        None if renewed_by is None else renewed_by.bytes,
        "active" if row.active else "closed",
        row.credentials,
        row.npi,
        row.licence,
        _sorted(row.roles),
    )


def _supervision(user_id: uuid.UUID, row: Any) -> bytes:
    return with_lengths(user_id.bytes, _sorted(row.supervision))


def _sign_in(row: Any) -> bytes:
    return with_lengths(row.id.bytes, row.user_id.bytes, row.token_hash, _moment(row.created_at))


def _moment(at: dt.datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _sorted(joined: str | None) -> str:
    """Put what the database joined in whatever order into one."""
    return ",".join(sorted((joined or "").split(",")))
