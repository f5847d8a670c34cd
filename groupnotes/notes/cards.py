"""One client on the session's page, as HTML: their line of attendance, and their note's card.

Functions for the same reason as the fields they hold.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from groupnotes.notes.doubts import CLOSED_UNDER_SIGNED
from groupnotes.notes.fields import note_errors, note_fields, note_missing
from groupnotes.notes.forms import Errors, NoteForm, SessionForm, TypedAttendance
from groupnotes.notes.opening import Parts
from groupnotes.notes.readiness import IndividualContent
from groupnotes.notes.states import DisplayStatus
from groupnotes.notes.workspace import Member, NoteCard
from groupnotes.sessions.attendance import AttendanceStatus
from groupnotes.web import actions, addresses, controls, csrf, parts
from groupnotes.web.choices import Choices
from groupnotes.web.controls import HIDDEN, Html, id_text, text
from groupnotes.web.stencils import Stencil, hole
from groupnotes.web.words import moment_in_words

_NOTHING = "\N{EN DASH}"
_TIMES = {"arrived": "Arrived", "departed": "Left"}
_CODES = frozenset(AttendanceStatus)
_STATUSES = Choices(
    (status, status.label.removeprefix("Absent: ").capitalize()) for status in AttendanceStatus
)


def attendance_lines(members: Iterable[Member], form: SessionForm) -> Html:
    """Write how each client attended, as typed."""
    wrong = form.errors.sentences
    lines = (_line_of(member, form.line(member.client_id), wrong) for member in members)
    return Html("".join(lines))


def _line_of(member: Member, line: TypedAttendance, wrong: Mapping[str, str]) -> Html:
    client = id_text(member.client_id)
    errors = {n: e for n in ("status", *_TIMES) if (e := wrong.get(f"{n}-{client}"))}
    blank = _attendance_line(
        line.status if line.status in _CODES else "",
        frozenset(errors),
        frozenset([name for name in _TIMES if getattr(line, name)]),
    )
    return blank.fill(
        id=client,
        who=text(member.name),
        arrived=text(line.arrived),
        departed=text(line.departed),
        **{f"{name}_wrong": text(error) for name, error in errors.items()},
    )


@functools.cache
def _attendance_line(status: str, wrong: frozenset[str], timed: frozenset[str]) -> Stencil:
    client, who = hole("id"), hole("who")
    chosen = controls.segmented(
        f"status-{client}",
        f"Attendance, {who}",
        _STATUSES,
        status,
        error=hole("status_wrong") if "status" in wrong else None,
    )
    times = "".join(
        controls.line(
            f"{name}-{client}",
            label,
            hole(name) if name in timed else "",
            type="time",
            error=hole(f"{name}_wrong") if name in wrong else None,
            describe=who,
        )
        for name, label in _TIMES.items()
    )
    return Stencil(
        Html(
            f'<li class="roster__row"><span class="roster__name">{who}</span>{chosen}'
            f'<div class="roster__times">{times}</div></li>'
        )
    )


def note_cards(cards: Iterable[NoteCard], unfolded: uuid.UUID | None) -> Html:
    """Write the cards of a session, that of the note ``unfolded`` open."""
    page, nothing_wrong = _Page.here(), Errors()
    return Html(
        "".join(
            page.card(
                card,
                _Kept(card.content, card.version, _marked(card, nothing_wrong)),
                unfolded=card.id == unfolded or bool(card.findings),
            )
            for card in cards
        )
    )


def _marked(card: NoteCard, nothing_wrong: Errors) -> Errors:
    return Errors(findings=card.findings) if card.findings else nothing_wrong


def note_card(card: NoteCard, form: NoteForm) -> Html:
    """Write the card of a note of the reader's own, as typed."""
    return _Page.here().card(card, form, unfolded=True)


def note_text(its: Parts, content: IndividualContent) -> Html:
    """Write one client's note to read."""
    level, risk = content.engagement_level, content.risk_level
    facts = parts.summary_list(
        [
            ("Engagement", level.label if level else _NOTHING),
            ("Took part", ", ".join(q.label for q in content.engagement_qualities)),
        ]
    )
    diagnoses = "".join(
        f"<li><b>{text(one.code)}</b> {text(one.description)}</li>"
        for one in its.diagnoses
        if one.id in content.diagnoses_addressed
    )
    return Html(
        f"{facts}<h4>Response to the group</h4>{parts.user_text(content.response)}"
        f"<h4>The group’s response</h4>{parts.user_text(content.group_response)}"
        f"<h4>Diagnoses addressed</h4><ul>{diagnoses or f'<li>{_NOTHING}</li>'}</ul>"
        f"{_progress(its, content)}"
        f"<h4>Risk</h4><p>{risk.label if risk else _NOTHING}</p>"
        f"{parts.user_text(content.risk_action)}"
        f"<h4>Plan</h4>{parts.user_text(content.plan)}"
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What every card of a page says alike, so that it is asked for once."""

    token: Html
    note: str  # the address of the note ``addresses.ANY``
    autosave: str

    @classmethod
    def here(cls) -> _Page:
        """Return it for the page that is being written."""
        blanks = (addresses.blank(e, "note_id") for e in ("notes.note", "notes.autosave"))
        return cls(*map(text, (csrf.token(), *blanks)))

    def card(self, card: NoteCard, form: _Written, *, unfolded: bool = False) -> Html:
        """Write one card: to fill in by the note's author, to read by others."""
        content, note_id = form.content, id_text(card.id)
        linked = content is not None or (card.is_signed and card.closed is not None)
        blank = _card(card.status, linked=linked, form=_has_form(card, content))
        return blank.fill(
            id=note_id,
            who=text(card.client_name),
            codes=Html(", ".join(text(diagnosis.code) for diagnosis in card.parts.diagnoses)),
            here=Html(self.note.replace(addresses.ANY, note_id)),
            autosave=Html(self.autosave.replace(addresses.ANY, note_id)),
            token=self.token,
            version=Html(str(form.version)),
            open=Html(" open" if unfolded else ""),
            errors=note_errors(form.errors, card.id),
            inside=_inside(card, content, form.errors),
            missing=note_missing(card.missing, card.id),
        )


class _Written(Protocol):
    """What was typed in a note, or is kept of it."""

    @property
    def content(self) -> IndividualContent | None: ...

    @property
    def version(self) -> int: ...

    @property
    def errors(self) -> Errors: ...


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a note, with nothing wrong about it."""

    content: IndividualContent | None
    version: int
    errors: Errors


def _has_form(card: NoteCard, content: IndividualContent | None) -> bool:
    return card.mine and content is not None and not card.is_signed and not card.doubt


def _inside(card: NoteCard, content: IndividualContent | None, errors: Errors) -> Html:
    if card.is_signed and card.signed_at is not None:
        closed = _doubt(CLOSED_UNDER_SIGNED if card.closed is not None else None)
        signed = moment_in_words(card.signed_at)
        return Html(f'{closed}<p class="client__sum muted">Signed {signed}</p>')
    doubt = _doubt(card.doubt and card.doubt.sentence)
    who = text(card.client_name)
    if card.closed is not None:
        return doubt
    if content is None:
        return Html(f'<p class="client__sum muted">{who}’s clinician writes this note.</p>')
    if card.mine and card.doubt is None:
        return note_fields(card, content, errors)
    return Html(
        f'{doubt}<details class="fold"><summary>Read the draft of {who}</summary>'
        f'<div class="fold__text">{note_text(card.parts, content)}</div></details>'
    )


def _doubt(sentence: str | None) -> Html:
    if sentence is None:
        return Html("")
    return Html(f'<div class="message message--error"><p>{text(sentence)}</p></div>')


@functools.cache
def _card(status: DisplayStatus, *, linked: bool, form: bool) -> Stencil:
    note_id, who = hole("id"), hole("who")
    name = f'<a href="{hole("here")}">{who}</a>' if linked else who
    return Stencil(
        Html(
            f'<li class="card client client--{status.value}" id="client-{note_id}">'
            '<div class="client__head"><div class="client__who">'
            f'<h3 class="client__name">{name}</h3>'
            f'<span class="client__sub">{hole("codes")}</span></div>'
            f'<div class="client__state">{parts.tag(status.value, f"state-{note_id}")}</div></div>'
            f"{_form() if form else hole('inside')}</li>"
        )
    )


def _form() -> str:
    own, version = f"note-{hole('id')}", hole("version")
    save = actions.submit("Save", "secondary", describe=f"the note of {hole('who')}")
    form = actions.form(
        hole("here"),
        own,
        Html(
            f"{actions.hidden('from_session', '1')}{hole('errors')}"
            f'<div class="client__body">{hole("inside")}'
            f'<div class="client__foot">{save}{actions.save_status(own, version)}</div>'
            f"{hole('missing')}</div>"
        ),
        hole("token"),
        target=f"#client-{hole('id')}",
        autosave=hole("autosave"),
        version=version,
        record=own,
    )
    return (
        f'<details class="fold"{hole("open")}><summary>Write'
        f'<span class="{HIDDEN}"> the note of {hole("who")}</span></summary>{form}</details>'
    )


def _progress(its: Parts, content: IndividualContent) -> str:
    written = content.progress_by_objective()
    return "".join(
        f'<h4>{text(objective.objective)}</h4><p class="muted">{text(objective.goal)}</p>'
        f"<p>{row.rating.label if row and row.rating else 'Not rated'}</p>"
        f"{parts.user_text(row.evidence if row else '')}"
        for objective in its.objectives
        for row in (written.get(objective.id),)
    )
