"""entries that a supervisor returned

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-29 09:00:00+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_UNSETTLED = sa.text("settled_at IS NULL")
_REFERENCES = {
    "client_id": "clients.id",
    "data_key": "data_keys.number",
    "entry_id": "note_entries.id",
    "note_id": "individual_notes.id",
    "returned_by": "users.id",
    "returned_to": "users.id",
}


def upgrade() -> None:
    op.create_table(
        "entry_returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("returned_by", sa.Uuid(), nullable=False),
        sa.Column("returned_to", sa.Uuid(), nullable=False),
        sa.Column("returned_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("comment", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_returns")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_entry_returns_entry_id")),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [target],
                name=op.f(f"fk_entry_returns_{column}_{target.partition('.')[0]}"),
            )
            for column, target in _REFERENCES.items()
        ),
    )
    with op.batch_alter_table("entry_returns", schema=None) as batch_op:
        for column in ("client_id", "data_key", "note_id", "returned_by", "returned_to"):
            batch_op.create_index(batch_op.f(f"ix_entry_returns_{column}"), [column], unique=False)
        batch_op.create_index(
            "ix_entry_returns_unsettled",
            ["returned_to", "id"],
            unique=False,
            sqlite_where=_UNSETTLED,
            postgresql_where=_UNSETTLED,
        )


def downgrade() -> None:
    """Take the table away; an entry that was returned stops this.

    It would stand again, against what the audit log says of it.
    """
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM entry_returns")):
        raise RuntimeError("entries were returned, which this would forget")
    op.drop_table("entry_returns")
