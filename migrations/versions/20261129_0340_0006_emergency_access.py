"""emergency access

Adds three tables, and to each sign-in the last access begun in it. Reads and rewrites no
record; SQLite copies the table of sign-ins as it is. Downgrading destroys every emergency
access with its review; the audit log keeps that there were some.

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-29 03:40:00+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_REFERENCES = "fk_sign_ins_emergency_access_id_emergency_accesses"


def upgrade() -> None:
    op.create_table(
        "emergency_accesses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "care",
                "cover",
                "request",
                "other",
                name="emergency_ground",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("ends_at > started_at", name=op.f("ck_emergency_accesses_times")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_emergency_accesses_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_emergency_accesses_user_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["data_key"],
            ["data_keys.number"],
            name=op.f("fk_emergency_accesses_data_key_data_keys"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_accesses")),
    )
    _index("emergency_accesses", "client_id", "user_id", "data_key")
    op.create_table(
        "emergency_acknowledgements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["access_id"],
            ["emergency_accesses.id"],
            name=op.f("fk_emergency_acknowledgements_access_id_emergency_accesses"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_emergency_acknowledgements_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_acknowledgements")),
        sa.UniqueConstraint(
            "access_id",
            "user_id",
            name=op.f("uq_emergency_acknowledgements_access_id_user_id"),
        ),
    )
    _index("emergency_acknowledgements", "user_id")
    op.create_table(
        "emergency_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(), nullable=False),
        sa.Column("justified", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["access_id"],
            ["emergency_accesses.id"],
            name=op.f("fk_emergency_reviews_access_id_emergency_accesses"),
        ),
        sa.ForeignKeyConstraint(
            ["data_key"],
            ["data_keys.number"],
            name=op.f("fk_emergency_reviews_data_key_data_keys"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["users.id"], name=op.f("fk_emergency_reviews_reviewer_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_reviews")),
        sa.UniqueConstraint("access_id", name=op.f("uq_emergency_reviews_access_id")),
    )
    _index("emergency_reviews", "data_key", "reviewer_id")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.add_column(sa.Column("emergency_access_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f(_REFERENCES), "emergency_accesses", ["emergency_access_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(_REFERENCES), type_="foreignkey")
        batch_op.drop_column("emergency_access_id")
    for table in ("emergency_reviews", "emergency_acknowledgements", "emergency_accesses"):
        op.drop_table(table)


def _index(table: str, *columns: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)
