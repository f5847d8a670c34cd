"""Signing in, staying signed in, signing out: a sign-in is a row, so it can be ended."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groupnotes.access import emergencies
from groupnotes.access.policy import Permission
from groupnotes.accounts import passwords, queries, rate_limits, vouched
from groupnotes.accounts.models import SignIn, User
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock, uow
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Invalid
from groupnotes.core.ids import new_id
from groupnotes.core.prepared import Prepared
from groupnotes.crypto.keyring import ring
from groupnotes.practice.models import Practice

IDLE = dt.timedelta(minutes=15)
LONGEST = dt.timedelta(hours=12)
TOUCH_EVERY = dt.timedelta(seconds=30)  # so that reading does not write each time

TOO_OLD = "This one-time password is too old. Ask an administrator for a new one."
WRONG = "This sign-in name and password do not belong together."

_LOAD = (
    sa.select(
        SignIn.id,
        SignIn.token_hash,
        SignIn.created_at,
        SignIn.last_seen_at,
        SignIn.emergency_access_id,
        SignIn.seal.label("sign_in_seal"),
        User.id.label("user_id"),
        User.name_sealed,
        *vouched.ACCOUNT,
        Practice.name.label("practice_name"),
        Practice.time_zone,
    )
    .join(User, User.id == SignIn.user_id)
    .join(Practice, sa.true())
    .where(
        SignIn.token_hash == sa.bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        SignIn.created_at > sa.bindparam("oldest"),
        SignIn.last_seen_at > sa.bindparam("idlest"),
        User.active,
    )
)


_PASSWORD = Prepared(
    sa.select(User.id, *vouched.ACCOUNT).where(User.id == sa.bindparam("user_id", type_=sa.Uuid()))
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A living sign-in and who it is."""

    actor: Actor
    name: str
    practice_name: str
    time_zone: str
    signed_in_at: dt.datetime
    last_seen_at: dt.datetime
    must_change_password: bool


def load(token: str) -> Loaded | None:
    """Return the sign-in that ``token`` stands for, unless it has ended, in whatever way.

    One that somebody wrote into the database is none, nor is any of an account that was changed
    there.
    """
    now = clock.now()
    row = db.session.execute(
        _LOAD,
        {"token_hash": _hash(token), "oldest": now - LONGEST, "idlest": now - IDLE},
    ).one_or_none()
    if row is None or not (vouched.is_sound_sign_in(row) and vouched.is_sound(row.user_id, row)):
        return None
    access_id = row.emergency_access_id
    emergency = emergencies.opened(access_id) if access_id else None
    return Loaded(
        actor=Actor(row.user_id, row.id, queries.roles_in(row.roles), row.time_zone, emergency),
        name=queries.name_of(row.user_id, row.name_sealed),
        practice_name=row.practice_name,
        time_zone=row.time_zone,
        signed_in_at=row.created_at,
        last_seen_at=row.last_seen_at,
        must_change_password=row.one_time_until is not None,
    )


def touch(loaded: Loaded) -> None:
    """Note that the person is active, when this unit of work ends."""
    now = clock.now()
    if now - loaded.last_seen_at < TOUCH_EVERY:
        return

    def step(session: Session, _ok: bool) -> None:  # noqa: FBT001 - the form of a Step
        session.execute(
            sa.update(SignIn)
            .where(SignIn.id == loaded.actor.sign_in_id, SignIn.last_seen_at < now)
            .values(last_seen_at=now)
        )

    uow.keep(step)


def sign_in(sign_in_name: str, password: str, address: str) -> str:
    """Start a sign-in; return the secret token for the browser's cookie.

    Raises Invalid when name and password do not belong together, also when somebody wrote
    another password into the database, and TooManyTries when they were tried too often, by this
    address or for this name.
    """
    index = ring().blind_index("users.sign_in_name", sign_in_name)
    tried = (
        (rate_limits.SIGN_IN_PAIR, f"{index.hex()} {address}"),
        (rate_limits.SIGN_IN_ADDRESS, address),
        (rate_limits.SIGN_IN_ALL, "everybody"),
    )
    for limit, who in tried:
        rate_limits.count(limit, who)
    found = db.session.execute(
        sa.select(User.id, *vouched.ACCOUNT).where(User.sign_in_name_index == index, User.active)
    ).one_or_none()
    sound = found is None or vouched.is_sound(found.id, found)
    uow.settle()  # the tries count whatever comes; hashing holds no lock
    matches = passwords.matches(found.password_hash if found else None, password)
    if not matches or not sound:
        user = Actor(found.id, None, frozenset()) if found else None
        log.record_refusal(Happening(Tag.SIGN_IN_FAILURE, user))
        raise Invalid({"password": WRONG if sound else vouched.ALTERED})
    assert found is not None  # noqa: S101 - matches() says no to an unknown name
    if found.one_time_until is not None and found.one_time_until < clock.now():
        log.record_refusal(Happening(Tag.SIGN_IN_FAILURE, Actor(found.id, None, frozenset())))
        raise Invalid({"password": TOO_OLD})
    for limit, who in tried:
        rate_limits.give_back(limit, who)  # a whole practice signs in from one address at nine
    return start(found.id)


def sign_out(actor: Actor) -> None:
    """End this sign-in; a copied cookie is dead from now on."""
    emergencies.end(actor)
    db.session.execute(
        sa.update(SignIn).where(SignIn.id == actor.sign_in_id).values(ended_at=clock.now())
    )
    log.record(Happening(Tag.SIGN_OUT, actor, object_type="sign_ins", object_id=actor.sign_in_id))


def end_all(user_id: uuid.UUID, *, but: uuid.UUID | None = None) -> None:
    """End every sign-in of a person: on a new password, new roles, or leaving."""
    db.session.execute(
        sa.update(SignIn)
        .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.id != but)
        .values(ended_at=clock.now())
    )


def confirm_password(
    actor: Actor, password: str, *, reason: Permission, otherwise: str = "Nothing was signed."
) -> None:
    """Raise Invalid unless ``password`` is the actor's own; call before anything is written.

    ``otherwise`` says what did not happen for want of it. Hashing takes a tenth of
    a second: it holds no lock and no transaction. A password that somebody wrote into the
    database after the sign-in was loaded, by a trigger say, is nobody's.
    """
    who = str(actor.user_id)
    rate_limits.count(rate_limits.CONFIRM, who)
    account = _PASSWORD.one({"user_id": actor.user_id})
    sound = vouched.is_sound(actor.user_id, account)
    uow.settle()
    happening = Happening(
        Tag.PASSWORD_CONFIRM, actor, object_type="users", object_id=actor.user_id, detail=reason
    )
    matches = passwords.matches(account.password_hash, password)
    if not matches or not sound:
        log.record_refusal(happening)
        wrong = "This is not your password." if sound else vouched.ALTERED
        raise Invalid({"password": f"{wrong} {otherwise}"})
    rate_limits.give_back(rate_limits.CONFIRM, who)  # a whole group is signed note by note
    log.record_shown(happening)


def start(user_id: uuid.UUID) -> str:
    """Start a sign-in of someone who has proved who they are; return the cookie's secret."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    row = SignIn(
        id=new_id(),
        token_hash=_hash(token),
        user_id=user_id,
        created_at=now,
        last_seen_at=now,
    )
    row.seal = vouched.seal_of_sign_in(row)
    db.session.add(row)
    actor = Actor(user_id, row.id, frozenset())
    log.record(Happening(Tag.SIGN_IN, actor, object_type="sign_ins", object_id=row.id))
    return token


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
