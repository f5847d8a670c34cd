"""The demo's clients: who they are, what they are treated for and by which plan."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from groupnotes.cli.demo.content import (
    Address,
    Client,
    Coverage,
    Diagnosis,
    Goal,
    Objective,
    Plan,
    PlanService,
    Problem,
)
from groupnotes.cli.demo.timetable import Timetable, working_day_before

_REVIEW_AFTER = timedelta(days=90)
_PLANS_ARE_SIGNED_AT = time(15, 30)


def client_of(
    key: str,
    source: dict[str, Any],
    *,
    group: tuple[str, dict[str, Any]],
    table: Timetable,
    town: Address,
) -> Client:
    """Build the client ``key``, who lives in ``town`` and whose plan prescribes ``group``."""
    first_name, last_name = source["name"]
    clinicians = tuple(source["clinicians"])
    return Client(
        key=key,
        first_name=first_name,
        last_name=last_name,
        preferred_name=source.get("preferred"),
        aliases=tuple(source.get("aliases", ())),
        pronouns=source["pronouns"],
        born_on=source["born"],
        mrn=source["mrn"],
        phone=source["phone"],
        email=source["email"],
        address=Address(source["street"], town.city, town.state, town.zip_code),
        employer=source.get("employer"),
        contacts=tuple(source.get("contacts", ())),
        coverage=Coverage(source["payer"], source["member_id"]),
        clinicians=clinicians,
        diagnoses=tuple(
            Diagnosis(entry["code"], entry["description"], table.day(entry["onset"]), clinicians[0])
            for entry in source["diagnoses"]
        ),
        plan=_plan_of(source["plan"], clinicians[0], group, table),
    )


def _plan_of(
    source: dict[str, Any], author: str, group: tuple[str, dict[str, Any]], table: Timetable
) -> Plan:
    effective_on = working_day_before(table.today, -source["effective"])
    review_on = effective_on + _REVIEW_AFTER
    group_key, group_source = group
    return Plan(
        author=author,
        effective_on=effective_on,
        review_on=review_on,
        signed_at=table.moment(effective_on, _PLANS_ARE_SIGNED_AT),
        problems=tuple(_problem_of(entry, review_on, table) for entry in source["problems"]),
        services=(
            PlanService(
                group_key,
                group_source["service_code"],
                group_source["frequency"],
                group_source["minutes"],
            ),
        ),
    )


def _problem_of(source: dict[str, Any], review_on: date, table: Timetable) -> Problem:
    objectives = tuple(
        _objective_of(key, entry, review_on, table) for key, entry in source["objectives"].items()
    )
    return Problem(
        text=source["text"],
        diagnoses=tuple(source["diagnoses"]),
        goals=(Goal(source["goal"], objectives),),
    )


def _objective_of(key: str, source: Sequence[Any], review_on: date, table: Timetable) -> Objective:
    """Read ``[text, target, day]``; a target is due no later than the plan's review."""
    text, target, day = source
    return Objective(key, text, target, min(table.day(day), review_on))
