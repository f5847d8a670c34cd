"""The one practice of this database."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core.db import Base, uuid_pk
from groupnotes.crypto.keyring import PRACTICE_KEY
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column

RETENTION_YEARS = 10  # after the last service: 42 CFR 422.504(d), 438.3(u)
AGE_OF_MAJORITY = 18
YEARS_AFTER_MAJORITY = 7
BACKUP_DAYS = 35


class Practice(Base):
    """Who the record is from: printed on each one, so nothing but its word lists is secret."""

    __tablename__ = "practices"

    id: Mapped[uuid_pk]
    name: Mapped[str] = mapped_column(sa.String(120))
    street: Mapped[str] = mapped_column(sa.String(120))
    city: Mapped[str] = mapped_column(sa.String(80))
    state: Mapped[str] = mapped_column(sa.String(2))
    postal_code: Mapped[str] = mapped_column(sa.String(10))
    phone: Mapped[str] = mapped_column(sa.String(30))
    npi: Mapped[str] = mapped_column(sa.String(10))
    time_zone: Mapped[str] = mapped_column(sa.String(60))
    sign_within: Mapped[int] = mapped_column(default=3)  # business days after the session
    sign_each: Mapped[bool] = mapped_column(default=False)  # a password for each note
    # How long records are kept, and for how long backups are.
    retention_years: Mapped[int] = mapped_column(default=RETENTION_YEARS)
    age_of_majority: Mapped[int] = mapped_column(default=AGE_OF_MAJORITY)
    years_after_majority: Mapped[int] = mapped_column(default=YEARS_AFTER_MAJORITY)
    backup_days: Mapped[int] = mapped_column(default=BACKUP_DAYS)
    version: Mapped[int] = mapped_column(default=1)
    data_key: Mapped[int] = data_key_column(default=PRACTICE_KEY)
    allowed_words_sealed: Mapped[bytes | None] = ciphertext("allowed_words", nullable=True)
    denied_words_sealed: Mapped[bytes | None] = ciphertext("denied_words", nullable=True)

    allowed_words = Sealed[str | None]()  # that identify nobody, one phrase a line
    denied_words = Sealed[str | None]()  # that no shared note may hold, one phrase a line

    __mapper_args__ = {"version_id_col": version}


class Intervention(Base):
    """One entry of the practice's list of interventions."""

    __tablename__ = "interventions"

    id: Mapped[uuid_pk]
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    # Social time, outings and the like are not psychotherapy (rule A11).
    therapeutic: Mapped[bool]
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
