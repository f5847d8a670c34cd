"""What a certificate of destruction says: which record, by whom, and until when backups hold it.

It names the record by the random id that the audit log knows it by, and holds nothing else of
the client, so that it can be kept and printed for ever; whoever keeps it beside a register of
numbers writes the number in by hand, on a line of its own. Pure.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from groupnotes.retention.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One destruction, as it was recorded."""

    id: uuid.UUID
    practice: str
    client_id: uuid.UUID
    proposed_by: str
    proposed_at: dt.datetime
    confirmed_by: str
    destroyed_at: dt.datetime
    rule: Rule
    retained_until_year: int
    key_number: int
    key_check: bytes
    backup_days: int
    cleared_at: dt.datetime | None
    on_postgresql: bool
    zone: ZoneInfo

    @property
    def backups_hold_none_from(self) -> dt.date:
        """The first day on which no backup holds the key, if none is kept longer than said.

        A backup of the day on which the key was cleared may still hold it.
        """
        last = self.cleared_at or self.destroyed_at
        return last.astimezone(self.zone).date() + dt.timedelta(days=self.backup_days + 1)

    @property
    def is_final(self) -> bool:
        """Whether the key was cleared from the database's files, so that the days run."""
        return self.cleared_at is not None

    def facts(self) -> list[tuple[str, str]]:
        """Return what is certified, as names with their values."""
        return [
            ("Record", f"Client {self.client_id}"),
            ("Proposed", f"{self._moment(self.proposed_at)}, by {self.proposed_by}"),
            ("Confirmed", f"{self._moment(self.destroyed_at)}, by {self.confirmed_by}"),
            ("Key destroyed", self._moment(self.destroyed_at)),
            ("Cleared from files", self._moment(self.cleared_at) if self.cleared_at else "Not yet"),
            ("Backups hold no key", f"From {_day(self.backups_hold_none_from)}"),
            ("Kept by the rule", _rule(self.rule)),
            ("Kept until", f"A day in {self.retained_until_year}"),
            ("Data key", f"No. {self.key_number}, check value {self.key_check.hex()}"),
        ]

    def paragraphs(self) -> Iterator[str]:
        """Yield what was done and what it means, and what is not promised."""
        yield (
            "Every text of this record was encrypted (AES-256-GCM) with a random key of its own. "
            "At the time above the only copy of that key was removed from the database, and the "
            "client’s name, contact data and numbers with it. What is left of the record cannot be "
            "read by anybody, the practice included; a server that had the key open shows it to "
            "nobody, and forgets it when it is restarted. The audit log is kept; it holds no text "
            "of the record. Psychotherapy notes (45 CFR 164.501) are no part of the record and are "
            "not covered."
        )
        yield (
            f"The practice keeps backups for {self.backup_days} days. A backup made before the key "
            "was cleared still holds it, wrapped by keys of the practice. The date above stands if "
            "no backup, and no archived log, is kept longer."
        )
        if not self.is_final:
            yield (
                "The bytes of the key have not been cleared from the database’s files yet: run "
                "“flask --app wsgi retention sweep” and print this certificate again. Until then "
                "the date above is the earliest one possible."
            )
        if self.on_postgresql:
            yield (
                "PostgreSQL also writes every change to a log (WAL), whose files and archive hold "
                "the wrapped key until they are recycled or deleted; count them among the backups. "
                "The practice’s root key, which wrapped it, is still in use."
            )

    def _moment(self, at: dt.datetime) -> str:
        local = at.astimezone(self.zone)
        return f"{_day(local.date())}, {local:%H:%M %Z}"


def _day(day: dt.date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _rule(rule: Rule) -> str:
    return (
        f"{rule.years} years after the last service, and at least until {rule.years_after_majority}"
        f" years after the age of {rule.age_of_majority}"
    )
