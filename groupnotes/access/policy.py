"""The rules of access, as pure functions: every right is a role *and* a relation."""

from __future__ import annotations

import enum
from types import MappingProxyType

from groupnotes.core.actor import Actor, Role


class Relation(enum.StrEnum):
    """How a person stands to a record."""

    PRACTICE = "practice"  # any record of this practice
    OWN = "own"  # their own account
    AUTHOR = "author"  # they write it
    FACILITATES = "facilitates"  # they facilitate the group it belongs to
    CARES_FOR = "cares-for"  # the client is on their caseload
    SUPERVISES = "supervises"  # its author, clinician or facilitator is their supervisee
    REVIEWS = "reviews"  # what a supervisee of theirs added to it waits for their signature
    LOCKED = "locked"  # it is signed, so that nothing in it changes again
    EMERGENCY = "emergency"  # they opened the client's record for an emergency, and it is open


class Permission(enum.StrEnum):
    """What may be allowed."""

    TODAY = "today"
    ACCOUNT = "account"
    STAFF_MANAGE = "staff.manage"
    PRACTICE_MANAGE = "practice.manage"
    CLIENT_LIST = "client.list"
    CLIENT_READ = "client.read"
    CLIENT_REGISTER = "client.register"
    CLIENT_EDIT = "client.edit"
    CHART_READ = "chart.read"  # diagnoses, treatment plan, timeline of notes
    CHART_WRITE = "chart.write"
    GROUP_READ = "group.read"
    GROUP_CREATE = "group.create"
    GROUP_EDIT = "group.edit"
    SESSION_READ = "session.read"
    SESSION_DOCUMENT = "session.document"  # attendance, the group note, fan-out
    NOTE_READ = "note.read"
    NOTE_WRITE = "note.write"
    NOTE_SIGN = "note.sign"
    NOTE_ADD = "note.add"  # late entries, addenda and corrections of a locked note
    NOTE_RETRACT = "note.retract"  # a locked note that was entered in error
    NOTE_HISTORY = "note.history"  # what was signed of it and withdrawn when it was returned
    NOTE_CO_SIGN = "note.co-sign"  # or return to its author
    RECORD_PRINT = "record.print"
    PSYCHOTHERAPY_NOTE = "psychotherapy-note"  # read, write and destroy one's own
    PSYCHOTHERAPY_NOTE_BEGIN = "psychotherapy-note.begin"  # about a client
    RETENTION_MANAGE = "retention.manage"  # legal holds, and proposing to destroy a record
    PURGE_CONFIRM = "purge.confirm"  # destroy a record that another person proposed
    AUDIT_READ = "audit.read"
    ACCESS_REPORT = "access.report"  # who opened a client's record
    EMERGENCY = "emergency"  # reading outside one's relations: begin it and end one's own
    EMERGENCY_NOTICE = "emergency.notice"  # hear of one to a client, and why
    EMERGENCY_REVIEW = "emergency.review"


Right = tuple[Role, Relation]

_EVERYBODY = frozenset((role, Relation.PRACTICE) for role in Role)
_FACILITATOR = (Role.FACILITATOR, Relation.FACILITATES)
_SUPERVISOR = (Role.SUPERVISOR, Relation.SUPERVISES)
_CLINICIAN = (Role.CLINICIAN, Relation.CARES_FOR)
_AUTHOR = (Role.CLINICIAN, Relation.AUTHOR)
_ADMINISTRATOR = (Role.ADMINISTRATOR, Relation.PRACTICE)
_RECORDS = (Role.RECORDS, Relation.PRACTICE)
_CO_CLINICIAN = (Role.CLINICIAN, Relation.FACILITATES)
# 45 CFR 164.312(a)(2)(ii), for reading alone. Not for roles that open no chart even of a client
# whom they know: what is closed to them every day is not opened by an emergency.
_IN_EMERGENCY = frozenset(
    {(Role.CLINICIAN, Relation.EMERGENCY), (Role.SUPERVISOR, Relation.EMERGENCY)}
)

GRANTS: MappingProxyType[Permission, frozenset[Right]] = MappingProxyType(
    {
        Permission.TODAY: _EVERYBODY,
        Permission.ACCOUNT: frozenset((role, Relation.OWN) for role in Role),
        Permission.STAFF_MANAGE: frozenset({_ADMINISTRATOR}),
        Permission.PRACTICE_MANAGE: frozenset({_ADMINISTRATOR}),
        Permission.CLIENT_LIST: frozenset({_CLINICIAN, _FACILITATOR, _SUPERVISOR, _RECORDS}),
        Permission.CLIENT_READ: frozenset(
            {_CLINICIAN, _FACILITATOR, _SUPERVISOR, _RECORDS, *_IN_EMERGENCY}
        ),
        Permission.CLIENT_REGISTER: frozenset({(Role.CLINICIAN, Relation.PRACTICE), _RECORDS}),
        Permission.CLIENT_EDIT: frozenset({_CLINICIAN, _RECORDS}),
        Permission.CHART_READ: frozenset({_CLINICIAN, _CO_CLINICIAN, _SUPERVISOR, *_IN_EMERGENCY}),
        Permission.CHART_WRITE: frozenset({_CLINICIAN}),
        Permission.GROUP_READ: frozenset({_FACILITATOR, _SUPERVISOR}),
        Permission.GROUP_CREATE: frozenset({(Role.FACILITATOR, Relation.PRACTICE)}),
        Permission.GROUP_EDIT: frozenset({_FACILITATOR}),
        Permission.SESSION_READ: frozenset({_FACILITATOR, _SUPERVISOR}),
        Permission.SESSION_DOCUMENT: frozenset({_FACILITATOR}),
        Permission.NOTE_READ: frozenset(
            {
                _AUTHOR,
                _CO_CLINICIAN,
                _CLINICIAN,
                _SUPERVISOR,
                (Role.RECORDS, Relation.LOCKED),
                *_IN_EMERGENCY,
            }
        ),
        Permission.NOTE_WRITE: frozenset({_AUTHOR}),
        Permission.NOTE_SIGN: frozenset({_AUTHOR}),
        Permission.NOTE_ADD: frozenset({_AUTHOR, _CLINICIAN}),
        Permission.NOTE_RETRACT: frozenset({_AUTHOR, _SUPERVISOR}),
        # No part of the record, and not signed by anybody now: between the author and who reviews.
        Permission.NOTE_HISTORY: frozenset({_AUTHOR, _SUPERVISOR}),
        Permission.NOTE_CO_SIGN: frozenset({_SUPERVISOR, (Role.SUPERVISOR, Relation.REVIEWS)}),
        Permission.RECORD_PRINT: frozenset(
            {_AUTHOR, _CLINICIAN, _SUPERVISOR, (Role.RECORDS, Relation.LOCKED)}
        ),
        # 45 CFR 164.508(a)(2)(i)(A): the originator's alone, whatever they work as today; and
        # since every role could have one, nobody is told that theirs may not.
        Permission.PSYCHOTHERAPY_NOTE: frozenset((role, Relation.AUTHOR) for role in Role),
        Permission.PSYCHOTHERAPY_NOTE_BEGIN: frozenset({_CLINICIAN, _CO_CLINICIAN, _AUTHOR}),
        Permission.RETENTION_MANAGE: frozenset({_RECORDS}),
        # The administrator too: a practice may have one person for its records, and two must
        # agree. They are shown no name, and say by the number whose record it is.
        Permission.PURGE_CONFIRM: frozenset({_RECORDS, _ADMINISTRATOR}),
        Permission.AUDIT_READ: frozenset({_ADMINISTRATOR}),
        Permission.ACCESS_REPORT: frozenset({_CLINICIAN, _RECORDS}),
        Permission.EMERGENCY: frozenset((role, Relation.OWN) for role, _ in _IN_EMERGENCY),
        Permission.EMERGENCY_NOTICE: frozenset({_CLINICIAN}),
        Permission.EMERGENCY_REVIEW: frozenset({_ADMINISTRATOR}),
    }
)


def holds(actor: Actor, permission: Permission) -> bool:
    """Say whether any of the actor's roles could grant ``permission`` over some record."""
    return bool(relations_wanted(actor.roles, permission))


def relations_wanted(roles: frozenset[Role], permission: Permission) -> frozenset[Relation]:
    """Return the relations any one of which gives ``roles`` the ``permission`` over a record."""
    return frozenset(relation for role, relation in GRANTS[permission] if role in roles)
