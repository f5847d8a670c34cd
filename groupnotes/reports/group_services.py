"""One group: who is in it, when it met and meets, and how far its notes are."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from groupnotes.access.guard import check
from groupnotes.access.policy import Permission
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.groups import services as groups
from groupnotes.groups.queries import EnrolledClient, Facilitator
from groupnotes.groups.recurrence_words import describe
from groupnotes.groups.schedule import Schedule
from groupnotes.groups.services import OpenGroup
from groupnotes.reports import group_queries
from groupnotes.reports.group_queries import SessionLine


@dataclass(frozen=True, slots=True)
class GroupOverview:
    """What the group's page shows."""

    opened: OpenGroup
    meets: str
    enrolled: list[EnrolledClient]
    joining: list[EnrolledClient]
    facilitators: list[Facilitator]
    coming: list[SessionLine]
    later: uuid.UUID | None
    past: list[SessionLine]
    older: uuid.UUID | None
    pages: Pages


@dataclass(frozen=True, slots=True)
class Pages:
    """After and before which session the two lists go on; None is from now."""

    coming: uuid.UUID | None = None
    past: uuid.UUID | None = None


def open_group(actor: Actor, group_id: uuid.UUID, zone: ZoneInfo, pages: Pages) -> GroupOverview:
    """Return a group with its people of today and its sessions."""
    now = clock.now()
    today = now.astimezone(zone).date()
    opened = groups.open_group(actor, group_id, today)
    check(actor, Permission.GROUP_READ, Tag.SESSION_LIST, opened.group)
    coming, later = group_queries.coming(group_id, now, pages.coming)
    past, older = group_queries.past(group_id, now, pages.past)
    group = opened.group
    meets = Schedule(group.rrule, group.first_on, group.local_start, group.duration_minutes, zone)
    return GroupOverview(
        opened=opened,
        meets=describe(meets),
        enrolled=[stay for stay in opened.enrolled if stay.started_on <= today],
        joining=[stay for stay in opened.enrolled if stay.started_on > today],
        facilitators=[
            line for line in opened.facilitators if line.ended_on is None or line.ended_on >= today
        ],
        coming=coming,
        later=later,
        past=past,
        older=older,
        pages=pages,
    )
