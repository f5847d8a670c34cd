"""The floor of the page of a session: the same bytes by the driver and ``str.format``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from tests.bench.floor import chain
from tests.bench.floor.asking import (
    EVIDENCE,
    GROUP_NAME,
    GROUP_NOTE,
    INTERVENTIONS,
    NAMES,
    NOTE,
    OF_SESSION,
    RATING,
    STAFF_NAME,
    Person,
    session_of,
)
from tests.bench.floor.sealing import Keys, place
from tests.bench.floor.store import Store, dashed, day_of, moment_of

Row = Any

CODE, DESCRIPTION = place("diagnoses", "code"), place("diagnoses", "description")
OBJECTIVE, GOAL = place("objectives", "text"), place("goals", "text")

_ROSTER = (
    "SELECT c.id, c.first_name, c.last_name, c.preferred_name, a.status, a.arrived_at,"
    " a.departed_at, n.id, n.author_id, n.status, n.signed_at, n.has_text, n.missing, n.version,"
    " n.engagement_level, n.engagement_qualities, n.response, n.group_response, n.risk_level,"
    " n.risk_action, n.plan, CASE WHEN n.author_id = ? OR EXISTS (SELECT 1 FROM caseload_entries e"
    " WHERE e.client_id = n.client_id AND e.clinician_id = ? AND e.started_on <= ?"
    " AND (e.ended_on IS NULL OR e.ended_on >= ?)) THEN 1 ELSE 0 END"
    " FROM clients c LEFT JOIN attendances a ON a.session_id = ? AND a.client_id = c.id"
    " LEFT JOIN individual_notes n"
    " ON n.session_id = ? AND n.client_id = c.id AND n.standing IS TRUE"
    f" WHERE {OF_SESSION}"
)
_DIAGNOSES = (
    "SELECT d.note_id, d.diagnosis_id, d.addressed, x.code, x.description FROM individual_notes n"
    " JOIN note_diagnoses d ON d.note_id = n.id JOIN diagnoses x ON x.id = d.diagnosis_id"
    " WHERE n.session_id = ? ORDER BY d.position"
)
_PROGRESS = (
    "SELECT p.note_id, p.id, o.id, p.rating, p.evidence, o.text, g.id, g.text"
    " FROM individual_notes n JOIN progress_ratings p ON p.note_id = n.id"
    " JOIN objectives o ON o.id = p.objective_id JOIN goals g ON g.id = o.goal_id"
    " WHERE n.session_id = ? ORDER BY p.position"
)
_FACILITATORS = (
    "SELECT u.id, u.name, u.credentials"
    " FROM session_facilitators f JOIN users u ON u.id = f.user_id"
    " WHERE f.session_id = ? ORDER BY f.role DESC, u.id"
)


@dataclass(frozen=True, slots=True)
class PageFormat:
    """The page cut into format strings, with a slot for everything that comes from a row.

    Slots named ``… checked`` are filled with `` checked`` or nothing.
    """

    head: str  # up to the list of attendance
    member: str
    middle: str  # between that and the cards
    cards: Mapping[str, str]  # by state
    diagnosis: str
    objective: str
    missing: str
    tail: str
    unchecked: Mapping[str, str]  # every slot of a choice, empty
    sentences: Mapping[str, str]  # what to do about each thing that is missing


def show(
    store: Store, keys: Keys, who: Person, page: PageFormat, facts: Mapping[str, str]
) -> bytes:
    """Return the page of a session; ``facts`` are its id, token, key and time zone."""
    session_id = facts["session"].replace("-", "")
    store.begin(write=False)
    met = session_of(store, who, session_id)
    day = met[1]
    if met[16] is not None:
        raise ValueError("this floor shows what was submitted, not what was typed since")
    reader = (who.user_id, who.user_id, who.today, who.today)
    of_session = (met[0], day, day, session_id)
    roster = store.all(_ROSTER, (*reader, session_id, session_id, *of_session))
    diagnoses = _by_note(store.all(_DIAGNOSES, (session_id,)))
    progress = _by_note(store.all(_PROGRESS, (session_id,)))
    facilitators = store.all(_FACILITATORS, (session_id,))
    offered = store.all(INTERVENTIONS, ())
    store.commit()
    named = sorted(((_name(keys, row), row) for row in roster), key=lambda one: one[0].casefold())
    following = next((row[7] for _, row in named if row[12]), None)  # the note shown open
    cards = [
        _card(
            keys, name, row, (diagnoses[row[7]], progress[row[7]], row[7] == following), page, who
        )
        for name, row in named
    ]
    values = _head(keys, met, facilitators, offered, facts) | {
        **page.unchecked,
        "notes": str(len(roster)),
        "signed": str(sum(row[9] == "signed" for row in roster)),
    }
    members = [_member(name, row, page, facts["zone"]) for name, row in named]
    parts = (
        page.head.format_map(values),
        *members,
        page.middle.format_map(values),
        *cards,
        page.tail.format_map(values),
    )
    html = "".join(parts).encode()
    store.begin(write=True)
    chain.append(store, keys, who, _events(session_id, roster))
    store.commit()
    return html


def escaped(text: str) -> str:
    """Escape a text as Jinja does."""
    for plain, safe in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ("'", "&#39;"),
        ('"', "&#34;"),
    ):
        if plain in text:
            text = text.replace(plain, safe)
    return text


def time_words(stored: Any, zone: ZoneInfo) -> str:
    """Write the wall-clock time of a stored moment."""
    local = moment_of(stored).astimezone(zone)
    return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"


def missing_of(texts: Mapping[str, str], *, diagnoses: int, progress: Iterable[Row]) -> list[str]:
    """Name what stands between a draft and its signature; ``progress``: rating and evidence."""
    rated = list(progress)
    found = [name for name in ("engagement_level", "response") if not texts[name]]
    if not diagnoses:
        found.append("diagnoses_addressed")
    if rated and not any(rating for rating, _ in rated):
        found.append("progress")
    found += ["evidence" for rating, evidence in rated if rating and not evidence]
    if not texts["risk_level"] or (texts["risk_level"] == "none" and texts["risk_action"]):
        found.append("risk_level")
    if texts["risk_level"] == "present" and not texts["risk_action"]:
        found.append("risk_action")
    if not texts["plan"]:
        found.append("plan")
    return found


def missing_list(found: Iterable[str], note_id: str, page: PageFormat) -> str:
    """Return the items that tell what is missing."""
    return "".join(
        page.missing.format(field=name, id=note_id, sentence=page.sentences[name]) for name in found
    )


def _name(keys: Keys, row: Row) -> str:
    client, first, last, preferred = row[:4]
    called = keys.open(NAMES[2], client, preferred) or keys.open(NAMES[0], client, first)
    return f"{called} {keys.open(NAMES[1], client, last)}"


def _head(
    keys: Keys, met: Row, facilitators: list[Row], offered: list[Row], facts: Mapping[str, str]
) -> dict[str, str]:
    day, zone, revision = day_of(met[1]), ZoneInfo(facts["zone"]), met[10]
    topic, interventions, other, dynamics, plan = (
        escaped(keys.open(at, revision, sealed))
        for at, sealed in zip(GROUP_NOTE, met[11:16], strict=True)
    )
    used = interventions.split("\n")
    staff = "; ".join(
        f"{keys.open(STAFF_NAME, user, name)}, {credentials}"
        for user, name, credentials in facilitators
    )
    return {
        "group": escaped(keys.open(GROUP_NAME, met[0], met[9])),
        "group_id": dashed(met[0]),
        "day": f"{day:%B} {day.day}, {day.year}",
        "weekday": f"{day:%a}",
        "start": time_words(met[2], zone),
        "stop": time_words(met[3], zone),
        "code": met[4],
        "revision": str(met[6]),
        "version": str(met[7]),
        "staff": escaped(staff),
        "topic": topic,
        "other": other,
        "dynamics": dynamics,
        "plan": plan,
        "key": facts["key"],
        **{f"use {name}": " checked" if name in used else "" for (name,) in offered},
    }


def _member(name: str, row: Row, page: PageFormat, zone: str) -> str:
    values = {
        **page.unchecked,
        f"status {row[4]}": " checked",
        "id": dashed(row[0]),
        "name": escaped(name),
        "arrived": "" if row[5] is None else time_words(row[5], ZoneInfo(zone)),
        "departed": "" if row[6] is None else time_words(row[6], ZoneInfo(zone)),
    }
    return page.member.format_map(values)


def _card(
    keys: Keys,
    name: str,
    row: Row,
    its: tuple[list[Row], list[Row], bool],
    page: PageFormat,
    who: Person,
) -> str:
    note = row[7]
    diagnoses, progress, is_open = its
    opened = [keys.open(at, note, sealed) for at, sealed in zip(NOTE, row[14:21], strict=True)]
    level, qualities, response, group_response, risk, action, plan = opened
    if row[8] != who.user_id or row[9] != "draft" or not row[21]:
        raise ValueError("this floor shows drafts of the reader's own")
    rated = [_rated(keys, one) for one in progress]
    note_id, called = dashed(note), escaped(name)
    texts = {"engagement_level": level, "response": response, "risk_level": risk}
    texts |= {"risk_action": action, "plan": plan}
    addressed = sum(bool(one[2]) for one in diagnoses)
    found = missing_of(texts, diagnoses=addressed, progress=[one[1:3] for one in rated])
    codes = [escaped(keys.open(CODE, one[1], one[3])) for one in diagnoses]
    values = {
        **page.unchecked,
        f"level {level}": " checked",
        f"risk {risk}": " checked",
        **{f"quality {quality}": " checked" for quality in qualities.split("\n")},
        "id": note_id,
        "name": called,
        "version": row[13],
        "open": " open" if is_open else "",
        "codes": ", ".join(codes),
        "response": escaped(response),
        "group_response": escaped(group_response),
        "risk_action": escaped(action),
        "plan": escaped(plan),
        "diagnoses": _diagnoses(keys, diagnoses, codes, page),
        "objectives": "".join(
            _objective(one, n, note_id, called, page) for n, one in enumerate(rated, 1)
        ),
        "missing": missing_list(found, note_id, page),
    }
    state = "in_progress" if found else "ready"
    return page.cards[state].format_map(values)


def _rated(keys: Keys, row: Row) -> tuple[str, str, str, str, str]:
    _, rating_id, objective_id, rating, evidence, text, goal_id, goal = row
    return (
        objective_id,
        keys.open(RATING, rating_id, rating),
        keys.open(EVIDENCE, rating_id, evidence),
        keys.open(OBJECTIVE, objective_id, text),
        keys.open(GOAL, goal_id, goal),
    )


def _diagnoses(keys: Keys, rows: list[Row], codes: list[str], page: PageFormat) -> str:
    return "".join(
        page.diagnosis.format(
            diagnosis=dashed(one[1]),
            addressed=" checked" if one[2] else "",
            code=code,
            description=escaped(keys.open(DESCRIPTION, one[1], one[4])),
        )
        for one, code in zip(rows, codes, strict=True)
    )


def _objective(rated: Row, number: int, note_id: str, name: str, page: PageFormat) -> str:
    objective_id, rating, evidence, text, goal = rated
    return page.objective.format_map(
        {
            **page.unchecked,
            f"rating {rating}": " selected",
            "objective": dashed(objective_id),
            "number": number,
            "target": f' id="progress-{note_id}"' if number == 1 else "",
            "id": note_id,
            "name": name,
            "evidence": escaped(evidence),
            "text": escaped(text),
            "goal": escaped(goal),
        }
    )


def _by_note(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _events(session_id: str, roster: Iterable[Row]) -> list[chain.Event]:
    return [
        ("session:read", None, "group_sessions", session_id, None),
        *(("note:read", row[0], "individual_notes", row[7], None) for row in roster),
    ]
