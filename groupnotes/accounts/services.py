"""Looking after the staff, and after one's own password."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from groupnotes.access.guard import fetch, guarded, require, scope
from groupnotes.access.policy import Permission
from groupnotes.accounts import passwords, people, queries, sign_ins, vouched
from groupnotes.accounts.details import StaffDetails, StaffLine, SupervisionLine, problems
from groupnotes.accounts.models import Supervision, User
from groupnotes.audit.tags import Tag
from groupnotes.core import keyset, uow
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, Invalid
from groupnotes.core.versions import require_seen
from groupnotes.practice import queries as practice_queries
from groupnotes.practice.models import Practice

_ONES_OWN = "Somebody else has to end your own supervision: ask another administrator."
_LAST_ADMINISTRATOR = (
    "Nobody else here is an administrator. Make someone else one first: "
    "without any, no account could ever be changed."
)


@dataclass(frozen=True, slots=True)
class StaffPage:
    """Some people, by name, and the id after which the next page begins."""

    lines: Sequence[StaffLine]
    next: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Person:
    """One person with roles and supervision."""

    user: User
    roles: frozenset[Role]
    supervisors: list[SupervisionLine]
    supervisees: list[SupervisionLine]
    is_vouched_for: bool  # False: it was changed outside


@dataclass(frozen=True, slots=True)
class SupervisionStart:
    """From when on, and perhaps until when, someone supervises the person."""

    supervisor_id: uuid.UUID
    started_on: dt.date
    ended_on: dt.date | None
    co_signs: bool


@dataclass(frozen=True, slots=True, repr=False)
class PasswordChange:
    """The password there is, and the one that replaces it."""

    password: str
    new_password: str


def list_staff(actor: Actor, after: uuid.UUID | None = None) -> StaffPage:
    """Return a page of the staff by name."""
    query = scope(actor, Permission.STAFF_MANAGE, Tag.STAFF_LIST, User)
    lines = queries.by_name(query.with_only_columns(*queries.LINE))
    return StaffPage(*keyset.by_name(lines, after))


def open_practice(actor: Actor) -> Practice:
    """Return the practice to whoever may add people to it."""
    query = scope(actor, Permission.STAFF_MANAGE, Tag.PRACTICE_READ, Practice)
    return db.session.scalars(query).one()


def open_person(actor: Actor, user_id: uuid.UUID) -> Person:
    """Return one person to whoever may change their account."""
    user = fetch(actor, Permission.STAFF_MANAGE, Tag.STAFF_READ, User, user_id)
    return Person(
        user,
        queries.roles_of(user_id),
        queries.supervisors_of(user_id),
        queries.supervisees_of(user_id),
        vouched.is_vouched_for(user_id),
    )


def open_supervision(actor: Actor, supervision_id: uuid.UUID) -> Supervision:
    """Return one pair to whoever may end it."""
    return fetch(actor, Permission.STAFF_MANAGE, Tag.STAFF_READ, Supervision, supervision_id)


def list_supervisors(actor: Actor) -> list[StaffLine]:
    """Return the people who may supervise others."""
    require(actor, Permission.STAFF_MANAGE, Tag.STAFF_LIST, object_type=User.__tablename__)
    return queries.with_role(Role.SUPERVISOR)


def open_account(actor: Actor) -> User:
    """Return the actor's own account."""
    return fetch(actor, Permission.ACCOUNT, Tag.STAFF_READ, User, actor.user_id)


@guarded(Permission.STAFF_MANAGE, Tag.STAFF_CREATE)
def add_person(
    actor: Actor, practice: Practice, /, details: StaffDetails, *, one_time: str
) -> User:
    """Add a person, who signs in for the first time with the password ``one_time``."""
    _require_sound(details)
    uow.settle()  # hashing holds no lock
    password_hash = passwords.hashed(one_time)
    practice_queries.hold()
    _require_free(details.sign_in_name)
    return people.add(details, password_hash)


@guarded(Permission.STAFF_MANAGE, Tag.STAFF_EDIT)
def edit_person(actor: Actor, user: User, /, details: StaffDetails, *, seen_version: int) -> User:
    """Keep what is now known of a person; other rights end their sign-ins."""
    practice_queries.hold()
    require_seen(user, seen_version)
    _require_sound(details)
    _require_free(details.sign_in_name, but=user.id)
    if not details.administers and not queries.another_administrator(user.id):
        raise Invalid({"roles": _LAST_ADMINISTRATOR})
    sound = vouched.is_vouched_for(user.id)
    if not sound or details.roles != queries.roles_of(user.id) or details.active != user.active:
        sign_ins.end_all(user.id)
    people.rewrite(user, details)
    return user


@guarded(Permission.STAFF_MANAGE, Tag.PASSWORD_RENEW)
def renew_password(actor: Actor, user: User, /, *, one_time: str) -> User:
    """Let a person who lost their password in again, once, with ``one_time``."""
    uow.settle()  # hashing holds no lock
    password_hash = passwords.hashed(one_time)
    vouched.require_sound(user.id)
    people.renew_password(user, password_hash, actor.user_id)
    sign_ins.end_all(user.id)
    return user


@guarded(Permission.STAFF_MANAGE, Tag.STAFF_EDIT)
def add_supervision(actor: Actor, user: User, /, start: SupervisionStart) -> Supervision:
    """Have someone supervise the person ``user``."""
    practice_queries.hold()
    vouched.require_sound(user.id)
    pair = Supervision(
        supervisor_id=start.supervisor_id,
        supervisee_id=user.id,
        started_on=start.started_on,
        ended_on=start.ended_on,
        co_signs=start.co_signs,
    )
    _require_supervisor(pair)
    _require_order(pair)
    if queries.supervises_then(pair):
        raise Invalid(
            {"supervisor_id": "They supervise this person already on some of those days."}
        )
    db.session.add(pair)
    vouched.vouch_for(user.id)
    return pair


@guarded(Permission.STAFF_MANAGE, Tag.STAFF_EDIT)
def end_supervision(
    actor: Actor, supervision: Supervision, /, ended_on: dt.date, *, seen_version: int
) -> Supervision:
    """Say which day is the last of a supervision.

    Raises Invalid for one's own: whoever is supervised does not settle that they are no more.
    """
    practice_queries.hold()
    if supervision.supervisee_id == actor.user_id:
        raise Invalid({"ended_on": _ONES_OWN})
    require_seen(supervision, seen_version)
    if supervision.ended_on is not None:
        raise Conflict("This supervision has been ended already.")
    vouched.require_sound(supervision.supervisee_id)
    supervision.ended_on = ended_on
    _require_order(supervision)
    vouched.vouch_for(supervision.supervisee_id)
    return supervision


@guarded(Permission.ACCOUNT, Tag.PASSWORD_CHANGE)
def change_password(actor: Actor, user: User, /, change: PasswordChange) -> User:
    """Replace one's own password, and end every sign-in but the one at hand."""
    words = (user.name, user.sign_in_name, practice_queries.name())
    passwords.require_strong("new_password", change.new_password, words=words)
    if change.new_password == change.password:
        raise Invalid({"new_password": "This is the password that you have. Choose another one."})
    sign_ins.confirm_password(
        actor, change.password, reason=Permission.ACCOUNT, otherwise="Nothing was changed."
    )
    password_hash = passwords.hashed(change.new_password)
    user.password_hash = password_hash
    user.one_time_until = None
    vouched.vouch_for(user.id)
    sign_ins.end_all(actor.user_id, but=actor.sign_in_id)
    return user


def _require_sound(details: StaffDetails) -> None:
    found = problems(details)
    if found:
        raise Invalid(found)


def _require_free(sign_in_name: str, *, but: uuid.UUID | None = None) -> None:
    index = people.index_of(sign_in_name)
    query = sa.select(User.id).where(User.sign_in_name_index == index)
    if db.session.scalar(query) not in {None, but}:
        raise Invalid({"sign_in_name": "Someone else signs in with this name. Choose another."})


def _require_supervisor(pair: Supervision) -> None:
    if pair.supervisor_id == pair.supervisee_id:
        raise Invalid({"supervisor_id": "Nobody supervises their own work."})
    if pair.supervisor_id not in {line.id for line in queries.with_role(Role.SUPERVISOR)}:
        raise Invalid({"supervisor_id": "Choose someone who works here as a supervisor."})


def _require_order(pair: Supervision) -> None:
    if pair.ended_on is not None and pair.ended_on < pair.started_on:
        raise Invalid({"ended_on": "The last day lies before the first one."})
