"""signatures have a key

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-29 02:30:00+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    signed = op.get_bind().scalar(sa.text("SELECT count(*) FROM signatures"))
    if signed:
        raise RuntimeError(
            f"This database has {signed} notes that were signed before signatures had a key, by a "
            "version that was never released. They cannot be signed again for their authors. "
            "Keep this database with that version, and start a new one with this."
        )
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_events_failed",
            ["sequence"],
            unique=False,
            sqlite_where=sa.text("outcome = 'failed'"),
            postgresql_where=sa.text("outcome = 'failed'"),
        )
    op.create_table(
        "signing_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_signing_keys_data_key_data_keys")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_keys")),
    )
    with op.batch_alter_table("signing_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signing_keys_data_key"), ["data_key"], unique=False)
        batch_op.create_index(
            "uq_signing_keys_in_use",
            ["in_use"],
            unique=True,
            sqlite_where=sa.text("in_use"),
            postgresql_where=sa.text("in_use"),
        )
    with op.batch_alter_table("signatures", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signature", sa.LargeBinary(), nullable=False))
        batch_op.add_column(sa.Column("key_id", sa.Uuid(), nullable=False))
        batch_op.create_index(batch_op.f("ix_signatures_key_id"), ["key_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_signatures_key_id_signing_keys"), "signing_keys", ["key_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("signatures", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_signatures_key_id_signing_keys"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_signatures_key_id"))
        batch_op.drop_column("key_id")
        batch_op.drop_column("signature")
    op.drop_table("signing_keys")
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_events_failed")
