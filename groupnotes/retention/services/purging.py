"""Destroy a client's record: one person proposes it, another one confirms it (ASVS 2.3.5)."""

from __future__ import annotations

import uuid

from groupnotes.access.guard import fetch, guarded
from groupnotes.access.policy import Permission, holds
from groupnotes.accounts import sign_ins
from groupnotes.audit.tags import Tag
from groupnotes.clients import destruction
from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, Invalid, NotFound
from groupnotes.core.ids import new_id
from groupnotes.crypto.keyring import ring
from groupnotes.practice import queries as practices
from groupnotes.retention import lists, pdf, queries, vouched
from groupnotes.retention.certificate import Certificate
from groupnotes.retention.judging import judge
from groupnotes.retention.models import Destruction, Purge
from groupnotes.retention.rule import Rule
from groupnotes.retention.shown import OpenPurge
from groupnotes.signing import keys, signed_file

NOT_DESTROYED = "Nothing was destroyed."
NOT_PROPOSED = "Nothing was proposed."


@guarded(Permission.RETENTION_MANAGE, Tag.PURGE_PROPOSE)
def propose(actor: Actor, client: Client, /, *, password: str) -> Purge:
    """Propose that the client's record be destroyed; nothing happens before it is confirmed.

    Why is not asked for: that its retention period is over is the only reason there is.
    """
    sign_ins.confirm_password(
        actor, password, reason=Permission.RETENTION_MANAGE, otherwise=NOT_PROPOSED
    )
    there = queries.hold_client(client.id)
    judge(there, queries.kept_by()).require_unobstructed(NOT_PROPOSED)
    now = clock.now()
    before = queries.open_purge_of(there.id)
    if before is not None:
        if now < before.lapses_at:
            raise Conflict(
                "This is proposed already. Have that proposal confirmed, or withdraw it first."
            )
        before.withdrawn_at, before.withdrawn_by_id = now, actor.user_id
        db.session.flush()
    purge = Purge(id=new_id(), client_id=there.id, proposed_by_id=actor.user_id, proposed_at=now)
    db.session.add(purge)
    return purge


def find_purge(actor: Actor, purge_id: uuid.UUID) -> Purge:
    """Return a purge to whoever may confirm one."""
    return fetch(actor, Permission.PURGE_CONFIRM, Tag.PURGE_READ, Purge, purge_id)


def open_purge(actor: Actor, purge_id: uuid.UUID) -> OpenPurge:
    """Return a purge with what its reader decides on, or with what became of it."""
    purge = find_purge(actor, purge_id)
    manages = holds(actor, Permission.RETENTION_MANAGE)
    done = queries.destruction_by(purge.id)
    is_open = done is None and purge.withdrawn_at is None
    client = queries.client_there(purge.client_id)
    found = judge(client, queries.kept_by()) if is_open and client is not None else None
    names = {client.id: client.full_name} if manages and client is not None else {}
    [line] = lists.purge_lines([purge], names)
    return OpenPurge(
        line=line,
        until=found.until if found is not None else None,
        obstacles=found.obstacles if found is not None else [],
        withdrawn_by=queries.people([purge.withdrawn_by_id])[purge.withdrawn_by_id],
        withdrawn_at=purge.withdrawn_at,
        is_own=purge.proposed_by_id == actor.user_id,
        may_withdraw=manages and is_open,
        certificate=_certificate(purge, done) if done is not None else None,
    )


@guarded(Permission.RETENTION_MANAGE, Tag.PURGE_WITHDRAW)
def withdraw(actor: Actor, purge: Purge, /) -> Purge:
    """Take a proposal back: the record is kept."""
    held = queries.hold_purge(purge.id)
    _require_open(held)
    held.withdrawn_at, held.withdrawn_by_id = clock.now(), actor.user_id
    return held


@guarded(Permission.PURGE_CONFIRM, Tag.PURGE_CONFIRM)
def confirm(actor: Actor, purge: Purge, /, *, mrn: str, password: str) -> Destruction:
    """Destroy the record that another person proposed, for good.

    All that was true when it was proposed is asked again, with the client held, so that no
    legal hold and no new care comes between. One transaction destroys the key and writes what
    the certificate says: if any of it fails, the record is as it was.
    """
    if purge.proposed_by_id == actor.user_id:
        raise Conflict("You proposed this yourself: another person must confirm it.")
    sign_ins.confirm_password(
        actor, password, reason=Permission.PURGE_CONFIRM, otherwise=NOT_DESTROYED
    )
    client = queries.hold_client(purge.client_id)
    held = queries.hold_purge(purge.id)
    _require_open(held)
    if clock.now() >= held.lapses_at:
        raise Conflict("This proposal has lapsed. Have it proposed again.")
    if ring().blind_index("clients.mrn", mrn) != client.mrn_index:
        text = "This is not the number of the client whose record is to be destroyed. Compare it."
        raise Invalid({"mrn": text})
    return _destroy(actor, held, client)


def certificate_as_pdf(actor: Actor, purge_id: uuid.UUID) -> bytes:
    """Print the certificate of a record that was destroyed, signed as the practice's file."""
    purge = fetch(actor, Permission.PURGE_CONFIRM, Tag.CERTIFICATE_PRINT, Purge, purge_id)
    done = queries.destruction_by(purge.id)
    if done is None:
        raise NotFound
    return signed_file.sign(pdf.render(_certificate(purge, done)), keys.in_use())


def _require_open(purge: Purge) -> None:
    if queries.destruction_by(purge.id) is not None:
        raise Conflict(queries.DESTROYED)
    if purge.withdrawn_at is not None:
        raise Conflict("This proposal was withdrawn: the record is kept.")


def _destroy(actor: Actor, purge: Purge, client: Client) -> Destruction:
    """Destroy the record, and write down by what rule, so that it can be shown later."""
    kept = queries.kept_by()
    found = judge(client, kept)
    found.require_unobstructed(NOT_DESTROYED)
    queries.forget_drafts(client.id)
    key_number, key_check = destruction.destroy(client)
    done = Destruction(
        id=purge.id,
        client_id=client.id,
        proposed_by_id=purge.proposed_by_id,
        confirmed_by_id=actor.user_id,
        confirmed_at=clock.now(),
        retention_years=kept.rule.years,
        age_of_majority=kept.rule.age_of_majority,
        years_after_majority=kept.rule.years_after_majority,
        retained_until_year=found.until.year,
        key_number=key_number,
        key_check=key_check,
        backup_days=kept.backup_days,
    )
    done.seal = vouched.seal(purge, done)
    db.session.add(done)
    return done


def _certificate(purge: Purge, done: Destruction) -> Certificate:
    if not vouched.is_sound(purge, done):
        raise Conflict(vouched.ALTERED)
    people = queries.people([purge.proposed_by_id, done.confirmed_by_id])
    return Certificate(
        id=done.id,
        practice=practices.name(),
        client_id=done.client_id,
        proposed_by=people[purge.proposed_by_id],
        proposed_at=purge.proposed_at,
        confirmed_by=people[done.confirmed_by_id],
        destroyed_at=done.confirmed_at,
        rule=Rule(done.retention_years, done.age_of_majority, done.years_after_majority),
        retained_until_year=done.retained_until_year,
        key_number=done.key_number,
        key_check=done.key_check,
        backup_days=done.backup_days,
        cleared_at=done.cleared_at,
        on_postgresql=db.engine.dialect.name == "postgresql",
        zone=practices.time_zone(),
    )
