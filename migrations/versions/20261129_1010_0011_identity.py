"""identity in shared texts

Adds what is decided about words that a check finds, the practice's own lists of words, and
for notes the version of the roster that they were checked against.
Reads and rewrites no record. Downgrading destroys the decisions and the lists; the audit log
keeps that there were some.

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-29 10:10:00+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_CHECKED = ("group_note_revisions", "individual_notes")


def upgrade() -> None:
    for column in ("allowed_words", "denied_words"):
        op.add_column("practices", sa.Column(column, sa.LargeBinary(), nullable=True))
    op.add_column("practices", sa.Column("data_key", sa.Integer(), nullable=True))
    op.execute(sa.text("UPDATE practices SET data_key = 1"))  # of what is no client's or group's
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.alter_column("data_key", existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_practices_data_key_data_keys"), "data_keys", ["data_key"], ["number"]
        )
        batch_op.create_index(batch_op.f("ix_practices_data_key"), ["data_key"], unique=False)
    for table in _CHECKED:
        op.add_column(table, sa.Column("checked_version", sa.BigInteger(), nullable=True))
    op.create_table(
        "identity_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "dismissed",
                "kept",
                name="decision_kind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(session_id IS NULL) <> (note_id IS NULL)",
            name=op.f("ck_identity_decisions_of_one"),
        ),
        sa.CheckConstraint(
            "(kind = 'kept') = (reason IS NOT NULL)", name=op.f("ck_identity_decisions_reason")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_identity_decisions_{column}_{table}")
            )
            for column, target, table in (
                ("session_id", "group_sessions.id", "group_sessions"),
                ("note_id", "individual_notes.id", "individual_notes"),
                ("decided_by", "users.id", "users"),
                ("data_key", "data_keys.number", "data_keys"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_decisions")),
    )
    with op.batch_alter_table("identity_decisions", schema=None) as batch_op:
        for column in ("session_id", "note_id", "decided_by", "data_key"):
            name = batch_op.f(f"ix_identity_decisions_{column}")
            batch_op.create_index(name, [column], unique=False)


def downgrade() -> None:
    op.drop_table("identity_decisions")
    for table in _CHECKED:
        op.drop_column(table, "checked_version")
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_practices_data_key_data_keys"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_practices_data_key"))
        batch_op.drop_column("data_key")
        batch_op.drop_column("denied_words")
        batch_op.drop_column("allowed_words")
