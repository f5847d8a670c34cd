"""What an administrator says of the practice, and the interventions that it offers."""

from __future__ import annotations

import dataclasses
import enum
import uuid
from dataclasses import dataclass

from groupnotes.access.guard import fetch, guarded, scope
from groupnotes.access.policy import Permission
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Invalid
from groupnotes.core.versions import require_seen
from groupnotes.practice import queries
from groupnotes.practice.details import PracticeDetails, problems
from groupnotes.practice.models import Intervention, Practice


class Direction(enum.Enum):
    """Which way an entry moves in a list."""

    UP = -1
    DOWN = 1


@dataclass(frozen=True, slots=True)
class InterventionValues:
    """One entry of the list; a retired one stays in the notes that name it."""

    name: str
    therapeutic: bool
    active: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """The practice and its list of interventions."""

    practice: Practice
    interventions: list[Intervention]


def open_settings(actor: Actor) -> Settings:
    """Return the practice to whoever may change it."""
    query = scope(actor, Permission.PRACTICE_MANAGE, Tag.PRACTICE_READ, Practice)
    return Settings(db.session.scalars(query).one(), queries.interventions())


def open_intervention(actor: Actor, intervention_id: uuid.UUID) -> Intervention:
    """Return one entry of the list to whoever may change it."""
    return fetch(
        actor, Permission.PRACTICE_MANAGE, Tag.PRACTICE_READ, Intervention, intervention_id
    )


@guarded(Permission.PRACTICE_MANAGE, Tag.PRACTICE_EDIT)
def edit_practice(
    actor: Actor, practice: Practice, /, details: PracticeDetails, *, seen_version: int
) -> Practice:
    """Keep what is printed on every record from now on; sessions keep the times they have."""
    require_seen(practice, seen_version)
    found = problems(details)
    if found:
        raise Invalid(found)
    for name, value in dataclasses.asdict(details).items():
        setattr(practice, name, value)
    return practice


@guarded(Permission.PRACTICE_MANAGE, Tag.PRACTICE_EDIT)
def add_intervention(
    actor: Actor, practice: Practice, /, values: InterventionValues
) -> Intervention:
    """Offer one more intervention, at the end of the list."""
    queries.hold()
    known = queries.interventions()
    _require_free(values.name, known)
    row = Intervention(
        name=values.name,
        therapeutic=values.therapeutic,
        active=values.active,
        position=max((other.position for other in known), default=0) + 1,
    )
    db.session.add(row)
    return row


@guarded(Permission.PRACTICE_MANAGE, Tag.PRACTICE_EDIT)
def edit_intervention(
    actor: Actor, intervention: Intervention, /, values: InterventionValues, *, seen_version: int
) -> Intervention:
    """Rename, retire or bring back an entry; notes keep the name that they were written with."""
    queries.hold()
    others = [row for row in queries.interventions() if row is not intervention]
    require_seen(intervention, seen_version)
    _require_free(values.name, others)
    intervention.name = values.name
    intervention.therapeutic = values.therapeutic
    intervention.active = values.active
    return intervention


@guarded(Permission.PRACTICE_MANAGE, Tag.PRACTICE_EDIT)
def move_intervention(
    actor: Actor, intervention: Intervention, /, direction: Direction
) -> Intervention:
    """Move an entry one place in the list; at its end it stays."""
    queries.hold()
    rows = queries.interventions()
    place = rows.index(intervention)
    rows.insert(max(place + direction.value, 0), rows.pop(place))
    for position, row in enumerate(rows, 1):
        row.position = position
    return intervention


def _require_free(name: str, others: list[Intervention]) -> None:
    if name.casefold() in {other.name.casefold() for other in others}:
        raise Invalid({"name": "There is an intervention of this name already."})
