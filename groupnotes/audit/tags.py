"""Every auditable event, named ``subject:action``."""

from __future__ import annotations

import enum

# The detail of what was done under an emergency access (purpose of use BTG in FHIR).
UNDER_EMERGENCY = "emergency"


class Tag(enum.StrEnum):
    """What was done. A tag is never renamed: it is part of the chained bytes."""

    SIGN_IN = "account:sign-in"
    SIGN_IN_FAILURE = "account:sign-in-failure"
    SIGN_OUT = "account:sign-out"
    PASSWORD_CONFIRM = "account:password-confirm"  # noqa: S105 - a name, not a secret
    PASSWORD_CHANGE = "account:password-change"  # noqa: S105
    STAFF_LIST = "staff:list"
    STAFF_READ = "staff:read"
    STAFF_CREATE = "staff:create"
    STAFF_EDIT = "staff:edit"
    PASSWORD_RENEW = "staff:password-renew"  # noqa: S105 - who did it could sign in as them
    PRACTICE_READ = "practice:read"
    PRACTICE_EDIT = "practice:edit"
    CLIENT_LIST = "client:list"
    CLIENT_READ = "client:read"
    CLIENT_CREATE = "client:create"
    CLIENT_EDIT = "client:edit"
    CASELOAD_EDIT = "client:caseload-edit"
    CHART_READ = "chart:read"  # problem list, treatment plan, timeline
    DIAGNOSIS_READ = "diagnosis:read"
    DIAGNOSIS_CREATE = "diagnosis:create"
    DIAGNOSIS_EDIT = "diagnosis:edit"
    PLAN_READ = "plan:read"
    PLAN_CREATE = "plan:create"
    PLAN_EDIT = "plan:edit"
    PLAN_SIGN = "plan:sign"
    GROUP_LIST = "group:list"
    GROUP_READ = "group:read"
    GROUP_CREATE = "group:create"
    GROUP_EDIT = "group:edit"
    ENROLMENT_CREATE = "enrolment:create"
    ENROLMENT_END = "enrolment:end"
    SESSION_LIST = "session:list"
    SESSION_READ = "session:read"
    SESSION_SCHEDULE = "session:schedule"
    SESSION_EDIT = "session:edit"
    SESSION_DRAFT = "session:draft"
    GROUP_NOTE_WRITE = "group-note:write"
    ATTENDANCE_WRITE = "attendance:write"
    NOTE_CREATE = "note:create"
    NOTE_LIST = "note:list"
    NOTE_READ = "note:read"
    NOTE_EDIT = "note:edit"
    NOTE_SET_ASIDE = "note:set-aside"
    NOTE_BRING_BACK = "note:bring-back"
    NOTE_SIGN = "note:sign"
    NOTE_ADD = "note:add"  # a late entry, an addendum or a correction
    NOTE_RETRACT = "note:enter-in-error"  # a locked note
    NOTE_CO_SIGN = "note:co-sign"
    NOTE_RETURN = "note:return"  # or its entry, to its author, whose signature is withdrawn
    HISTORY_READ = "note-history:read"  # what was signed, and withdrawn by a return
    ENTRY_LEAVE_OUT = "note-entry:leave-out"  # what was returned is not written again
    NOTE_VERIFY = "note:verify"  # recorded where a signed note is found altered
    IDENTIFIER_DISMISS = "identifier:dismiss"  # words that were found are said to be no one
    IDENTIFIER_KEEP = "identifier:keep"  # words that were blocked stay, with a reason
    # What one can be about: the reader of a client's report learns neither of this.
    PSYCHOTHERAPY_NOTE_OFFER = "psychotherapy-note:offer"
    PSYCHOTHERAPY_NOTE_LIST = "psychotherapy-note:list"
    PSYCHOTHERAPY_NOTE_CREATE = "psychotherapy-note:create"
    PSYCHOTHERAPY_NOTE_READ = "psychotherapy-note:read"
    PSYCHOTHERAPY_NOTE_EDIT = "psychotherapy-note:edit"
    PSYCHOTHERAPY_NOTE_DESTROY = "psychotherapy-note:destroy"
    RECORD_PRINT = "record:print"
    RETENTION_LIST = "retention:list"
    RETENTION_READ = "retention:read"
    HOLD_PLACE = "legal-hold:place"
    HOLD_LIFT = "legal-hold:lift"
    PURGE_READ = "purge:read"
    PURGE_PROPOSE = "purge:propose"
    PURGE_WITHDRAW = "purge:withdraw"
    PURGE_CONFIRM = "purge:confirm"  # the client's record is destroyed
    PURGE_CLEAR = "purge:clear"  # what is left of the key in the database's files
    CERTIFICATE_PRINT = "purge:print"
    AUDIT_READ = "audit:read"
    AUDIT_EXPORT = "audit:export"
    ACCESS_REPORT_READ = "access-report:read"
    ACCESS_REPORT_EXPORT = "access-report:export"
    EMERGENCY_BEGIN = "emergency:begin"  # reading outside one's relations
    EMERGENCY_END = "emergency:end"
    EMERGENCY_READ = "emergency:read"  # that there was one, or why
    EMERGENCY_ACKNOWLEDGE = "emergency:acknowledge"
    EMERGENCY_REVIEW = "emergency:review"
    REQUEST = "request:refused"


class Outcome(enum.StrEnum):
    """What became of it (FHIR AuditEvent.outcome in words)."""

    SUCCESS = "success"
    REFUSED = "refused"
    FAILED = "failed"
