"""Put the demo practice together for one moment."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from groupnotes.cli.demo.content import (
    Address,
    Client,
    DemoPractice,
    Group,
    Intervention,
    Practice,
    StaffMember,
    Supervision,
)
from groupnotes.cli.demo.meetings import group_of
from groupnotes.cli.demo.people import client_of
from groupnotes.cli.demo.source import read
from groupnotes.cli.demo.timetable import (
    Timetable,
    past_meetings,
    timetable,
    working_day_before,
)


def demo_practice(now: datetime) -> DemoPractice:
    """Build the practice as it stands at ``now``; the same moment gives the same practice."""
    source = read("practice")
    practice = _practice_of(source["practice"])
    table = timetable(now, ZoneInfo(practice.time_zone))
    relapse_day = working_day_before(table.today, 2)
    latest = {
        "dbt": table.day(-7),
        "relapse": relapse_day,
        "grief": working_day_before(relapse_day, 2),
    }
    clients: list[Client] = []
    groups: list[Group] = []
    for key, day in latest.items():
        members, group = _group_with_clients(key, day, table, practice.address)
        clients.extend(members)
        groups.append(group)
    return DemoPractice(
        practice=practice,
        staff=tuple(_staff_member(key, entry) for key, entry in source["staff"].items()),
        supervisions=tuple(
            Supervision(supervisor, supervisee)
            for supervisor, supervisees in source["supervision"].items()
            for supervisee in supervisees
        ),
        interventions=_interventions(source["interventions"]),
        clients=tuple(clients),
        groups=tuple(groups),
    )


def _group_with_clients(
    key: str, latest: date, table: Timetable, town: Address
) -> tuple[tuple[Client, ...], Group]:
    source = read(key)
    clients = tuple(
        client_of(client_key, entry, group=(key, source["group"]), table=table, town=town)
        for client_key, entry in source["clients"].items()
    )
    days = past_meetings(latest)
    return clients, group_of(key, source, clients=clients, days=days, table=table)


def _practice_of(source: dict[str, Any]) -> Practice:
    return Practice(
        name=source["name"],
        address=Address(source["street"], source["city"], source["state"], source["zip"]),
        phone=source["phone"],
        npi=source["npi"],
        time_zone=source["time_zone"],
    )


def _staff_member(key: str, source: dict[str, Any]) -> StaffMember:
    first_name, last_name = source["name"]
    return StaffMember(
        key=key,
        sign_in_name=source["sign_in_name"],
        first_name=first_name,
        last_name=last_name,
        credentials=source["credentials"],
        npi=source.get("npi"),
        licence=source.get("licence"),
        roles=tuple(source["roles"]),
    )


def _interventions(source: dict[str, list[str]]) -> tuple[Intervention, ...]:
    therapeutic = tuple(Intervention(name, therapeutic=True) for name in source["therapeutic"])
    return therapeutic + tuple(Intervention(name, therapeutic=False) for name in source["other"])
