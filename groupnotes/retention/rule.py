"""Until when a client's record must be kept; pure.

No single law says it. HIPAA keeps its documentation 6 years (45 CFR 164.316(b)(2)), Medicare
7, Medicare Advantage, Part D and Medicaid managed care 10 (42 CFR 422.504(d), 438.3(u)), the
states 5 to 11, and nearly all of them keep a minor's record until some years after majority.
So it is the latest of what the practice set, and never less than was asked for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What the practice decided, from its state and its payers."""

    years: int  # after the last service
    age_of_majority: int  # 18; 19 in Alabama and Nebraska, 21 in Mississippi
    years_after_majority: int

    def retain_until(self, last_service: dt.date, birth_date: dt.date) -> dt.date:
        """Return the last day on which the record must be kept.

        The years after majority count for everybody: who is of age at the last service may
        have been treated as a minor before.
        """
        majority = years_after(birth_date, self.age_of_majority)
        after_majority = years_after(majority, self.years_after_majority)
        return max(years_after(last_service, self.years), after_majority)

    def earliest_service(self, today: dt.date) -> dt.date:
        """Return a day that the last service lies before, in every record that is due today.

        By it a list is narrowed down without a date of birth.
        """
        return years_before(today, self.years)


@dataclass(frozen=True, slots=True)
class Care:
    """What is known of a client's care, and when the last of it was."""

    registered_on: dt.date  # of who never got a service, the practice knows since then
    last_dates: tuple[dt.date | None, ...]

    @property
    def last_service(self) -> dt.date:
        """The last day on which anything was done for the client."""
        return max((day for day in self.last_dates if day is not None), default=self.registered_on)


@dataclass(frozen=True, slots=True)
class Standing:
    """What speaks for keeping a record, whatever its dates say."""

    in_treatment: bool = False
    on_caseload: bool = False
    enrolled: bool = False
    unsigned_notes: int = 0
    unsigned_plans: int = 0
    held: bool = False

    @property
    def in_care(self) -> bool:
        """Whether care goes on, so that there is no last service to count from."""
        return self.in_treatment or self.on_caseload or self.enrolled


def obstacles(standing: Standing, until: dt.date, today: dt.date) -> list[str]:
    """Return every reason for which the record is not destroyed ``today``, with its way out."""
    found = []
    if standing.held:
        found.append("A legal hold is on the record. Lift it first, when it may be lifted.")
    if standing.in_treatment:
        found.append("The client is in treatment. Discharge the client first.")
    if standing.on_caseload:
        found.append("The client is on a caseload. End that care first.")
    if standing.enrolled:
        found.append("The client is enrolled in a group. End the enrolment first.")
    if standing.unsigned_notes:
        found.append(
            f"{_counted(standing.unsigned_notes, 'progress note')} not signed. "
            "Have each signed, or set aside by correcting the attendance."
        )
    if standing.unsigned_plans:
        found.append(
            f"{_counted(standing.unsigned_plans, 'treatment plan')} not signed. Have each signed."
        )
    if not standing.in_care and until >= today:
        found.append("The record must still be kept. Come back after the date above.")
    return found


def years_after(day: dt.date, years: int) -> dt.date:
    """Return the same day some years later; for 29 February where there is none, 1 March.

    A day later than the law may mean, never a day earlier.
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def years_before(day: dt.date, years: int) -> dt.date:
    """Return a day at least so many years before; for 29 February where there is none, 1 March."""
    return years_after(day, -years)


def _counted(number: int, thing: str) -> str:
    return f"1 {thing} is" if number == 1 else f"{number} {thing}s are"
