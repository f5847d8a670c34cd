"""What a browser may send about a session and about one client's note.

A session's page holds a form for each client, so these are read by hand: a
form object for each would cost more than everything else on the page.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import ClassVar, Self, TypeVar
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from groupnotes import deid
from groupnotes.core import typed_text
from groupnotes.core.errors import Invalid
from groupnotes.core.ids import new_id
from groupnotes.identity.decisions import Choice
from groupnotes.notes import guarding
from groupnotes.notes.opening import GroupNoteText
from groupnotes.notes.readiness import IndividualContent, ObjectiveProgress
from groupnotes.notes.services import SessionSubmission, TypedEntry
from groupnotes.notes.vocabulary import EngagementLevel, EngagementQuality, Rating, RiskLevel
from groupnotes.notes.workspace import NoteCard, Workspace
from groupnotes.sessions.attendance import AttendanceStatus
from groupnotes.web import found

T = TypeVar("T")
E = TypeVar("E", bound=enum.StrEnum)
Sent = MultiDict[str, str]

TOPIC_LIMIT = 300  # characters
_LINE = frozenset({"status", "arrived", "departed"})  # the fields of each client's line
_CHOOSE = "Choose one of the answers offered."


@dataclass(slots=True)
class Errors:
    """What is wrong, by field; and which words in it identify someone."""

    sentences: dict[str, str] = field(default_factory=dict)
    findings: guarding.Findings = field(default_factory=dict)

    def take(self, invalid: Invalid) -> None:
        """Keep what the domain refused."""
        self.sentences |= invalid.fields
        if isinstance(invalid, deid.NamesFound):
            self.findings = {**self.findings, **invalid.findings}

    def __bool__(self) -> bool:
        return bool(self.sentences)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button beside words that a check found: which words, and what shall become of them.

    ``every`` is whether it is about all words of the field that may not stay.
    """

    choice: Choice
    keeps: bool = False
    every: bool = False

    @classmethod
    def of(cls, sent: Sent) -> Self | None:
        """Read which button was pressed, if one was; a value of no button of ours is none."""
        for name in (found.REPLACE, found.KEEP):
            place = sent.get(name, "")
            field_name, *span = place.split(" ")
            if len(span) == 2 and all(part.isdecimal() and len(part) < 10 for part in span):
                why = typed_text.normal(sent.get(f"{found.WHY} {place}", "")).strip()
                start, end = int(span[0]), int(span[1])
                return cls(Choice(field_name, start, end, why), keeps=name == found.KEEP)
        field_name, _, words = sent.get(found.REPLACE, "").partition(" ")
        return cls(Choice(field_name, 0, 0), every=True) if words == found.EVERY else None

    def replaced(self, text: str, findings: guarding.Findings) -> str:
        """Return ``text`` with neutral phrases for the chosen words, if they are still there."""
        found_here = findings.get(self.choice.field, ())
        return deid.replace_all(text, filter(self._is_about, found_here))

    def _is_about(self, finding: deid.Finding) -> bool:
        if self.every:
            return finding.is_block()
        return (finding.start, finding.end) == (self.choice.start, self.choice.end)


@dataclass(slots=True)
class TypedAttendance:
    """One client's line as it was typed."""

    status: str = ""
    arrived: str = ""
    departed: str = ""


@dataclass(slots=True)
class SessionForm:
    """The attendance and the group note of one session, as typed."""

    NAME: ClassVar = "session"  # of the form as a whole, among the fields with errors

    key: uuid.UUID
    version: int
    lines: dict[uuid.UUID, TypedAttendance]
    text: GroupNoteText
    errors: Errors = field(default_factory=Errors)

    @classmethod
    def of(cls, page: Workspace, zone: ZoneInfo) -> SessionForm:
        """Show what is stored, under a new key."""
        lines = {
            m.client_id: TypedAttendance(
                m.status or "", _clock(m.arrived_at, zone), _clock(m.departed_at, zone)
            )
            for m in page.members
        }
        return cls(new_id(), page.session.version, lines, page.group_note)

    @classmethod
    def sent(cls, sent: Sent) -> SessionForm:
        """Read what a browser sent; nothing typed is lost, whatever is wrong with it."""
        errors = Errors()
        text = GroupNoteText(
            topic=_text(sent, "topic", errors, limit=TOPIC_LIMIT, lines=False),
            interventions=tuple(
                _refused(name, "interventions", errors, 80, lines=False)
                for name in dict.fromkeys(sent.getlist("interventions"))
            ),
            interventions_other=_text(sent, "interventions_other", errors),
            dynamics=_text(sent, "dynamics", errors),
            plan=_text(sent, "plan", errors),
        )
        lines: dict[uuid.UUID, TypedAttendance] = {}
        for name, value in sent.items():
            field_name, _, whose = name.partition("-")
            client = _parsed(whose, uuid.UUID) if field_name in _LINE else None
            if client is not None:
                line = lines.setdefault(client, TypedAttendance())
                setattr(line, field_name, value.strip())
        key = _parsed(sent.get("key", ""), uuid.UUID)
        if key is None:
            errors.sentences["session"] = "This form is out of date. Open the session again."
        version = sent.get("version", type=int) or 0
        return cls(key or new_id(), version, lines, text, errors)

    def typed(self) -> str:
        """Return what was typed as one text, to be kept until it is submitted."""
        lines = {
            str(c): [line.status, line.arrived, line.departed] for c, line in self.lines.items()
        }
        return json.dumps({"version": self.version, "lines": lines, "text": asdict(self.text)})

    @classmethod
    def resumed(cls, typed: str, members: Iterable[uuid.UUID]) -> SessionForm:
        """Show what ``typed`` kept, under a new key; members who came since start empty."""
        kept = json.loads(typed)
        text = kept["text"] | {"interventions": tuple(kept["text"]["interventions"])}
        lines = {client: TypedAttendance(*kept["lines"].get(str(client), ())) for client in members}
        return cls(new_id(), kept["version"], lines, GroupNoteText(**text))

    def line(self, client: uuid.UUID) -> TypedAttendance:
        """Return the line of a client; empty for one who came since the form was shown."""
        return self.lines.get(client) or TypedAttendance()

    def fill(self, status: str) -> None:
        """Give ``status`` to every client whose line is empty; what was chosen stays."""
        for line in self.lines.values():
            line.status = line.status or status

    def replace(self, pressed: Pressed, findings: guarding.Findings) -> None:
        """Put neutral phrases in the place of the chosen words, if they are still there."""
        name, texts = pressed.choice.field, guarding.shared_texts(self.text)
        if name in texts:
            self.text = _with(self.text, {name: pressed.replaced(texts[name], findings)})

    def submission(self) -> SessionSubmission:
        """Return what was typed as values; raise Invalid where it cannot be read."""
        attendance: dict[uuid.UUID, TypedEntry] = {}
        for client, line in self.lines.items():
            if not line.status:
                continue
            status = _parsed(line.status, AttendanceStatus)
            if status is None:
                self.errors.sentences[f"status-{client}"] = _CHOOSE
                continue
            attendance[client] = TypedEntry(
                status,
                self._time(f"arrived-{client}", line.arrived),
                self._time(f"departed-{client}", line.departed),
            )
        if self.errors:
            raise Invalid(self.errors.sentences)
        return SessionSubmission(self.key, self.version, attendance, self.text)

    def _time(self, name: str, typed: str) -> dt.time | None:
        if not typed:
            return None
        at = _parsed(typed, _wall_clock)
        if at is None:
            self.errors.sentences[name] = "Type the time as hours and minutes, such as 17:15."
        return at


@dataclass(slots=True)
class NoteForm:
    """One client's note, as typed."""

    NAME: ClassVar = "note"

    version: int
    content: IndividualContent
    errors: Errors = field(default_factory=Errors)

    @classmethod
    def of(cls, card: NoteCard) -> NoteForm:
        """Show what is stored."""
        return cls(card.version, card.content or IndividualContent())

    @classmethod
    def sent(cls, sent: Sent) -> NoteForm:
        """Read what a browser sent; nothing typed is lost, whatever is wrong with it."""
        errors = Errors()
        objectives = dict.fromkeys(
            name.partition("-")[2] for name in sent if name.startswith(("rating-", "evidence-"))
        )
        content = IndividualContent(
            engagement_level=_choice(sent, "engagement_level", EngagementLevel, errors),
            engagement_qualities=_choices(sent, "engagement_qualities", EngagementQuality, errors),
            response=_text(sent, "response", errors),
            group_response=_text(sent, "group_response", errors),
            diagnoses_addressed=_choices(
                sent, "diagnoses", uuid.UUID, errors, where="diagnoses_addressed"
            ),
            progress=tuple(
                ObjectiveProgress(
                    objective,
                    _choice(sent, f"rating-{objective}", Rating, errors),
                    _text(sent, f"evidence-{objective}", errors),
                )
                for name in objectives
                if (objective := _parsed(name, uuid.UUID)) is not None
            ),
            risk_level=_choice(sent, "risk_level", RiskLevel, errors),
            risk_action=_text(sent, "risk_action", errors),
            plan=_text(sent, "plan", errors),
        )
        return cls(sent.get("version", type=int) or 0, content, errors)

    def replace(self, pressed: Pressed, findings: guarding.Findings) -> None:
        """Put neutral phrases in the place of the chosen words, if they are still there."""
        name, texts = pressed.choice.field, guarding.individual_texts(self.content)
        if name not in texts:
            return
        replaced = pressed.replaced(texts[name], findings)
        if not name.startswith("evidence-"):
            self.content = _with(self.content, {name: replaced})
            return
        self.content = _with(
            self.content,
            {
                "progress": tuple(
                    row._replace(evidence=replaced)
                    if name == f"evidence-{row.objective_id}"
                    else row
                    for row in self.content.progress
                )
            },
        )

    def accepted(self) -> IndividualContent:
        """Return what was typed; raise Invalid where it cannot be kept."""
        if self.errors:
            raise Invalid(self.errors.sentences)
        return self.content


def _with(value: T, changes: Mapping[str, object]) -> T:
    return replace(value, **changes)  # type: ignore[type-var]


def _text(
    sent: Sent, name: str, errors: Errors, *, limit: int = typed_text.LIMIT, lines: bool = True
) -> str:
    return _refused(sent.get(name, ""), name, errors, limit, lines=lines)


def _refused(typed: str, name: str, errors: Errors, limit: int, *, lines: bool) -> str:
    """Clean ``typed``; note under ``name`` what in it cannot be kept."""
    text = typed_text.normal(typed).strip()
    sentence = typed_text.refusal(text, limit=limit, lines=lines)
    if sentence:
        errors.sentences[name] = sentence
    return text


def _choice(sent: Sent, name: str, kind: type[E], errors: Errors) -> E | None:
    value = sent.get(name, "")
    if not value:
        return None
    chosen = _parsed(value, kind)
    if chosen is None:
        errors.sentences[name] = _CHOOSE
    return chosen


def _choices(
    sent: Sent, name: str, read: Callable[[str], T], errors: Errors, *, where: str | None = None
) -> tuple[T, ...]:
    """Read the ticked boxes called ``name``; note under ``where`` that one is not offered."""
    found = [_parsed(value, read) for value in dict.fromkeys(sent.getlist(name))]
    if None in found:
        errors.sentences[where or name] = _CHOOSE
    return tuple(value for value in found if value is not None)


def _parsed(value: str, read: Callable[[str], T]) -> T | None:
    try:
        return read(value)
    except ValueError:
        return None


def _wall_clock(typed: str) -> dt.time:
    """Read a time to the minute: pages show no seconds, so none are kept unseen."""
    return dt.datetime.strptime(typed, "%H:%M").time()  # noqa: DTZ007


def _clock(moment: dt.datetime | None, zone: ZoneInfo) -> str:
    return "" if moment is None else f"{moment.astimezone(zone):%H:%M}"
