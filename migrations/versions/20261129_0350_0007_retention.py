"""retention, legal holds and purges

Adds what the practice keeps records by, with the defaults; nobody's record is read. SQLite
copies the tables of clients and of practices as they are. Downgrading leaves the records that
were destroyed destroyed: their clients, who have no name any more, become discharged.

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-29 03:50:00+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BEFORE = "status IN ('active', 'discharged')"
_AFTER = "status IN ('active', 'discharged', 'destroyed')"
_KEPT_BY = {
    "retention_years": "10",
    "age_of_majority": "18",
    "years_after_majority": "7",
    "backup_days": "35",
}


def upgrade() -> None:
    _allow(_AFTER)
    # Rows that are there get the defaults; later ones bring their own values.
    with op.batch_alter_table("practices", schema=None) as batch_op:
        for name, value in _KEPT_BY.items():
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=value))
    with op.batch_alter_table("practices", schema=None) as batch_op:
        for name in _KEPT_BY:
            batch_op.alter_column(name, existing_type=sa.Integer(), server_default=None)
    _legal_holds()
    _purges()
    _destructions()


def downgrade() -> None:
    op.drop_table("destructions")
    op.drop_table("purges")
    op.drop_table("legal_holds")
    with op.batch_alter_table("practices", schema=None) as batch_op:
        for name in _KEPT_BY:
            batch_op.drop_column(name)
    postgresql = op.get_bind().dialect.name == "postgresql"
    on_table = " ON clients" if postgresql else ""
    op.execute(f"DROP TRIGGER IF EXISTS clients_destroyed_keep{on_table}")
    op.execute("UPDATE clients SET status = 'discharged' WHERE status = 'destroyed'")
    _allow(_BEFORE)


def _allow(statuses: str) -> None:
    """Let clients have those statuses; the order is that of the enumeration."""
    with op.batch_alter_table("clients", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_clients_client_status"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_clients_client_status"), sa.text(statuses))


def _legal_holds() -> None:
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("placed_by_id", sa.Uuid(), nullable=False),
        sa.Column("placed_at", sa.DateTime(), nullable=False),
        sa.Column("lifted_by_id", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL)", name=op.f("ck_legal_holds_lifted")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_legal_holds_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_legal_holds_data_key_data_keys")
        ),
        *_people("legal_holds", "placed_by_id", "lifted_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    with op.batch_alter_table("legal_holds", schema=None) as batch_op:
        for column in ("client_id", "data_key"):
            batch_op.create_index(batch_op.f(f"ix_legal_holds_{column}"), [column], unique=False)


def _purges() -> None:
    op.create_table(
        "purges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_purges_withdrawn")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_purges_client_id_clients")
        ),
        *_people("purges", "proposed_by_id", "withdrawn_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purges")),
    )
    with op.batch_alter_table("purges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_purges_client_id"), ["client_id"], unique=False)
        batch_op.create_index(
            "uq_purges_client_id",
            ["client_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )


def _destructions() -> None:
    op.create_table(
        "destructions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.Column("retention_years", sa.Integer(), nullable=False),
        sa.Column("age_of_majority", sa.Integer(), nullable=False),
        sa.Column("years_after_majority", sa.Integer(), nullable=False),
        sa.Column("retained_until_year", sa.Integer(), nullable=False),
        sa.Column("key_number", sa.Integer(), nullable=False),
        sa.Column("key_check", sa.LargeBinary(), nullable=False),
        sa.Column("backup_days", sa.Integer(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "confirmed_by_id <> proposed_by_id", name=op.f("ck_destructions_two_people")
        ),
        sa.ForeignKeyConstraint(["id"], ["purges.id"], name=op.f("fk_destructions_id_purges")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_destructions_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["key_number"], ["data_keys.number"], name=op.f("fk_destructions_key_number_data_keys")
        ),
        *_people("destructions", "proposed_by_id", "confirmed_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destructions")),
        sa.UniqueConstraint("client_id", name=op.f("uq_destructions_client_id")),
    )


def _people(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], ["users.id"], name=op.f(f"fk_{table}_{column}_users"))
        for column in columns
    ]
