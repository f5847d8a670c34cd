"""seals beside plain rows that tell of rights; who renewed a password

Adds to rows that must rest as plain text the seals by which one that somebody else wrote is found
(``accounts.vouched``, ``crypto.keyring``, ``retention.vouched``). Seals what is there now: once, here. So look through
the staff before this, and know that whoever altered a row before it is not found by its seal.
Nobody stays signed in: a sign-in of before has no seal, and each of them lasts for hours only.

Tried on both databases up, down and up again, with and without records.

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-29 17:00:00+00:00
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import struct
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from groupnotes.core import triggers
from groupnotes.crypto.keyring import ring

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_KEYS = sa.table(
    "data_keys",
    sa.column("number", sa.Integer()),
    sa.column("scope", sa.String()),
    sa.column("owner_id", sa.Uuid()),
    sa.column("check_value", sa.LargeBinary()),
    sa.column("seal", sa.LargeBinary()),
)
_USERS = sa.table(
    "users",
    sa.column("id", sa.Uuid()),
    sa.column("sign_in_name_index", sa.LargeBinary()),
    sa.column("password_hash", sa.String()),
    sa.column("one_time_until", sa.DateTime()),
    sa.column("active", sa.Boolean()),
    sa.column("credentials", sa.String()),
    sa.column("npi", sa.String()),
    sa.column("licence", sa.String()),
    sa.column("seal", sa.LargeBinary()),
    sa.column("supervision_seal", sa.LargeBinary()),
)
_ROLES = sa.table("user_roles", sa.column("user_id", sa.Uuid()), sa.column("role", sa.String()))
_SUPERVISIONS = sa.table(
    "supervisions",
    sa.column("id", sa.Uuid()),
    sa.column("supervisor_id", sa.Uuid()),
    sa.column("supervisee_id", sa.Uuid()),
    sa.column("started_on", sa.Date()),
    sa.column("ended_on", sa.Date()),
    sa.column("co_signs", sa.Boolean()),
)
_RENEWED_BY = "fk_users_renewed_by_id_users"
_SEALS = {
    "data_keys": ("seal",),
    "users": ("seal", "supervision_seal"),
    "sign_ins": ("seal",),
    "destructions": ("seal",),
}
_DESTRUCTIONS = sa.table(
    "destructions",
    sa.column("id", sa.Uuid()),
    sa.column("client_id", sa.Uuid()),
    sa.column("proposed_by_id", sa.Uuid()),
    sa.column("confirmed_by_id", sa.Uuid()),
    sa.column("confirmed_at", sa.DateTime()),
    sa.column("retention_years", sa.Integer()),
    sa.column("age_of_majority", sa.Integer()),
    sa.column("years_after_majority", sa.Integer()),
    sa.column("retained_until_year", sa.Integer()),
    sa.column("key_number", sa.Integer()),
    sa.column("key_check", sa.LargeBinary()),
    sa.column("backup_days", sa.Integer()),
    sa.column("cleared_at", sa.DateTime()),
    sa.column("seal", sa.LargeBinary()),
)
_PURGES = sa.table(
    "purges",
    sa.column("id", sa.Uuid()),
    sa.column("proposed_by_id", sa.Uuid()),
    sa.column("proposed_at", sa.DateTime()),
)


def upgrade() -> None:
    connection = op.get_bind()
    for table, names in _SEALS.items():
        triggers.remove(connection, table=table)
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                batch_op.add_column(sa.Column(name, sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.add_column(sa.Column("renewed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("renewed_by_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(_RENEWED_BY, "users", ["renewed_by_id"], ["id"])
    op.execute(sa.table("sign_ins", sa.column("seal", sa.LargeBinary())).update().values(seal=b""))
    if connection.scalar(sa.text("SELECT count(*) FROM practice_keys")):
        _seal_keys(connection)
        _seal_users(connection)
        _seal_destructions(connection)
    for table, names in _SEALS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                batch_op.alter_column(name, existing_type=sa.LargeBinary(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_constraint(_RENEWED_BY, type_="foreignkey")
        batch_op.drop_column("renewed_by_id")
        batch_op.drop_column("renewed_at")
    for table, names in _SEALS.items():
        triggers.remove(op.get_bind(), table=table)
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                batch_op.drop_column(name)


def _seal_keys(connection: sa.Connection) -> None:
    for row in connection.execute(sa.select(_KEYS)).all():
        owner = row.owner_id.bytes if row.owner_id else None
        content = _with_lengths(str(row.number), row.scope, owner, row.check_value)
        seal = _seal(connection, b"groupnotes data key v1", content)
        connection.execute(sa.update(_KEYS).where(_KEYS.c.number == row.number).values(seal=seal))


def _seal_users(connection: sa.Connection) -> None:
    for row in connection.execute(sa.select(_USERS)).all():
        roles = connection.scalars(sa.select(_ROLES.c.role).where(_ROLES.c.user_id == row.id))
        pairs = connection.execute(
            sa.select(_SUPERVISIONS).where(_SUPERVISIONS.c.supervisee_id == row.id)
        )
        account = _with_lengths(
            row.id.bytes,
            row.sign_in_name_index,
            row.password_hash,
            _moment(row.one_time_until),
            None,  # when the password was renewed
            None,  # and by whom
            "active" if row.active else "closed",
            row.credentials,
            row.npi,
            row.licence,
            ",".join(sorted(roles)),
        )
        supervision = _with_lengths(row.id.bytes, ",".join(sorted(map(_pair, pairs))))
        connection.execute(
            sa.update(_USERS)
            .where(_USERS.c.id == row.id)
            .values(
                seal=_seal(connection, b"groupnotes account v1", account),
                supervision_seal=_seal(connection, b"groupnotes supervision v1", supervision),
            )
        )


def _seal_destructions(connection: sa.Connection) -> None:
    for row in connection.execute(sa.select(_DESTRUCTIONS)).all():
        proposed = connection.execute(sa.select(_PURGES).where(_PURGES.c.id == row.id)).one()
        certified = _with_lengths(
            row.id.bytes,
            row.client_id.bytes,
            proposed.proposed_by_id.bytes,
            _moment(proposed.proposed_at),
            row.proposed_by_id.bytes,
            row.confirmed_by_id.bytes,
            _moment(row.confirmed_at),
            str(row.retention_years),
            str(row.age_of_majority),
            str(row.years_after_majority),
            str(row.retained_until_year),
            str(row.key_number),
            row.key_check,
            str(row.backup_days),
            _moment(row.cleared_at),
        )
        seal = _seal(connection, b"groupnotes destruction v1", certified)
        changed = sa.update(_DESTRUCTIONS).where(_DESTRUCTIONS.c.id == row.id)
        connection.execute(changed.values(seal=seal))


def _moment(at: dt.datetime | None) -> str | None:
    return None if at is None else at.replace(tzinfo=dt.UTC).isoformat()


def _pair(row: Any) -> str:
    beside = " co-signs " if row.co_signs else " "
    until = f"{row.ended_on:%Y%m%d}" if row.ended_on else "on"
    return f"{row.id.hex} {row.supervisor_id.hex} {row.started_on:%Y%m%d}{beside}{until}"


def _seal(connection: sa.Connection, purpose: bytes, content: bytes) -> bytes:
    generation, key = ring().derived(Session(connection), purpose)
    return struct.pack(">I", generation) + hmac.digest(key, content, hashlib.sha256)


def _with_lengths(*fields: str | bytes | None) -> bytes:
    values = (field.encode() if isinstance(field, str) else field for field in fields)
    return b"".join(
        b"\xff\xff\xff\xff" if value is None else struct.pack(">I", len(value)) + value
        for value in values
    )
