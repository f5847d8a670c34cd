"""What a facilitator does with a group: describe it, say who leads it, enrol clients."""

from __future__ import annotations

from groupnotes.groups.queries import OFFERED
from groupnotes.groups.services.enrolments import (
    EnrolmentStart,
    end_enrolment,
    enrol,
    is_in_name,
    list_clients_to_enrol,
    list_ended_enrolments,
    open_enrolment,
)
from groupnotes.groups.services.facilitators import (
    FacilitationStart,
    add_facilitator,
    end_facilitation,
    list_candidates,
    open_facilitation,
)
from groupnotes.groups.services.standing import (
    GroupPage,
    OpenGroup,
    create_group,
    edit_group,
    list_groups,
    open_for_edit,
    open_group,
    open_practice,
    roster_of,
)

__all__ = [
    "OFFERED",
    "EnrolmentStart",
    "FacilitationStart",
    "GroupPage",
    "OpenGroup",
    "add_facilitator",
    "create_group",
    "edit_group",
    "end_enrolment",
    "end_facilitation",
    "enrol",
    "is_in_name",
    "list_candidates",
    "list_clients_to_enrol",
    "list_ended_enrolments",
    "list_groups",
    "open_enrolment",
    "open_facilitation",
    "open_for_edit",
    "open_group",
    "open_practice",
    "roster_of",
]
