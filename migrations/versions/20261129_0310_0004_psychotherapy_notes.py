"""psychotherapy notes

Adds the table and the scope of its keys. Reads and rewrites no record; SQLite copies the
table of wrapped keys as it is. Downgrading destroys every psychotherapy note with its key.

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-29 02:30:00+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BEFORE = "scope IN ('client', 'group', 'practice')"
_AFTER = "scope IN ('client', 'group', 'practice', 'author')"


def upgrade() -> None:
    _allow(_AFTER)
    op.create_table(
        "psychotherapy_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "psychotherapy",
                "sud-counseling",
                name="psychotherapy_note_kind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_psychotherapy_notes_author_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_psychotherapy_notes_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["group_sessions.id"],
            name=op.f("fk_psychotherapy_notes_session_id_group_sessions"),
        ),
        sa.ForeignKeyConstraint(
            ["data_key"],
            ["data_keys.number"],
            name=op.f("fk_psychotherapy_notes_data_key_data_keys"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_psychotherapy_notes")),
    )
    with op.batch_alter_table("psychotherapy_notes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_psychotherapy_notes_author_id_client_id",
            ["author_id", "client_id", "id"],
            unique=False,
        )
        for column in ("client_id", "session_id", "data_key"):
            name = batch_op.f(f"ix_psychotherapy_notes_{column}")
            batch_op.create_index(name, [column], unique=False)


def downgrade() -> None:
    op.drop_table("psychotherapy_notes")
    op.execute("DELETE FROM data_keys WHERE scope = 'author'")
    _allow(_BEFORE)


def _allow(scopes: str) -> None:
    """Let the keys have those scopes; the order is that of the enumeration."""
    with op.batch_alter_table("data_keys", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_data_keys_key_scope"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_data_keys_key_scope"), sa.text(scopes))
