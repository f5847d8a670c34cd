"""What is measured: each operation as the application and as the floor do it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.notes import services
from tests.bench import page_format
from tests.bench.browser import Browser, Form
from tests.bench.contestants import Application, Floor
from tests.bench.floor import autosave, fan_out, signing, workspace
from tests.bench.history import SIZES, Session, Work
from tests.support.factories import ZONE

Run = Callable[[], bytes | None]
_REVIEWED = re.compile(r'id="review-([0-9a-f-]+)" name="notes" value="([^"]+)"')


class Operation(Protocol):
    """One thing a person does; ``turn`` counts how often it was done before, on each copy."""

    @property
    def name(self) -> str: ...

    @property
    def goal(self) -> float: ...  # at most this many times the floor and an empty request

    def by_application(self, application: Application, turn: int) -> Run: ...

    def by_floor(self, floor: Floor, turn: int) -> Run: ...


def all_operations(work: Work, learner: Application) -> Iterator[Operation]:
    """Yield every operation; ``learner`` shows the pages that the floor must make as well."""
    for size in SIZES:
        yield FanOut(f"fan-out, {size} attendees", 1.75, work.to_document[size])
    for size in SIZES:
        yield _workspace(work, learner, size)
    yield _autosave(work, learner)
    yield Signing("sign one note", 1.6, work.to_sign, 1)
    yield Signing("sign ten notes", 1.6, work.to_sign, 10)


@dataclass(frozen=True)
class FanOut:
    """One submit of a session's form: attendance, group note, everyone's note."""

    name: str
    goal: float
    sessions: list[Session]

    def by_application(self, application: Application, turn: int) -> Run:
        session = self.sessions[turn]
        body = application.browser.encoded(_documented(session))
        return lambda: _sent(application.browser, f"/sessions/{session.id}", body)

    def by_floor(self, floor: Floor, turn: int) -> Run:
        session = self.sessions[turn]
        body = _body(_documented(session))
        return lambda: fan_out.document(floor.store, floor.keys, floor.who, session.id.hex, body)


@dataclass(frozen=True)
class Page:
    """The page of a session with everyone's draft on it."""

    name: str
    goal: float
    session: Session
    token: str
    format: workspace.PageFormat

    def by_application(self, application: Application, turn: int) -> Run:
        return lambda: _got(application.browser, f"/sessions/{self.session.id}")

    def by_floor(self, floor: Floor, turn: int) -> Run:
        facts = {"session": str(self.session.id), "token": self.token, "zone": str(ZONE)}
        facts["key"] = str(new_id())
        return lambda: workspace.show(floor.store, floor.keys, floor.who, self.format, facts)


@dataclass(frozen=True)
class Autosave:
    """What the browser sends a moment after a pause in typing."""

    name: str
    goal: float
    note_id: uuid.UUID
    fields: Callable[[int], Form]
    format: dict[str, str]

    def by_application(self, application: Application, turn: int) -> Run:
        body = application.browser.encoded(self.fields(turn))
        return lambda: _autosaved(application.browser, self.note_id, body)

    def by_floor(self, floor: Floor, turn: int) -> Run:
        body = _body(self.fields(turn))
        return lambda: autosave.save(floor.store, floor.keys, floor.who, body, self.format)


@dataclass(frozen=True)
class Signing:
    """The signature on some reviewed notes of one session."""

    name: str
    goal: float
    sessions: list[Session]
    count: int

    def by_application(self, application: Application, turn: int) -> Run:
        session = self._session(turn)
        path = f"/sessions/{session.id}/sign"
        boxes = dict(_REVIEWED.findall(_got(application.browser, path).decode()))
        chosen = [boxes[str(note)] for note in session.notes[: self.count]]
        body = application.browser.encoded(self._fields(chosen))
        return lambda: _sent(application.browser, path, body)

    def by_floor(self, floor: Floor, turn: int) -> Run:
        notes = [note.hex for note in self._session(turn).notes]
        boxes = signing.review(floor.store, floor.keys, floor.who, notes)
        body = _body(self._fields(boxes[: self.count]))
        return lambda: signing.sign(floor.store, floor.keys, floor.who, body)

    def _session(self, turn: int) -> Session:
        """Signing one and signing ten use up sessions of their own."""
        return self.sessions[2 * turn + (self.count > 1)]

    def _fields(self, chosen: list[str]) -> Form:
        return [*(("notes", box) for box in chosen), ("password", "left out")]


def empty_request(application: Application) -> Run:
    """Return a signed-in request that asks for nothing."""
    body = application.browser.encoded([])
    return lambda: application.browser.post("/stay-signed-in", body)


def _workspace(work: Work, learner: Application, size: int) -> Page:
    session = work.documented[size]
    html = _got(learner.browser, f"/sessions/{session.id}").decode()
    author = Actor(work.author, None, frozenset((Role.FACILITATOR, Role.CLINICIAN)))
    with learner.app.app_context():
        shown = services.open_session(author, session.id)
        db.session().info.clear()
        db.session.remove()
    learned = page_format.learn(html, shown, learner.browser.csrf_token)
    token = learner.browser.csrf_token
    return Page(f"session page, {size} attendees", 1.6, session, token, learned)


def _autosave(work: Work, learner: Application) -> Autosave:
    session = work.to_write[0]
    note_id, client = session.notes[0], session.clients[0]
    formats = {"note": str(note_id), "zone": str(ZONE)}
    for turn, state in enumerate(("ready", "in_progress")):
        fields = written(work, client, turn, plan=state == "ready")
        body = learner.browser.encoded(fields)
        html = _autosaved(learner.browser, note_id, body).decode()
        formats[state] = page_format.learn_answer(html)
    return Autosave("autosave", 1.6, note_id, lambda turn: written(work, client, turn), formats)


def _documented(session: Session) -> Form:
    sentence = "The group was lively, stayed on the topic and asked “what would help?” "
    lines = [
        pair
        for client in session.clients
        for pair in (
            (f"status-{client}", "present"),
            (f"arrived-{client}", ""),
            (f"departed-{client}", ""),
        )
    ]
    return [
        ("version", "1"),
        ("key", str(new_id())),
        ("topic", "Coping ahead of the holidays"),
        ("interventions", "Psychoeducation"),
        ("interventions", "Role play"),
        ("interventions_other", "An example was worked through on the board."),
        ("dynamics", (sentence * 6).strip()),
        ("plan", "Practise the skill daily and bring one example."),
        *lines,
    ]


def written(work: Work, client: uuid.UUID, turn: int, *, plan: bool = True) -> Form:
    """Return what the form of a client's note holds when it is saved for the ``turn``th time."""
    said = "Named two situations and rehearsed what to say. "
    rated = [
        pair
        for objective in work.objectives[client]
        for pair in (
            (f"rating-{objective}", "improving"),
            (f"evidence-{objective}", f"Attempt {turn}: used the skill on two days of the week."),
        )
    ]
    return [
        ("version", str(2 + turn)),
        ("edit", str(turn)),
        ("engagement_level", "active"),
        ("engagement_qualities", "sharing"),
        ("engagement_qualities", "attentive"),
        ("response", f"Attempt {turn}. {said * 6}".strip()),
        ("group_response", "Members asked for details and gave examples of their own."),
        ("diagnoses", str(work.diagnoses[client][0])),
        *rated,
        ("risk_level", "none"),
        ("risk_action", ""),
        ("plan", "Try it once before the next session." if plan else ""),
    ]


def _body(fields: Form) -> bytes:
    return Browser.encode(fields)


def _got(browser: Browser, path: str) -> bytes:
    html = browser.get(path)
    _require(browser, "200")
    return html


def _sent(browser: Browser, path: str, body: bytes) -> None:
    browser.post(path, body)
    _require(browser, "303")


def _autosaved(browser: Browser, note_id: uuid.UUID, body: bytes) -> bytes:
    answer = browser.post(f"/notes/{note_id}/draft", body, htmx=True)
    _require(browser, "200")
    return answer


def _require(browser: Browser, status: str) -> None:
    if not browser.status.startswith(status):
        raise RuntimeError(f"the application answered {browser.status}")
