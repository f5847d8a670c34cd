"""What other features ask of the practice."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import sqlalchemy as sa

from groupnotes import deid
from groupnotes.core.db import db
from groupnotes.practice.models import Intervention, Practice


def time_zone() -> ZoneInfo:
    """Return the practice's time zone."""
    return ZoneInfo(db.session.scalars(sa.select(Practice.time_zone)).one())


def name() -> str:
    """Return what the practice is called."""
    return db.session.scalars(sa.select(Practice.name)).one()


def words() -> deid.PracticeWords:
    """Return the words that the practice allows in shared notes, and those that it does not."""
    practice = db.session.scalars(sa.select(Practice)).one()
    return deid.PracticeWords(
        allowed=tuple((practice.allowed_words or "").splitlines()),
        denied=tuple((practice.denied_words or "").splitlines()),
    )


def hold() -> None:
    """Let those who change the practice's lists at once wait for each other."""
    db.session.execute(sa.select(Practice.id).with_for_update())


def interventions() -> list[Intervention]:
    """Return the whole list of interventions, in its order."""
    query = sa.select(Intervention).order_by(Intervention.position, Intervention.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
