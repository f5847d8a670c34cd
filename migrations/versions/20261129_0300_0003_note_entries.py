"""late entries, addenda and corrections

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-29 03:00:00+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "late_entry",
                "addendum",
                "correction",
                name="entry_kind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_note_entries_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_note_entries_data_key_data_keys")
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["signing_keys.id"], name=op.f("fk_note_entries_key_id_signing_keys")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["individual_notes.id"],
            name=op.f("fk_note_entries_note_id_individual_notes"),
        ),
        sa.ForeignKeyConstraint(
            ["signer_id"], ["users.id"], name=op.f("fk_note_entries_signer_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_entries")),
    )
    with op.batch_alter_table("note_entries", schema=None) as batch_op:
        batch_op.create_index("ix_note_entries_note_id_id", ["note_id", "id"], unique=False)
        for column in ("client_id", "data_key", "key_id", "signer_id"):
            batch_op.create_index(batch_op.f(f"ix_note_entries_{column}"), [column], unique=False)


def downgrade() -> None:
    op.drop_table("note_entries")
