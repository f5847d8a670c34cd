"""the seal on the head of the audit log

Adds to the head of the log the seal by which ``audit verify`` finds a log that was cut off or
written anew. Reads the head and the practice's keys, and seals what is there now: once, here. A
head that has no seal later on is one that somebody took it from, and is never sealed again. So
verify the log before this, and know that whoever alters it before this is not found by the seal.
A new database has no keys yet: its head is sealed when they are made (``cli.setup``).

Tried on both databases up, down and up again, with and without records.

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-29 12:00:00+00:00
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import struct

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from groupnotes.core import triggers
from groupnotes.crypto.keyring import ring

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_HEAD = sa.table(
    "audit_head",
    sa.column("sequence", sa.BigInteger()),
    sa.column("hash", sa.LargeBinary()),
    sa.column("checkpointed", sa.BigInteger()),
    sa.column("checkpointed_at", sa.DateTime()),
    sa.column("seal", sa.LargeBinary()),
)
_ABSENT = b"\xff\xff\xff\xff"


def upgrade() -> None:
    triggers.remove(op.get_bind(), table="audit_head")  # the head stands still while it is sealed
    with op.batch_alter_table("audit_head", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seal", sa.LargeBinary(), nullable=True))
    op.execute(sa.update(_HEAD).values(seal=_seal(op.get_bind())))
    with op.batch_alter_table("audit_head", schema=None) as batch_op:
        batch_op.alter_column("seal", existing_type=sa.LargeBinary(), nullable=False)


def downgrade() -> None:
    triggers.remove(op.get_bind(), table="audit_head")  # one of them speaks of the seal
    with op.batch_alter_table("audit_head", schema=None) as batch_op:
        batch_op.drop_column("seal")


def _seal(connection: sa.Connection) -> bytes:
    """Return the seal of the head that is there; empty bytes, which seal nothing, without keys."""
    if not connection.scalar(sa.text("SELECT count(*) FROM practice_keys")):
        return b""
    head = connection.execute(sa.select(_HEAD)).one()
    at = head.checkpointed_at
    written = b"".join(
        (
            _field(b"groupnotes audit head 1"),
            _field(str(head.sequence).encode()),
            _field(head.hash),
            _ABSENT if head.checkpointed is None else _field(str(head.checkpointed).encode()),
            _ABSENT if at is None else _field(_moment(at)),
        )
    )
    generation, key = ring().derived(Session(connection), b"groupnotes audit head v1")
    return struct.pack(">I", generation) + hmac.digest(key, written, hashlib.sha256)


def _field(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value


def _moment(at: dt.datetime) -> bytes:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ").encode()
