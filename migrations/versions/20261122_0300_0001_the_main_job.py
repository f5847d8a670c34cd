"""the main job

Revision ID: 0001
Revises:
Create Date: 2026-11-22 03:32:07.608888+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_events",
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("sign_in_id", sa.Uuid(), nullable=True),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "success",
                "refused",
                "failed",
                name="outcome",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("object_type", sa.String(length=40), nullable=True),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.String(length=500), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_events")),
    )
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_events_actor_id_sequence", ["actor_id", "sequence"], unique=False
        )
        batch_op.create_index(
            "ix_audit_events_client_id_sequence", ["client_id", "sequence"], unique=False
        )

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "interventions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("therapeutic", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interventions")),
        sa.UniqueConstraint("name", name=op.f("uq_interventions_name")),
    )
    op.create_table(
        "practice_keys",
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("check_value", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("generation", name=op.f("pk_practice_keys")),
    )
    op.create_table(
        "practices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("postal_code", sa.String(length=10), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("npi", sa.String(length=10), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practices")),
    )
    op.create_table(
        "rate_limits",
        sa.Column("bucket", sa.LargeBinary(), nullable=False),
        sa.Column(
            "window",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", "window", name=op.f("pk_rate_limits")),
    )
    op.create_table(
        "data_keys",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "scope",
            sa.Enum(
                "client",
                "group",
                "practice",
                name="key_scope",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("check_value", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(scope = 'practice') = (owner_id IS NULL)", name=op.f("ck_data_keys_owner")
        ),
        sa.ForeignKeyConstraint(
            ["generation"],
            ["practice_keys.generation"],
            name=op.f("fk_data_keys_generation_practice_keys"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_data_keys")),
    )
    with op.batch_alter_table("data_keys", schema=None) as batch_op:
        batch_op.create_index("uq_data_keys_owner_id", ["owner_id"], unique=True)

    op.create_table(
        "clients",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "active",
                "discharged",
                name="client_status",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("mrn_index", sa.LargeBinary(), nullable=False),
        sa.Column("mrn", sa.LargeBinary(), nullable=False),
        sa.Column("first_name", sa.LargeBinary(), nullable=False),
        sa.Column("last_name", sa.LargeBinary(), nullable=False),
        sa.Column("preferred_name", sa.LargeBinary(), nullable=True),
        sa.Column("aliases", sa.LargeBinary(), nullable=True),
        sa.Column("birth_date", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("payer", sa.LargeBinary(), nullable=True),
        sa.Column("member_id", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_clients_data_key_data_keys")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clients")),
        sa.UniqueConstraint("mrn_index", name=op.f("uq_clients_mrn_index")),
    )
    with op.batch_alter_table("clients", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clients_data_key"), ["data_key"], unique=False)
        batch_op.create_index("ix_clients_status_id", ["status", "id"], unique=False)

    op.create_table(
        "groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "process",
                "psychoeducation",
                "skills",
                "substance-use",
                "multi-family",
                "support",
                name="group_kind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(length=12), nullable=False),
        sa.Column("place_of_service", sa.String(length=2), nullable=False),
        sa.Column(
            "modality",
            sa.Enum(
                "in_person",
                "video",
                "audio",
                name="modality",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("rrule", sa.String(length=200), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("local_start", sa.Time(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("capacity BETWEEN 2 AND 500", name=op.f("ck_groups_capacity")),
        sa.CheckConstraint("duration_minutes BETWEEN 5 AND 720", name=op.f("ck_groups_duration")),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_groups_data_key_data_keys")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
    )
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_groups_data_key"), ["data_key"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("sign_in_name_index", sa.LargeBinary(), nullable=False),
        sa.Column("sign_in_name", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("credentials", sa.String(length=60), nullable=False),
        sa.Column("npi", sa.String(length=10), nullable=False),
        sa.Column("licence", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("one_time_until", sa.DateTime(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_users_data_key_data_keys")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("sign_in_name_index", name=op.f("uq_users_sign_in_name_index")),
    )
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_users_data_key"), ["data_key"], unique=False)

    op.create_table(
        "caseload_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ended_on >= started_on", name=op.f("ck_caseload_entries_dates")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_caseload_entries_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["clinician_id"], ["users.id"], name=op.f("fk_caseload_entries_clinician_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseload_entries")),
    )
    with op.batch_alter_table("caseload_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_caseload_entries_client_id"), ["client_id"], unique=False
        )
        batch_op.create_index(
            "ix_caseload_entries_clinician_id_client_id",
            ["clinician_id", "client_id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_caseload_entries_open",
            ["client_id", "clinician_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "diagnoses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "active",
                "resolved",
                name="diagnosis_status",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("description", sa.LargeBinary(), nullable=False),
        sa.Column("onset_on", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_diagnoses_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_diagnoses_data_key_data_keys")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_diagnoses_made_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnoses")),
    )
    with op.batch_alter_table("diagnoses", schema=None) as batch_op:
        batch_op.create_index(
            "ix_diagnoses_client_id_status", ["client_id", "status"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_diagnoses_data_key"), ["data_key"], unique=False)

    op.create_table(
        "enrolments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ended_on >= started_on", name=op.f("ck_enrolments_dates")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_enrolments_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_enrolments_group_id_groups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
    )
    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_enrolments_client_id_group_id", ["client_id", "group_id"], unique=False
        )
        batch_op.create_index(
            "ix_enrolments_group_id_started_on", ["group_id", "started_on"], unique=False
        )
        batch_op.create_index(
            "uq_enrolments_open",
            ["group_id", "client_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "group_facilitators",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead", "co", name="facilitator_role", native_enum=False, create_constraint=True
            ),
            nullable=False,
        ),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ended_on >= started_on", name=op.f("ck_group_facilitators_dates")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_group_facilitators_group_id_groups")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_group_facilitators_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_facilitators")),
    )
    with op.batch_alter_table("group_facilitators", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_group_facilitators_group_id"), ["group_id"], unique=False
        )
        batch_op.create_index(
            "ix_group_facilitators_user_id_group_id", ["user_id", "group_id"], unique=False
        )

    op.create_table(
        "group_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("rule_start", sa.DateTime(), nullable=True),
        sa.Column(
            "modality",
            sa.Enum(
                "in_person",
                "video",
                "audio",
                name="modality",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("service_code", sa.String(length=12), nullable=False),
        sa.Column("place_of_service", sa.String(length=2), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "scheduled",
                "cancelled",
                name="session_status",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_group_sessions_stop_after_start")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_group_sessions_group_id_groups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_sessions")),
        sa.UniqueConstraint(
            "group_id", "rule_start", name=op.f("uq_group_sessions_group_id_rule_start")
        ),
        sa.UniqueConstraint(
            "group_id", "starts_at", name=op.f("uq_group_sessions_group_id_starts_at")
        ),
    )
    with op.batch_alter_table("group_sessions", schema=None) as batch_op:
        batch_op.create_index("ix_group_sessions_held_on", ["held_on"], unique=False)
        batch_op.create_index(
            "ix_group_sessions_undocumented",
            ["starts_at"],
            unique=False,
            sqlite_where=sa.text("revision = 0 AND status = 'scheduled'"),
            postgresql_where=sa.text("revision = 0 AND status = 'scheduled'"),
        )

    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_user_id"), ["user_id"], unique=False)

    op.create_table(
        "supervisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("supervisor_id", sa.Uuid(), nullable=False),
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ended_on >= started_on", name=op.f("ck_supervisions_dates")),
        sa.CheckConstraint(
            "supervisor_id <> supervisee_id", name=op.f("ck_supervisions_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["users.id"], name=op.f("fk_supervisions_supervisee_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["users.id"], name=op.f("fk_supervisions_supervisor_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisions")),
    )
    with op.batch_alter_table("supervisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_supervisions_supervisee_id"), ["supervisee_id"], unique=False
        )
        batch_op.create_index(
            "ix_supervisions_supervisor_id_supervisee_id",
            ["supervisor_id", "supervisee_id"],
            unique=False,
        )

    op.create_table(
        "treatment_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "active",
                "replaced",
                name="plan_status",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("review_due_on", sa.Date(), nullable=False),
        sa.Column("signed_by_id", sa.Uuid(), nullable=True),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("problem", sa.LargeBinary(), nullable=False),
        sa.Column("services", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(status = 'draft') = (signed_at IS NULL)", name=op.f("ck_treatment_plans_signed")
        ),
        sa.CheckConstraint("review_due_on > effective_on", name=op.f("ck_treatment_plans_review")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_treatment_plans_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_treatment_plans_data_key_data_keys")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["users.id"], name=op.f("fk_treatment_plans_signed_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment_plans")),
    )
    with op.batch_alter_table("treatment_plans", schema=None) as batch_op:
        batch_op.create_index(
            "ix_treatment_plans_client_id_status", ["client_id", "status"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_treatment_plans_data_key"), ["data_key"], unique=False)
        batch_op.create_index(
            "uq_treatment_plans_active",
            ["client_id"],
            unique=True,
            sqlite_where=sa.text("status = 'active'"),
            postgresql_where=sa.text("status = 'active'"),
        )

    op.create_table(
        "user_roles",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "facilitator",
                "clinician",
                "supervisor",
                "records",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_user_roles_user_id_users")
        ),
        sa.PrimaryKeyConstraint("user_id", "role", name=op.f("pk_user_roles")),
    )
    op.create_table(
        "attendances",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "present",
                "late",
                "left_early",
                "no_show",
                "cancelled",
                "excused",
                name="attendance_status",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("arrived_at", sa.DateTime(), nullable=True),
        sa.Column("departed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "departed_at > arrived_at", name=op.f("ck_attendances_departure_after_arrival")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_attendances_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["group_sessions.id"],
            name=op.f("fk_attendances_session_id_group_sessions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint(
            "session_id", "client_id", name=op.f("uq_attendances_session_id_client_id")
        ),
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendances_client_id"), ["client_id"], unique=False)

    op.create_table(
        "goals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_goals_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_goals_data_key_data_keys")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["treatment_plans.id"], name=op.f("fk_goals_plan_id_treatment_plans")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
    )
    with op.batch_alter_table("goals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goals_data_key"), ["data_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_goals_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "group_note_revisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("topic", sa.LargeBinary(), nullable=False),
        sa.Column("interventions", sa.LargeBinary(), nullable=False),
        sa.Column("interventions_other", sa.LargeBinary(), nullable=False),
        sa.Column("dynamics", sa.LargeBinary(), nullable=False),
        sa.Column("plan", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_group_note_revisions_author_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["data_key"],
            ["data_keys.number"],
            name=op.f("fk_group_note_revisions_data_key_data_keys"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["group_sessions.id"],
            name=op.f("fk_group_note_revisions_session_id_group_sessions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_note_revisions")),
        sa.UniqueConstraint(
            "session_id", "number", name=op.f("uq_group_note_revisions_session_id_number")
        ),
    )
    with op.batch_alter_table("group_note_revisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_group_note_revisions_data_key"), ["data_key"], unique=False
        )

    op.create_table(
        "session_drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("typed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_session_drafts_data_key_data_keys")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["group_sessions.id"],
            name=op.f("fk_session_drafts_session_id_group_sessions"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_session_drafts_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_drafts")),
        sa.UniqueConstraint(
            "session_id", "user_id", name=op.f("uq_session_drafts_session_id_user_id")
        ),
    )
    with op.batch_alter_table("session_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_drafts_data_key"), ["data_key"], unique=False)

    op.create_table(
        "session_facilitators",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead", "co", name="facilitator_role", native_enum=False, create_constraint=True
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["group_sessions.id"],
            name=op.f("fk_session_facilitators_session_id_group_sessions"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_session_facilitators_user_id_users")
        ),
        sa.PrimaryKeyConstraint("session_id", "user_id", name=op.f("pk_session_facilitators")),
    )
    with op.batch_alter_table("session_facilitators", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_session_facilitators_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "submissions",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["group_sessions.id"],
            name=op.f("fk_submissions_session_id_group_sessions"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_submissions_user_id_users")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_submissions")),
    )
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submissions_session_id"), ["session_id"], unique=False)

    op.create_table(
        "individual_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "signed",
                "set_aside",
                name="note_status",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("group_revision_id", sa.Uuid(), nullable=True),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("has_text", sa.Boolean(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("encounter_index", sa.LargeBinary(), nullable=False),
        sa.Column("encounter", sa.LargeBinary(), nullable=False),
        sa.Column("engagement_level", sa.LargeBinary(), nullable=True),
        sa.Column("engagement_qualities", sa.LargeBinary(), nullable=True),
        sa.Column("response", sa.LargeBinary(), nullable=True),
        sa.Column("group_response", sa.LargeBinary(), nullable=True),
        sa.Column("risk_level", sa.LargeBinary(), nullable=True),
        sa.Column("risk_action", sa.LargeBinary(), nullable=True),
        sa.Column("plan", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(status = 'signed') = (group_revision_id IS NOT NULL)",
            name=op.f("ck_individual_notes_revision"),
        ),
        sa.CheckConstraint(
            "(status = 'signed') = (signed_at IS NOT NULL)", name=op.f("ck_individual_notes_signed")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_individual_notes_author_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_individual_notes_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_individual_notes_data_key_data_keys")
        ),
        sa.ForeignKeyConstraint(
            ["group_revision_id"],
            ["group_note_revisions.id"],
            name=op.f("fk_individual_notes_group_revision_id_group_note_revisions"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["group_sessions.id"],
            name=op.f("fk_individual_notes_session_id_group_sessions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_individual_notes")),
        sa.UniqueConstraint("encounter_index", name=op.f("uq_individual_notes_encounter_index")),
        sa.UniqueConstraint(
            "session_id", "client_id", name=op.f("uq_individual_notes_session_id_client_id")
        ),
    )
    with op.batch_alter_table("individual_notes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_individual_notes_client_id_session_id", ["client_id", "session_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_individual_notes_data_key"), ["data_key"], unique=False
        )
        batch_op.create_index(
            "ix_individual_notes_unsigned",
            ["author_id", "id"],
            unique=False,
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        )

    op.create_table(
        "objectives",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "achieved",
                "discontinued",
                name="objective_status",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("target", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_objectives_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_objectives_data_key_data_keys")
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_objectives_goal_id_goals")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["treatment_plans.id"], name=op.f("fk_objectives_plan_id_treatment_plans")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objectives")),
    )
    with op.batch_alter_table("objectives", schema=None) as batch_op:
        batch_op.create_index(
            "ix_objectives_client_id_status", ["client_id", "status"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_objectives_data_key"), ["data_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_objectives_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objectives_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "note_diagnoses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("diagnosis_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("addressed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnosis_id"],
            ["diagnoses.id"],
            name=op.f("fk_note_diagnoses_diagnosis_id_diagnoses"),
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["individual_notes.id"],
            name=op.f("fk_note_diagnoses_note_id_individual_notes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_diagnoses")),
        sa.UniqueConstraint(
            "note_id", "diagnosis_id", name=op.f("uq_note_diagnoses_note_id_diagnosis_id")
        ),
    )
    op.create_table(
        "progress_ratings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("objective_id", sa.Uuid(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rating", sa.LargeBinary(), nullable=True),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_progress_ratings_data_key_data_keys")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["individual_notes.id"],
            name=op.f("fk_progress_ratings_note_id_individual_notes"),
        ),
        sa.ForeignKeyConstraint(
            ["objective_id"],
            ["objectives.id"],
            name=op.f("fk_progress_ratings_objective_id_objectives"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_ratings")),
        sa.UniqueConstraint(
            "note_id", "objective_id", name=op.f("uq_progress_ratings_note_id_objective_id")
        ),
    )
    with op.batch_alter_table("progress_ratings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_progress_ratings_data_key"), ["data_key"], unique=False
        )
        batch_op.create_index("ix_progress_ratings_objective_id", ["objective_id"], unique=False)

    op.create_table(
        "signatures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "meaning",
            sa.Enum(
                "authorship", name="signature_meaning", native_enum=False, create_constraint=True
            ),
            nullable=False,
        ),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("data_key", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_signatures_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["data_key"], ["data_keys.number"], name=op.f("fk_signatures_data_key_data_keys")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["individual_notes.id"],
            name=op.f("fk_signatures_note_id_individual_notes"),
        ),
        sa.ForeignKeyConstraint(
            ["signer_id"], ["users.id"], name=op.f("fk_signatures_signer_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
        sa.UniqueConstraint("note_id", "meaning", name=op.f("uq_signatures_note_id_meaning")),
    )
    with op.batch_alter_table("signatures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signatures_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signatures_data_key"), ["data_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_signatures_signer_id"), ["signer_id"], unique=False)

    op.bulk_insert(
        sa.table(
            "audit_head",
            sa.column("id"),
            sa.column("sequence"),
            sa.column("hash", sa.LargeBinary()),
        ),
        [{"id": 1, "sequence": 0, "hash": bytes(32)}],
    )


def downgrade() -> None:
    with op.batch_alter_table("signatures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signatures_signer_id"))
        batch_op.drop_index(batch_op.f("ix_signatures_data_key"))
        batch_op.drop_index(batch_op.f("ix_signatures_client_id"))

    op.drop_table("signatures")
    with op.batch_alter_table("progress_ratings", schema=None) as batch_op:
        batch_op.drop_index("ix_progress_ratings_objective_id")
        batch_op.drop_index(batch_op.f("ix_progress_ratings_data_key"))

    op.drop_table("progress_ratings")
    op.drop_table("note_diagnoses")
    with op.batch_alter_table("objectives", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objectives_plan_id"))
        batch_op.drop_index(batch_op.f("ix_objectives_goal_id"))
        batch_op.drop_index(batch_op.f("ix_objectives_data_key"))
        batch_op.drop_index("ix_objectives_client_id_status")

    op.drop_table("objectives")
    with op.batch_alter_table("individual_notes", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_individual_notes_unsigned",
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        )
        batch_op.drop_index(batch_op.f("ix_individual_notes_data_key"))
        batch_op.drop_index("ix_individual_notes_client_id_session_id")

    op.drop_table("individual_notes")
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submissions_session_id"))

    op.drop_table("submissions")
    with op.batch_alter_table("session_facilitators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_facilitators_user_id"))

    op.drop_table("session_facilitators")
    with op.batch_alter_table("session_drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_drafts_data_key"))

    op.drop_table("session_drafts")
    with op.batch_alter_table("group_note_revisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_note_revisions_data_key"))

    op.drop_table("group_note_revisions")
    with op.batch_alter_table("goals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goals_plan_id"))
        batch_op.drop_index(batch_op.f("ix_goals_data_key"))

    op.drop_table("goals")
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendances_client_id"))

    op.drop_table("attendances")
    op.drop_table("user_roles")
    with op.batch_alter_table("treatment_plans", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_treatment_plans_active",
            sqlite_where=sa.text("status = 'active'"),
            postgresql_where=sa.text("status = 'active'"),
        )
        batch_op.drop_index(batch_op.f("ix_treatment_plans_data_key"))
        batch_op.drop_index("ix_treatment_plans_client_id_status")

    op.drop_table("treatment_plans")
    with op.batch_alter_table("supervisions", schema=None) as batch_op:
        batch_op.drop_index("ix_supervisions_supervisor_id_supervisee_id")
        batch_op.drop_index(batch_op.f("ix_supervisions_supervisee_id"))

    op.drop_table("supervisions")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_user_id"))

    op.drop_table("sign_ins")
    with op.batch_alter_table("group_sessions", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_group_sessions_undocumented",
            sqlite_where=sa.text("revision = 0 AND status = 'scheduled'"),
            postgresql_where=sa.text("revision = 0 AND status = 'scheduled'"),
        )
        batch_op.drop_index("ix_group_sessions_held_on")

    op.drop_table("group_sessions")
    with op.batch_alter_table("group_facilitators", schema=None) as batch_op:
        batch_op.drop_index("ix_group_facilitators_user_id_group_id")
        batch_op.drop_index(batch_op.f("ix_group_facilitators_group_id"))

    op.drop_table("group_facilitators")
    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_enrolments_open",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index("ix_enrolments_group_id_started_on")
        batch_op.drop_index("ix_enrolments_client_id_group_id")

    op.drop_table("enrolments")
    with op.batch_alter_table("diagnoses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_diagnoses_data_key"))
        batch_op.drop_index("ix_diagnoses_client_id_status")

    op.drop_table("diagnoses")
    with op.batch_alter_table("caseload_entries", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_caseload_entries_open",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index("ix_caseload_entries_clinician_id_client_id")
        batch_op.drop_index(batch_op.f("ix_caseload_entries_client_id"))

    op.drop_table("caseload_entries")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_users_data_key"))

    op.drop_table("users")
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_groups_data_key"))

    op.drop_table("groups")
    with op.batch_alter_table("clients", schema=None) as batch_op:
        batch_op.drop_index("ix_clients_status_id")
        batch_op.drop_index(batch_op.f("ix_clients_data_key"))

    op.drop_table("clients")
    with op.batch_alter_table("data_keys", schema=None) as batch_op:
        batch_op.drop_index("uq_data_keys_owner_id")

    op.drop_table("data_keys")
    op.drop_table("rate_limits")
    op.drop_table("practices")
    op.drop_table("practice_keys")
    op.drop_table("interventions")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_events_client_id_sequence")
        batch_op.drop_index("ix_audit_events_actor_id_sequence")

    op.drop_table("audit_events")
