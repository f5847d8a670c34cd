"""The demo's groups: who is enrolled, when they met and who came."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from groupnotes.cli.demo.content import (
    AttendanceRecord,
    Client,
    Enrolment,
    Facilitation,
    Group,
    Session,
)
from groupnotes.cli.demo.source import read
from groupnotes.cli.demo.timetable import Timetable, weekly_rule
from groupnotes.cli.demo.written import group_note_of, individual_note_of

_ONE_NOTE_IS_READ_IN = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class _Past:
    """What all past sessions of a group have in common."""

    lead: str
    starts: time
    length: timedelta
    clients: dict[str, Client]
    enrolments: tuple[Enrolment, ...]
    notes: dict[str, Any]
    table: Timetable

    def session(self, week: int, day: date, source: dict[str, Any]) -> Session:
        starts_at = self.table.moment(day, self.starts)
        stops_at = starts_at + self.length
        attendance = tuple(
            _attendance_of(enrolment.client, source, starts_at, stops_at)
            for enrolment in self.enrolments
            if enrolment.covers(day)
        )
        days_later, hour = source["signed"]
        signed_at = self.table.signing_moment(stops_at, days_later, time.fromisoformat(hour))
        attended = (record.client for record in attendance if record.attended)
        return Session(
            week=week,
            starts_at=starts_at,
            stops_at=stops_at,
            attendance=attendance,
            group_note=group_note_of(source),
            notes=tuple(
                individual_note_of(
                    self.clients[client],
                    self.notes[client][str(week)],
                    author=self.lead,
                    signed_at=signed_at + place * _ONE_NOTE_IS_READ_IN,
                )
                for place, client in enumerate(attended)
            ),
        )


def group_of(
    key: str,
    source: dict[str, Any],
    *,
    clients: tuple[Client, ...],
    days: tuple[date, ...],
    table: Timetable,
) -> Group:
    """Build the group ``key`` that met on ``days``.

    A group without an hour of its own meets at the hour of the waiting session, which is its.
    """
    about = source["group"]
    past = _Past(
        lead=about["lead"],
        starts=about.get("starts", table.slot_start),
        length=timedelta(minutes=about["minutes"]),
        clients={client.key: client for client in clients},
        enrolments=_enrolments(source["clients"], days),
        notes=read(f"{key}_notes"),
        table=table,
    )
    sessions = [
        past.session(week, day, entry)
        for week, (day, entry) in enumerate(zip(days, source["sessions"], strict=True), start=1)
    ]
    if "starts" not in about:
        waiting = Session(len(days) + 1, table.waits_from, table.waits_until, (), None, ())
        sessions.append(waiting)
    return Group(
        key=key,
        name=about["name"],
        kind=about["kind"],
        is_open=about["open"],
        capacity=about["capacity"],
        service_code=about["service_code"],
        place_of_service=about["place_of_service"],
        first_on=days[0],
        rrule=weekly_rule(days[0]),
        starts=past.starts,
        minutes=about["minutes"],
        facilitators=(
            Facilitation(about["lead"], "lead"),
            *(Facilitation(staff, "co") for staff in about["co"]),
        ),
        enrolments=past.enrolments,
        sessions=tuple(sessions),
    )


def _enrolments(clients: dict[str, Any], days: tuple[date, ...]) -> tuple[Enrolment, ...]:
    """Read each client's ``stays``: pairs of a first and a last week, 0 while the stay lasts."""
    return tuple(
        Enrolment(client, days[first - 1], days[last - 1] if last else None)
        for client, source in clients.items()
        for first, last in source.get("stays", [[1, 0]])
    )


def _attendance_of(
    client: str, source: dict[str, Any], starts_at: datetime, stops_at: datetime
) -> AttendanceRecord:
    """Read the session's exceptions; ``late`` and ``left_early`` are in minutes."""
    if client in source.get("absent", {}):
        return AttendanceRecord(client, source["absent"][client], None, None)
    if client in source.get("late", {}):
        arrived_at = starts_at + timedelta(minutes=source["late"][client])
        return AttendanceRecord(client, "late", arrived_at, None)
    if client in source.get("left_early", {}):
        departed_at = stops_at - timedelta(minutes=source["left_early"][client])
        return AttendanceRecord(client, "left_early", None, departed_at)
    return AttendanceRecord(client, "present", None, None)
