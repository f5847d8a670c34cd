"""What each person's day looks like."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.reports import queries
from groupnotes.reports.queries import NoteLine, SessionLine


@dataclass(frozen=True, slots=True)
class Today:
    """The first page after sign-in."""

    date: dt.date
    sessions: list[SessionLine]
    unsigned: list[NoteLine]
    more_unsigned: bool


def today(actor: Actor, zone: ZoneInfo) -> Today:
    """Return the actor's sessions of today and whatever of theirs is not signed yet."""
    require(actor, Permission.TODAY, Tag.SESSION_LIST)
    now = clock.now()
    date = now.astimezone(zone).date()
    midnight = dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), zone)
    sessions = queries.sessions_of(actor, before=midnight, today=date)
    unsigned = queries.unsigned_notes_of(actor)
    log.record_shown(
        Happening(Tag.SESSION_LIST, actor, object_type="group_sessions"),
        *(
            Happening(Tag.NOTE_LIST, actor, line.client_id, "individual_notes", line.id)
            for line in unsigned[: queries.SHOWN]
        ),
    )
    return Today(
        date=date,
        sessions=sessions,
        unsigned=unsigned[: queries.SHOWN],
        more_unsigned=len(unsigned) > queries.SHOWN,
    )
