"""What each person's day looks like."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor, Role
from groupnotes.emergency import services as emergency
from groupnotes.emergency.standing import AccessLine, Notice
from groupnotes.reports import queries
from groupnotes.reports.accounts import (
    AlteredAccount,
    Renewal,
    altered_accounts,
    renewed_passwords,
)
from groupnotes.reports.alarms import (
    Alarm,
    Stuck,
    altered_notes,
    supervision_ending,
    without_supervisor,
)
from groupnotes.reports.in_error import InErrorLine, in_error_of
from groupnotes.reports.queries import ListPage, NoteLine, SessionLine
from groupnotes.reports.returned import ReturnedLine, returned_entries_of
from groupnotes.signing.queries import count_waiting

MOST_REVIEWS = 100  # beyond it nobody counts on


@dataclass(frozen=True, slots=True)
class Today:
    """The first page after sign-in."""

    date: dt.date
    sessions: ListPage[SessionLine]
    unsigned: ListPage[NoteLine]
    returned: list[ReturnedLine]  # what the reader added to notes and was given back
    in_error: list[InErrorLine]  # notes of the reader's that are no part of the record
    alarms: list[Alarm]  # for the administrator
    altered_accounts: list[AlteredAccount]  # for the administrator
    renewals: list[Renewal]  # the reader's own; for the administrator, everybody's
    stuck: list[Stuck]  # for the administrator
    ending: list[Stuck]  # for the administrator
    reviews: int  # notes that wait for the signature of a supervisor, up to MOST_REVIEWS
    notices: list[Notice]  # of emergency accesses to clients of the reader's
    unreviewed: list[AccessLine]  # for the administrator


@dataclass(frozen=True, slots=True)
class Pages:
    """After which session and which note the lists of Today go on; None is from the start."""

    sessions: uuid.UUID | None = None
    notes: uuid.UUID | None = None


def today(actor: Actor, zone: ZoneInfo, pages: Pages) -> Today:
    """Return the actor's sessions of today and whatever of theirs is not signed yet."""
    require(actor, Permission.TODAY, Tag.SESSION_LIST)
    now = clock.now()
    date = now.astimezone(zone).date()
    midnight = dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), zone)
    sessions = queries.sessions_of(actor, before=midnight, today=date, after=pages.sessions)
    unsigned = queries.unsigned_notes_of(actor, after=pages.notes)
    returned = returned_entries_of(actor)
    in_error = in_error_of(actor) if Role.CLINICIAN in actor.roles else []
    log.record_shown(
        Happening(Tag.SESSION_LIST, actor, object_type="group_sessions"),
        *(
            Happening(Tag.NOTE_LIST, actor, line.client_id, "individual_notes", line.id)
            for line in unsigned.lines
        ),
        *(
            Happening(Tag.NOTE_LIST, actor, line.client_id, "individual_notes", line.note_id)
            for line in returned
        ),
        *(
            Happening(Tag.NOTE_LIST, actor, line.client_id, "individual_notes", line.note_id)
            for line in in_error
        ),
    )
    administers = Role.ADMINISTRATOR in actor.roles
    return Today(
        date=date,
        sessions=sessions,
        unsigned=unsigned,
        returned=returned,
        in_error=in_error,
        alarms=altered_notes() if administers else [],
        altered_accounts=altered_accounts() if administers else [],
        renewals=renewed_passwords(actor),
        stuck=without_supervisor(actor) if administers else [],
        ending=supervision_ending(actor) if administers else [],
        reviews=count_waiting(actor, MOST_REVIEWS) if Role.SUPERVISOR in actor.roles else 0,
        notices=emergency.notices(actor),
        unreviewed=emergency.unreviewed(actor),
    )
