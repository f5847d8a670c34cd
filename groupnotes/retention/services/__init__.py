"""Keeping records for as long as the law asks, and destroying them when two people say so.

*Who:* those of the records role place and lift legal holds, for theirs are the requests of
courts and the accounting, and they propose what is to be destroyed. Another person of that
role, or an administrator, confirms it (ASVS 2.3.5), and types the client's number: so both
look at the same record, and the administrator is shown no name for it.

*What happens to each table* when a client's record is destroyed:

- ``data_keys``: the wrapped key is gone, and a trigger refuses to put one back.
- ``clients``: all that was sealed is replaced by words that say nothing; the fingerprint of the
  MRN by random bytes. The random id and the date of registration stay.
- ``individual_notes``, ``progress_ratings``, ``signatures``, ``co_signatures``,
  ``note_entries``, ``note_returns``, ``entry_returns``, ``diagnoses``, ``treatment_plans``,
  ``goals``, ``objectives``, ``legal_holds``, ``emergency_accesses``: the rows stay where they
  are, for those that were signed are never changed; nothing in them opens any more. Drafts of
  notes and plans, and notes that await review, stand in the way of it: that is settled first.
- ``attendances``, ``enrolments``, ``caseload_entries``, ``note_diagnoses``: days, states and
  random ids of somebody who is no longer known; the other members' records count them.
- ``psychotherapy_notes``: no part of the record (45 CFR 164.501), sealed with their author's
  key. They stay the author's, who alone knows of them, and destroys them on their own page.
- ``group_note_revisions``: name nobody, and are in other people's records.
- ``session_drafts``: those of sessions that the client was to be in are dropped.
- ``audit_events``: stay, with the random id.
"""

from __future__ import annotations

from groupnotes.retention.services.holding import (
    lift_hold,
    open_hold,
    open_retention,
    others_around,
    place_hold,
)
from groupnotes.retention.services.overview import open_overview
from groupnotes.retention.services.purging import (
    certificate_as_pdf,
    confirm,
    find_purge,
    open_purge,
    propose,
    withdraw,
)

__all__ = [
    "certificate_as_pdf",
    "confirm",
    "find_purge",
    "lift_hold",
    "open_hold",
    "open_overview",
    "open_purge",
    "open_retention",
    "others_around",
    "place_hold",
    "propose",
    "withdraw",
]
