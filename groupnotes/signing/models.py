"""Signatures at rest, each with the exact bytes that were signed."""

from __future__ import annotations

import datetime as dt
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core import triggers
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import UTCDateTime, one_of
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column
from groupnotes.signing.entry import EntryKind


class SignatureMeaning(enum.StrEnum):
    """What a signature says (21 CFR 11.50)."""

    AUTHORSHIP = "authorship"


class SigningKey(Base):
    """A key pair that this practice signs with; the private key is sealed, and opens nothing."""

    __tablename__ = "signing_keys"
    __table_args__ = (
        sa.Index(
            "uq_signing_keys_in_use",
            "in_use",
            unique=True,
            sqlite_where=sa.text("in_use"),
            postgresql_where=sa.text("in_use"),
        ),
    )

    id: Mapped[uuid_pk]
    public_key: Mapped[bytes]  # Ed25519, 32 bytes
    in_use: Mapped[bool]
    created_at: Mapped[moment]
    data_key: Mapped[int] = data_key_column()
    private_key_sealed: Mapped[bytes] = ciphertext("private_key")

    private_key = Sealed[str]()  # hexadecimal digits


class Signed:
    """Who signed which exact content about which client, with which key, and when."""

    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"), index=True)
    signer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    signed_at: Mapped[moment]
    digest: Mapped[bytes]  # SHA-256 of the content
    signature: Mapped[bytes]  # Ed25519 over the content, 64 bytes
    key_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("signing_keys.id"), index=True)
    data_key: Mapped[int] = data_key_column()
    content_sealed: Mapped[bytes] = ciphertext("content")

    content = Sealed[str]()  # RFC 8785 JSON


class Signature(Signed, Base):
    """Who signed which exact content as its author, when, and what that means.

    A note that a supervisor returned is signed anew, in another version.
    """

    __tablename__ = "signatures"
    __table_args__ = (sa.UniqueConstraint("note_id", "meaning", "version"),)

    id: Mapped[uuid_pk]
    note_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("individual_notes.id"))
    meaning: Mapped[SignatureMeaning] = mapped_column(one_of(SignatureMeaning))
    version: Mapped[int]  # of the note, as it was signed


class NoteEntry(Signed, Base):
    """A late entry, addendum or correction of a locked note, with its own signature."""

    __tablename__ = "note_entries"
    __table_args__ = (sa.Index("ix_note_entries_note_id_id", "note_id", "id"),)

    id: Mapped[uuid_pk]
    note_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("individual_notes.id"))
    kind: Mapped[EntryKind] = mapped_column(one_of(EntryKind))
    review_due: Mapped[bool]


class CoSignature(Signed, Base):
    """A supervisor's signature, with the meaning of review, over what a supervisee signed."""

    __tablename__ = "co_signatures"
    __table_args__ = (
        sa.CheckConstraint("(signature_id IS NULL) <> (entry_id IS NULL)", name="of_one"),
    )

    id: Mapped[uuid_pk]
    note_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("individual_notes.id"), index=True)
    signature_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("signatures.id"), unique=True
    )
    entry_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("note_entries.id"), unique=True
    )


_UNSETTLED = sa.text("settled_at IS NULL")


class EntryReturn(Base):
    """A supervisor gave an entry back: its author's signature is withdrawn, and kept.

    It is settled once its author wrote it again or left it out.
    """

    __tablename__ = "entry_returns"
    __table_args__ = (
        sa.Index(
            "ix_entry_returns_unsettled",
            "returned_to",
            "id",
            sqlite_where=_UNSETTLED,
            postgresql_where=_UNSETTLED,
        ),
    )

    id: Mapped[uuid_pk]
    note_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("individual_notes.id"), index=True)
    entry_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("note_entries.id"), unique=True)
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"), index=True)
    returned_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    returned_to: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    returned_at: Mapped[moment]
    settled_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    data_key: Mapped[int] = data_key_column()
    comment_sealed: Mapped[bytes] = ciphertext("comment")

    comment = Sealed[str]()


def _changed_otherwise_than_settled() -> str:
    kept = (c.name for c in EntryReturn.__table__.columns if c.name != "settled_at")
    changed = [f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in kept]
    return " OR ".join(["OLD.settled_at IS NOT NULL", "NEW.settled_at IS NULL", *changed])


triggers.declare(
    triggers.Trigger(
        "co_signatures_of_standing",
        "co_signatures",
        "INSERT",
        "nobody signs beside an entry that was returned",
        "EXISTS (SELECT 1 FROM entry_returns r WHERE r.entry_id = NEW.entry_id)",
    ),
    triggers.Trigger(
        "co_signatures_keep", "co_signatures", "UPDATE", "a co-signature is never changed"
    ),
    triggers.Trigger(
        "co_signatures_stay", "co_signatures", "DELETE", "a co-signature is never removed"
    ),
    triggers.Trigger(
        "entry_returns_of_waiting",
        "entry_returns",
        "INSERT",
        "only an entry that awaits review is returned",
        "NOT EXISTS (SELECT 1 FROM note_entries e WHERE e.id = NEW.entry_id"
        " AND e.note_id = NEW.note_id AND e.signer_id = NEW.returned_to AND e.review_due)"
        " OR EXISTS (SELECT 1 FROM co_signatures c WHERE c.entry_id = NEW.entry_id)",
    ),
    triggers.Trigger(
        "entry_returns_keep",
        "entry_returns",
        "UPDATE",
        "a return is never changed, only settled",
        _changed_otherwise_than_settled(),
    ),
    triggers.Trigger("entry_returns_stay", "entry_returns", "DELETE", "a return is never removed"),
    triggers.Trigger("note_entries_keep", "note_entries", "UPDATE", "an entry is never changed"),
    triggers.Trigger("note_entries_stay", "note_entries", "DELETE", "an entry is never removed"),
    triggers.Trigger("signatures_keep", "signatures", "UPDATE", "a signature is never changed"),
    triggers.Trigger(
        "signing_keys_keep",
        "signing_keys",
        "UPDATE",
        "a signing key is never changed, only taken out of use",
        "NEW.public_key <> OLD.public_key OR NEW.in_use AND NOT OLD.in_use",
    ),
    triggers.Trigger("signing_keys_stay", "signing_keys", "DELETE", "a signing key is kept"),
    triggers.Trigger("signatures_stay", "signatures", "DELETE", "a signature is never removed"),
)
