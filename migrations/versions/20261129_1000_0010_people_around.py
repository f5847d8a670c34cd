"""people around clients

Adds to each client whom they are related to and where they work or learn: what a shared note
must not say. Reads and rewrites no record. Downgrading destroys what was entered there.

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-29 10:00:00+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("employer", "contacts"):
        op.add_column("clients", sa.Column(column, sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("clients", schema=None) as batch_op:
        batch_op.drop_column("contacts")
        batch_op.drop_column("employer")
