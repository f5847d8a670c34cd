"""One client on the session's page, as HTML: their line of attendance, and their note's card.

Functions for the same reason as the fields they hold.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from groupnotes.notes.fields import note_errors, note_fields, note_missing
from groupnotes.notes.forms import Errors, NoteForm, TypedAttendance
from groupnotes.notes.opening import Parts
from groupnotes.notes.readiness import IndividualContent
from groupnotes.notes.states import DisplayStatus
from groupnotes.notes.workspace import Member, NoteCard
from groupnotes.sessions.attendance import AttendanceStatus
from groupnotes.web import actions, controls, csrf, parts
from groupnotes.web.choices import Choices
from groupnotes.web.controls import HIDDEN, Html, text
from groupnotes.web.words import moment_in_words

_ANY = str(uuid.UUID(int=0))
_NOTHING = "\N{EN DASH}"
_STATUSES = Choices(
    (status, status.label.removeprefix("Absent: ").capitalize()) for status in AttendanceStatus
)


def attendance_line(member: Member, line: TypedAttendance, wrong: Mapping[str, str]) -> Html:
    """Write how one client attended, as typed."""
    client, who = str(member.client_id), member.name
    status = controls.segmented(
        f"status-{client}",
        f"Attendance, {who}",
        _STATUSES,
        line.status,
        error=wrong.get(f"status-{client}"),
    )
    times = "".join(
        controls.line(
            f"{name}-{client}",
            label,
            typed,
            type="time",
            error=wrong.get(f"{name}-{client}"),
            describe=who,
        )
        for name, label, typed in (
            ("arrived", "Arrived", line.arrived),
            ("departed", "Left", line.departed),
        )
    )
    return Html(
        f'<li class="roster__row"><span class="roster__name">{text(who)}</span>{status}'
        f'<div class="roster__times">{times}</div></li>'
    )


def note_cards(cards: Iterable[NoteCard], unfolded: uuid.UUID | None) -> Html:
    """Write the cards of a session, that of the note ``unfolded`` open."""
    page, nothing_wrong = _Page.here(), Errors()
    return Html(
        "".join(
            _Card(card, nothing_wrong, page).whole(
                card.content, version=card.version, unfolded=card.id == unfolded
            )
            for card in cards
        )
    )


def note_card(card: NoteCard, form: NoteForm) -> Html:
    """Write the card of a note of the reader's own, as typed."""
    written = _Card(card, form.errors, _Page.here())
    return written.whole(form.content, version=form.version, unfolded=True)


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
    """What every card of a page says alike, so that it is made once."""

    token: str
    note: str  # the address of the note ``_ANY``
    autosave: str

    @classmethod
    def here(cls) -> _Page:
        """Return it for the page that is being written."""
        endpoints = ("notes.note", "notes.autosave")
        return cls(csrf.token(), *(url_for(endpoint, note_id=_ANY) for endpoint in endpoints))


class _Card:
    """Writes one card: to fill in by the note's author, to read by others."""

    def __init__(self, card: NoteCard, errors: Errors, page: _Page) -> None:
        self._card = card
        self._id = str(card.id)
        self._who = text(card.client_name)
        self._errors = errors
        self._token = page.token
        self._here = page.note.replace(_ANY, self._id)
        self._autosave = page.autosave.replace(_ANY, self._id)

    def whole(self, content: IndividualContent | None, *, version: int, unfolded: bool) -> Html:
        card, state = self._card, self._card.status.value
        name = self._who if content is None else f'<a href="{self._here}">{self._who}</a>'
        codes = ", ".join(text(diagnosis.code) for diagnosis in card.parts.diagnoses)
        return Html(
            f'<li class="card client client--{state}" id="client-{self._id}">'
            '<div class="client__head"><div class="client__who">'
            f'<h3 class="client__name">{name}</h3><span class="client__sub">{codes}</span></div>'
            f'<div class="client__state">{parts.tag(state, f"state-{self._id}")}</div></div>'
            f"{self._inside(content, version=version, unfolded=unfolded)}</li>"
        )

    def _inside(self, content: IndividualContent | None, *, version: int, unfolded: bool) -> str:
        card = self._card
        if card.status is DisplayStatus.SIGNED and card.signed_at is not None:
            return f'<p class="client__sum muted">Signed {moment_in_words(card.signed_at)}</p>'
        if content is None:
            return f'<p class="client__sum muted">{self._who}’s clinician writes this note.</p>'
        if not card.mine:
            return (
                f'<details class="fold"><summary>Read the draft of {self._who}</summary>'
                f'<div class="fold__text">{note_text(card.parts, content)}</div></details>'
            )
        return (
            f'<details class="fold"{" open" if unfolded else ""}>'
            f'<summary>Write<span class="{HIDDEN}"> the note of {self._who}</span></summary>'
            f"{self._form(content, version)}</details>"
        )

    def _form(self, content: IndividualContent, version: int) -> Html:
        card, own = self._card, f"note-{self._id}"
        save = actions.submit("Save", "secondary", describe=f"the note of {card.client_name}")
        inside = (
            f"{actions.hidden('from_session', '1')}{note_errors(self._errors, card.id)}"
            f'<div class="client__body">{note_fields(card, content, self._errors)}'
            f'<div class="client__foot">{save}{actions.save_status(own, version)}</div>'
            f"{note_missing(card.missing, card.id)}</div>"
        )
        return actions.form(
            self._here,
            own,
            Html(inside),
            self._token,
            target=f"#client-{self._id}",
            autosave=self._autosave,
            version=version,
            record=own,
        )


def _progress(its: Parts, content: IndividualContent) -> str:
    written = content.progress_by_objective()
    return "".join(
        f"<h4>{text(objective.objective)}</h4>"
        f"<p>{row.rating.label if row and row.rating else 'Not rated'}</p>"
        f"{parts.user_text(row.evidence if row else '')}"
        for objective in its.objectives
        for row in (written.get(objective.id),)
    )
