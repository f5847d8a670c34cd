"""co-signatures, and notes entered in error

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-29 04:00:00+00:00
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from groupnotes.core import triggers

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_FROZEN = "status IN ('awaiting_review', 'signed', 'entered_in_error')"
_OF_SIGNING = (
    "tag IN ('note:sign', 'note:add', 'note:enter-in-error', 'note:co-sign', 'note:return')"
)
_STATUSES = ("draft", "awaiting_review", "signed", "set_aside", "entered_in_error")
_KINDS = ("late_entry", "addendum", "correction", "no_effect", "entered_in_error")


def upgrade() -> None:
    _individual_notes()
    _signatures()
    _note_entries()
    _supervisions()
    _practices()
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_events_of_signing",
            ["object_id"],
            unique=False,
            sqlite_where=sa.text(_OF_SIGNING),
            postgresql_where=sa.text(_OF_SIGNING),
        )
    op.create_table(
        "note_returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("signature_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("returned_by", sa.Uuid(), nullable=False),
        sa.Column("returned_at", sa.DateTime(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("comment", sa.LargeBinary(), nullable=False),
        *_keys(
            "note_returns",
            client_id="clients.id",
            data_key="data_keys.number",
            note_id="individual_notes.id",
            returned_by="users.id",
            signature_id="signatures.id",
        ),
        sa.UniqueConstraint("signature_id", name=op.f("uq_note_returns_signature_id")),
    )
    _index("note_returns", "client_id", "data_key", "note_id", "returned_by")
    op.create_table(
        "co_signatures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("signature_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(signature_id IS NULL) <> (entry_id IS NULL)", name=op.f("ck_co_signatures_of_one")
        ),
        *_keys(
            "co_signatures",
            client_id="clients.id",
            data_key="data_keys.number",
            entry_id="note_entries.id",
            key_id="signing_keys.id",
            note_id="individual_notes.id",
            signature_id="signatures.id",
            signer_id="users.id",
        ),
        sa.UniqueConstraint("signature_id", name=op.f("uq_co_signatures_signature_id")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_co_signatures_entry_id")),
    )
    _index("co_signatures", "client_id", "data_key", "key_id", "note_id", "signer_id")


def downgrade() -> None:
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_events_of_signing")
    op.drop_table("co_signatures")
    op.drop_table("note_returns")
    _unrebuild()


def _individual_notes() -> None:
    _unlocked("individual_notes")
    _add("individual_notes", sa.Column("standing", sa.Boolean(), nullable=True))
    op.execute("UPDATE individual_notes SET standing = TRUE")
    with op.batch_alter_table("individual_notes", schema=None) as batch_op:
        _one_of(batch_op, "individual_notes", "status", "note_status", _STATUSES)
        _unique(batch_op, "individual_notes", ["session_id", "client_id"], ["standing"])
        for name, column in (("revision", "group_revision_id"), ("signed", "signed_at")):
            _check(batch_op, "individual_notes", name, f"({_FROZEN}) = ({column} IS NOT NULL)")
        batch_op.create_check_constraint(
            batch_op.f("ck_individual_notes_standing"),
            "(status = 'entered_in_error') = (standing IS NULL)",
        )
        batch_op.create_index(
            "ix_individual_notes_awaiting_review",
            ["author_id", "id"],
            unique=False,
            sqlite_where=sa.text("status = 'awaiting_review'"),
            postgresql_where=sa.text("status = 'awaiting_review'"),
        )


def _signatures() -> None:
    _unlocked("signatures")
    _add("signatures", sa.Column("version", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE signatures SET version = (SELECT n.version - 1 FROM individual_notes n"
        " WHERE n.id = signatures.note_id)"
    )
    with op.batch_alter_table("signatures", schema=None) as batch_op:
        batch_op.alter_column("version", existing_type=sa.Integer(), nullable=False)
        _unique(batch_op, "signatures", ["note_id", "meaning"], ["version"])


def _note_entries() -> None:
    _unlocked("note_entries")
    _add("note_entries", sa.Column("review_due", sa.Boolean(), nullable=True))
    op.execute("UPDATE note_entries SET review_due = FALSE")
    with op.batch_alter_table("note_entries", schema=None) as batch_op:
        batch_op.alter_column("review_due", existing_type=sa.Boolean(), nullable=False)
        _one_of(batch_op, "note_entries", "kind", "entry_kind", _KINDS)


def _supervisions() -> None:
    _add("supervisions", sa.Column("co_signs", sa.Boolean(), nullable=True))
    op.execute("UPDATE supervisions SET co_signs = TRUE")
    with op.batch_alter_table("supervisions", schema=None) as batch_op:
        batch_op.alter_column("co_signs", existing_type=sa.Boolean(), nullable=False)


def _practices() -> None:
    _add("practices", sa.Column("sign_within", sa.Integer(), nullable=True))
    _add("practices", sa.Column("sign_each", sa.Boolean(), nullable=True))
    op.execute("UPDATE practices SET sign_within = 3, sign_each = FALSE")
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.alter_column("sign_each", existing_type=sa.Boolean(), nullable=False)
        batch_op.alter_column("sign_within", existing_type=sa.Integer(), nullable=False)


def _unrebuild() -> None:
    """Take back what the tables got; a note that is neither draft nor signed stops this."""
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.drop_column("sign_each")
        batch_op.drop_column("sign_within")
    with op.batch_alter_table("supervisions", schema=None) as batch_op:
        batch_op.drop_column("co_signs")
    _unlocked("note_entries")
    with op.batch_alter_table("note_entries", schema=None) as batch_op:
        batch_op.drop_column("review_due")
        _one_of(batch_op, "note_entries", "kind", "entry_kind", _KINDS[:3])
    _unlocked("signatures")
    with op.batch_alter_table("signatures", schema=None) as batch_op:
        _unique(batch_op, "signatures", ["note_id", "meaning"], ["version"], back=True)
        batch_op.drop_column("version")
    _unlocked("individual_notes")
    with op.batch_alter_table("individual_notes", schema=None) as batch_op:
        batch_op.drop_index("ix_individual_notes_awaiting_review")
        batch_op.drop_constraint(batch_op.f("ck_individual_notes_standing"), type_="check")
        _one_of(
            batch_op,
            "individual_notes",
            "status",
            "note_status",
            ("draft", "signed", "set_aside"),
        )
        for name, column in (("revision", "group_revision_id"), ("signed", "signed_at")):
            _check(
                batch_op, "individual_notes", name, f"(status = 'signed') = ({column} IS NOT NULL)"
            )
        _unique(batch_op, "individual_notes", ["session_id", "client_id"], ["standing"], back=True)
        batch_op.drop_column("standing")


def _unlocked(table: str) -> None:
    """Let a table be rewritten; its triggers are put back after the migration."""
    triggers.remove(op.get_bind(), table=table)


def _add(table: str, column: sa.Column[Any]) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.add_column(column)


def _one_of(
    batch_op: BatchOperations, table: str, column: str, name: str, values: Sequence[str]
) -> None:
    listed = ", ".join(f"'{value}'" for value in values)
    length = max(len(value) for value in values)
    batch_op.alter_column(column, type_=sa.String(length), existing_nullable=False)
    _check(batch_op, table, name, f"{column} IN ({listed})")


def _check(batch_op: BatchOperations, table: str, name: str, condition: str) -> None:
    full = batch_op.f(f"ck_{table}_{name}")
    batch_op.drop_constraint(full, type_="check")
    batch_op.create_check_constraint(full, condition)


def _unique(
    batch_op: BatchOperations, table: str, few: list[str], more: list[str], *, back: bool = False
) -> None:
    """Widen what is unique by the columns ``more``, or narrow it ``back``."""
    before, after = (few + more, few) if back else (few, few + more)
    batch_op.drop_constraint(batch_op.f(f"uq_{table}_{'_'.join(before)}"), type_="unique")
    batch_op.create_unique_constraint(batch_op.f(f"uq_{table}_{'_'.join(after)}"), after)


def _keys(table: str, **references: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_{table}_{column}_{target.partition('.')[0]}")
            )
            for column, target in references.items()
        ),
    ]


def _index(table: str, *columns: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)
