"""Group notes and individual notes at rest."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core import triggers
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import UTCDateTime, one_of
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column
from groupnotes.notes.states import NoteStatus


class GroupNoteRevision(Base):
    """One revision of a session's group note; inserted once and never changed."""

    __tablename__ = "group_note_revisions"
    __table_args__ = (sa.UniqueConstraint("session_id", "number"),)

    id: Mapped[uuid_pk]
    session_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("group_sessions.id"))
    number: Mapped[int]
    data_key: Mapped[int] = data_key_column()
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    created_at: Mapped[moment]
    # Of the roster that the texts were checked against (``identity.rosters``). What was never
    # checked so is checked when it is signed.
    checked_version: Mapped[int | None] = mapped_column(sa.BigInteger)
    topic_sealed: Mapped[bytes] = ciphertext("topic")
    interventions_sealed: Mapped[bytes] = ciphertext("interventions")
    interventions_other_sealed: Mapped[bytes] = ciphertext("interventions_other")
    dynamics_sealed: Mapped[bytes] = ciphertext("dynamics")
    plan_sealed: Mapped[bytes] = ciphertext("plan")

    topic = Sealed[str]()
    interventions = Sealed[str]()  # names from the practice's list, one a line
    interventions_other = Sealed[str]()
    dynamics = Sealed[str]()
    plan = Sealed[str]()


# In SQL what `states.FROZEN` is: its author has signed the note.
_FROZEN = "status IN ('awaiting_review', 'signed', 'entered_in_error')"


class IndividualNote(Base):
    """One attendee's progress note for one session."""

    __tablename__ = "individual_notes"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "client_id", "standing"),
        sa.CheckConstraint(f"({_FROZEN}) = (group_revision_id IS NOT NULL)", name="revision"),
        sa.CheckConstraint(f"({_FROZEN}) = (signed_at IS NOT NULL)", name="signed"),
        sa.CheckConstraint("(status = 'entered_in_error') = (standing IS NULL)", name="standing"),
        sa.Index("ix_individual_notes_client_id_session_id", "client_id", "session_id"),
        sa.Index(
            "ix_individual_notes_unsigned",
            "author_id",
            "id",
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        ),
        sa.Index(
            "ix_individual_notes_awaiting_review",
            "author_id",
            "id",
            sqlite_where=sa.text("status = 'awaiting_review'"),
            postgresql_where=sa.text("status = 'awaiting_review'"),
        ),
    )

    id: Mapped[uuid_pk]
    session_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("group_sessions.id"))
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"))
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    data_key: Mapped[int] = data_key_column()
    status: Mapped[NoteStatus] = mapped_column(one_of(NoteStatus), default=NoteStatus.DRAFT)
    # NULL once it was entered in error: no two NULLs are alike, so another may take its place.
    # False once that other, in which nobody had written, made room for one that was put back.
    standing: Mapped[bool | None] = mapped_column(default=True)
    # The revision that was signed; a draft follows the newest.
    group_revision_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("group_note_revisions.id")
    )
    signed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    has_text: Mapped[bool] = mapped_column(default=False)
    missing: Mapped[int]  # how many things stand between the draft and a signature
    version: Mapped[int] = mapped_column(default=1)
    checked_version: Mapped[int | None] = mapped_column(sa.BigInteger)
    created_at: Mapped[moment]
    changed_at: Mapped[moment]
    encounter_index: Mapped[bytes] = mapped_column(unique=True)
    encounter_sealed: Mapped[bytes] = ciphertext("encounter")
    engagement_level_sealed: Mapped[bytes | None] = ciphertext("engagement_level", nullable=True)
    engagement_qualities_sealed: Mapped[bytes | None] = ciphertext(
        "engagement_qualities", nullable=True
    )
    response_sealed: Mapped[bytes | None] = ciphertext("response", nullable=True)
    group_response_sealed: Mapped[bytes | None] = ciphertext("group_response", nullable=True)
    risk_level_sealed: Mapped[bytes | None] = ciphertext("risk_level", nullable=True)
    risk_action_sealed: Mapped[bytes | None] = ciphertext("risk_action", nullable=True)
    plan_sealed: Mapped[bytes | None] = ciphertext("plan", nullable=True)

    __mapper_args__ = {"version_id_col": version}


class NoteReturn(Base):
    """A supervisor gave a signed note back: its author's signature is withdrawn, and kept."""

    __tablename__ = "note_returns"

    id: Mapped[uuid_pk]
    note_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("individual_notes.id"), index=True)
    signature_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("signatures.id"), unique=True)
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"), index=True)
    returned_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    returned_at: Mapped[moment]
    data_key: Mapped[int] = data_key_column()
    comment_sealed: Mapped[bytes] = ciphertext("comment")

    comment = Sealed[str]()


class NoteDiagnosis(Base):
    """One diagnosis of the client that stands in one note; addressed or not."""

    __tablename__ = "note_diagnoses"
    __table_args__ = (sa.UniqueConstraint("note_id", "diagnosis_id"),)

    id: Mapped[uuid_pk]
    note_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("individual_notes.id"))
    diagnosis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("diagnoses.id"))
    position: Mapped[int]
    addressed: Mapped[bool] = mapped_column(default=True)


class ProgressRating(Base):
    """One objective in one note; rating and evidence start empty."""

    __tablename__ = "progress_ratings"
    __table_args__ = (
        sa.UniqueConstraint("note_id", "objective_id"),
        sa.Index("ix_progress_ratings_objective_id", "objective_id"),
    )

    id: Mapped[uuid_pk]
    note_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("individual_notes.id"))
    objective_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("objectives.id"))
    data_key: Mapped[int] = data_key_column()
    position: Mapped[int]
    rating_sealed: Mapped[bytes | None] = ciphertext("rating", nullable=True)
    evidence_sealed: Mapped[bytes | None] = ciphertext("evidence", nullable=True)


class Submission(Base):
    """One rendered fan-out form that was sent; sent again, it changes nothing."""

    __tablename__ = "submissions"

    key: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    session_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("group_sessions.id"), index=True)
    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    created_at: Mapped[moment]


class SessionDraft(Base):
    """What one facilitator typed about a session and has not submitted; only they see it."""

    __tablename__ = "session_drafts"
    __table_args__ = (sa.UniqueConstraint("session_id", "user_id"),)

    id: Mapped[uuid_pk]
    session_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("group_sessions.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    data_key: Mapped[int] = data_key_column()
    saved_at: Mapped[moment]
    typed_sealed: Mapped[bytes] = ciphertext("typed")

    typed = Sealed[str]()  # JSON of the form's fields


_NOT_IN_ERROR = (
    "NOT EXISTS (SELECT 1 FROM note_entries e WHERE e.note_id = OLD.id"
    " AND e.kind = 'entered_in_error'"
    " AND NOT EXISTS (SELECT 1 FROM entry_returns r WHERE r.entry_id = e.id))"
)


def _changed_after_signing() -> str:
    """Say that a note was changed otherwise than by a supervisor, or by entering it in error.

    It is put back once a supervisor returned each entry that said so.
    """
    state = {"status", "version", "changed_at"}
    ways = {
        ("awaiting_review", "signed"): state,
        ("awaiting_review", "draft"): state | {"group_revision_id", "signed_at"},
        ("signed", "entered_in_error"): state | {"standing"},
        ("entered_in_error", "signed"): state | {"standing"},
    }
    but_if = {("entered_in_error", "signed"): [_NOT_IN_ERROR]}
    columns = [column.name for column in IndividualNote.__table__.columns]
    allowed = (
        " AND ".join(
            [f"OLD.status = '{before}' AND NEW.status = '{after}'"]
            + [f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in columns if name not in may]
            + but_if.get((before, after), [])
        )
        for (before, after), may in ways.items()
    )
    return f"OLD.{_FROZEN} AND NOT ({' OR '.join(f'({way})' for way in allowed)})"


def _of_signed_note(row: str) -> str:
    notes = "SELECT 1 FROM individual_notes n WHERE n."
    return f"EXISTS ({notes}{_FROZEN} AND n.id = {row}.note_id)"


def _locked_parts(table: str) -> list[triggers.Trigger]:
    before, after = _of_signed_note("OLD"), _of_signed_note("NEW")
    moved = f"(NEW.note_id <> OLD.note_id AND {after})"  # from a draft into a signed note
    conditions = {"INSERT": after, "UPDATE": f"{before} OR {moved}", "DELETE": before}
    return [
        triggers.Trigger(
            f"{table}_signed_{event.lower()}",
            table,
            event,
            "a signed note cannot be changed",
            when=when,
        )
        for event, when in conditions.items()
    ]


triggers.declare(
    triggers.Trigger(
        "group_note_revisions_keep",
        "group_note_revisions",
        "UPDATE",
        "a revision of a group note is never changed",
    ),
    triggers.Trigger(
        "group_note_revisions_stay",
        "group_note_revisions",
        "DELETE",
        "a revision of a group note is never removed",
    ),
    triggers.Trigger(
        "individual_notes_signed_keep",
        "individual_notes",
        "UPDATE",
        "a signed note cannot be changed",
        when=_changed_after_signing(),
    ),
    triggers.Trigger(
        "note_returns_of_awaiting",
        "note_returns",
        "INSERT",
        "only a note that awaits review is returned",
        "NOT EXISTS (SELECT 1 FROM individual_notes n"
        " WHERE n.id = NEW.note_id AND n.status = 'awaiting_review')",
    ),
    triggers.Trigger("note_returns_keep", "note_returns", "UPDATE", "a return is never changed"),
    triggers.Trigger("note_returns_stay", "note_returns", "DELETE", "a return is never removed"),
    triggers.Trigger(
        "individual_notes_stay", "individual_notes", "DELETE", "a note is never removed"
    ),
    *_locked_parts("note_diagnoses"),
    *_locked_parts("progress_ratings"),
)
