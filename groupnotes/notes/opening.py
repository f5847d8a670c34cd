"""Open sealed rows into the plain things that pages show and rules judge."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from groupnotes.crypto.blob import CannotOpen, Place
from groupnotes.crypto.keyring import KeyRing, ring
from groupnotes.notes import places
from groupnotes.notes.listed import entries
from groupnotes.notes.readiness import IndividualContent, ObjectiveProgress
from groupnotes.notes.vocabulary import EngagementLevel, EngagementQuality, Rating, RiskLevel

Row = Any

# What was chosen, by its word; nothing by none.
_LEVELS = {"": None} | {level.value: level for level in EngagementLevel}
_RATINGS = {"": None} | {rating.value: rating for rating in Rating}
_RISKS = {"": None} | {risk.value: risk for risk in RiskLevel}


@dataclass(frozen=True, slots=True)
class GroupNoteText:
    """What a facilitator writes about the session; it names nobody."""

    topic: str = ""
    interventions: tuple[str, ...] = ()
    interventions_other: str = ""
    dynamics: str = ""
    plan: str = ""


class OfferedDiagnosis(NamedTuple):
    """A diagnosis that stands in a note, addressed or not."""

    id: uuid.UUID
    code: str
    description: str
    addressed: bool


class RatedObjective(NamedTuple):
    """An objective that stands in a note, with its rating so far."""

    id: uuid.UUID
    goal: str
    objective: str
    rating: Rating | None
    evidence: str


class Parts(NamedTuple):
    """The diagnoses and objectives of one note."""

    diagnoses: tuple[OfferedDiagnosis, ...] = ()
    objectives: tuple[RatedObjective, ...] = ()


class Returned(NamedTuple):
    """That a supervisor gave a signed note back, when, and what for."""

    by: str
    credentials: str
    at: dt.datetime
    comment: str


def returns(rows: Sequence[Row]) -> list[Returned]:
    """Open how often a note was given back to its author."""
    keys = ring()
    keys.load({row.data_key for row in rows})
    return [
        Returned(
            by=keys.open(places.STAFF_NAME, row.user_id, row.name),
            credentials=row.credentials,
            at=row.returned_at,
            comment=keys.open(places.RETURN_COMMENT, row.id, row.comment),
        )
        for row in rows
    ]


def group_note(row: Row) -> GroupNoteText:
    """Open the newest revision in ``row``; empty when nothing was written yet."""
    if row.revision_id is None:
        return GroupNoteText()
    keys, at = ring(), row.revision_id
    return GroupNoteText(
        topic=keys.open(places.GROUP_NOTE["topic"], at, row.topic),
        interventions=entries(keys.open(places.GROUP_NOTE["interventions"], at, row.interventions)),
        interventions_other=keys.open(
            places.GROUP_NOTE["interventions_other"], at, row.interventions_other
        ),
        dynamics=keys.open(places.GROUP_NOTE["dynamics"], at, row.dynamics),
        plan=keys.open(places.GROUP_NOTE["plan"], at, row.plan),
    )


def display_name(keys: KeyRing, row: Row) -> str:
    """Return how the client is called on pages: preferred name first, where there is one."""
    return display_names(keys, [row])[0]


def display_names(keys: KeyRing, rows: Sequence[Row]) -> list[str]:
    """Return how several clients are called on pages."""
    return [
        f"{name['preferred_name'] or name['first_name']} {name['last_name']}"
        for name in _texts(keys, places.CLIENT, [row.client_id for row in rows], rows)
    ]


def parts(
    diagnosis_rows: Sequence[Row], progress_rows: Sequence[Row]
) -> defaultdict[uuid.UUID, Parts]:
    """Open the diagnoses and objectives of many notes, by note."""
    keys = ring()
    diagnoses: defaultdict[uuid.UUID, list[OfferedDiagnosis]] = defaultdict(list)
    for row, offered in zip(diagnosis_rows, _diagnoses(keys, diagnosis_rows), strict=True):
        diagnoses[row.note_id].append(offered)
    objectives: defaultdict[uuid.UUID, list[RatedObjective]] = defaultdict(list)
    for row, rated in zip(progress_rows, _objectives(keys, progress_rows), strict=True):
        objectives[row.note_id].append(rated)
    found: defaultdict[uuid.UUID, Parts] = defaultdict(Parts)
    for note_id in diagnoses.keys() | objectives.keys():
        found[note_id] = Parts(tuple(diagnoses[note_id]), tuple(objectives[note_id]))
    return found


def parts_apart(
    diagnosis_rows: Sequence[Row], progress_rows: Sequence[Row]
) -> Mapping[uuid.UUID, Parts | CannotOpen]:
    """Open the same; in the place of what does not open stands why, and the others are there."""
    try:
        return parts(diagnosis_rows, progress_rows)
    except CannotOpen:
        pass  # of one of them: each by itself
    found: defaultdict[uuid.UUID, Parts | CannotOpen] = defaultdict(Parts)
    for note_id in {row.note_id for row in (*diagnosis_rows, *progress_rows)}:
        its = (
            [r for r in rows if r.note_id == note_id] for rows in (diagnosis_rows, progress_rows)
        )
        try:
            found[note_id] = parts(*its)[note_id]
        except CannotOpen as error:
            found[note_id] = error
    return found


def content(row: Row, note_id: uuid.UUID, its: Parts) -> IndividualContent:
    """Open what was written in one note."""
    return contents([row], [note_id], [its])[0]


def contents(
    rows: Sequence[Row], notes: Sequence[uuid.UUID], parts_of: Sequence[Parts]
) -> list[IndividualContent]:
    """Open what was written in several notes."""
    return [
        IndividualContent(
            engagement_level=_LEVELS[texts["engagement_level"]],
            engagement_qualities=tuple(
                EngagementQuality(quality) for quality in entries(texts["engagement_qualities"])
            ),
            response=texts["response"],
            group_response=texts["group_response"],
            diagnoses_addressed=tuple([d.id for d in its.diagnoses if d.addressed]),
            progress=tuple([ObjectiveProgress(o.id, o.rating, o.evidence) for o in its.objectives]),
            risk_level=_RISKS[texts["risk_level"]],
            risk_action=texts["risk_action"],
            plan=texts["plan"],
        )
        for texts, its in zip(_texts(ring(), places.NOTE, notes, rows), parts_of, strict=True)
    ]


def bare_content(
    row: Row, diagnosis_rows: Sequence[Row], progress_rows: Sequence[Row]
) -> IndividualContent:
    """Open what was written in one note, without the words of its chart."""
    keys = ring()
    its = Parts(
        diagnoses=tuple(
            OfferedDiagnosis(d.diagnosis_id, "", "", d.addressed) for d in diagnosis_rows
        ),
        objectives=tuple(
            RatedObjective(p.objective_id, "", "", rating, evidence)
            for p, (rating, evidence) in zip(
                progress_rows, _progress(keys, progress_rows), strict=True
            )
        ),
    )
    return content(row, row.id, its)


def group_name(row: Row) -> str:
    """Open the name of the session's group."""
    return ring().open(places.GROUP_NAME, row.group_id, row.group_name)


def optional(keys: KeyRing, place: Place, row_id: uuid.UUID, sealed: bytes | None) -> str:
    """Open a text that may be absent; ciphertext that was emptied is altered, not absent."""
    return keys.open(place, row_id, sealed) if sealed is not None else ""


def load_keys(*row_groups: Iterable[Row]) -> None:
    """Open the data keys of all these rows with one question to the database."""
    ring().load({row.data_key for rows in row_groups for row in rows})


def _diagnoses(keys: KeyRing, rows: Sequence[Row]) -> list[OfferedDiagnosis]:
    ids = [row.diagnosis_id for row in rows]
    codes = keys.open_column(places.CODE, ids, [row.code for row in rows])
    descriptions = keys.open_column(places.DESCRIPTION, ids, [row.description for row in rows])
    return [
        OfferedDiagnosis(row.diagnosis_id, code, description, row.addressed)
        for row, code, description in zip(rows, codes, descriptions, strict=True)
    ]


def _objectives(keys: KeyRing, rows: Sequence[Row]) -> list[RatedObjective]:
    sealed = {row.goal_id: row.goal for row in rows}
    opened = keys.open_column(places.GOAL, list(sealed), list(sealed.values()))
    goals = dict(zip(sealed, opened, strict=True))
    ids = [row.objective_id for row in rows]
    objectives = keys.open_column(places.OBJECTIVE, ids, [row.objective for row in rows])
    return [
        RatedObjective(row.objective_id, goals[row.goal_id], objective, rating, evidence)
        for row, objective, (rating, evidence) in zip(
            rows, objectives, _progress(keys, rows), strict=True
        )
    ]


def _progress(keys: KeyRing, rows: Sequence[Row]) -> list[tuple[Rating | None, str]]:
    ids = [row.id for row in rows]
    ratings = keys.open_column(places.RATING, ids, [row.rating for row in rows])
    evidence = keys.open_column(places.EVIDENCE, ids, [row.evidence for row in rows])
    return [(_RATINGS[rating], words) for rating, words in zip(ratings, evidence, strict=True)]


def _texts(
    keys: KeyRing, where: Mapping[str, Place], ids: Sequence[uuid.UUID], rows: Sequence[Row]
) -> list[dict[str, str]]:
    """Open several columns; return the texts of each row by the names of the columns."""
    columns = [
        keys.open_column(place, ids, [getattr(row, name) for row in rows])
        for name, place in where.items()
    ]
    return [dict(zip(where, texts, strict=True)) for texts in zip(*columns, strict=True)]
