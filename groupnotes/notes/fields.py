"""The fields of one client's note as HTML.

Functions and not templates because a session's page holds up to two hundred of
them: as templates they took three quarters of its time (see tests/bench).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Protocol

from flask import url_for

from groupnotes import deid
from groupnotes.notes.forms import Errors
from groupnotes.notes.opening import OfferedDiagnosis, Parts, RatedObjective
from groupnotes.notes.readiness import IndividualContent, Missing, ObjectiveProgress
from groupnotes.notes.vocabulary import EngagementLevel, EngagementQuality, Rating, RiskLevel
from groupnotes.web import actions, controls, parts
from groupnotes.web.choices import Choices
from groupnotes.web.controls import HIDDEN, Html, text

_LEVELS = Choices((level, level.label) for level in EngagementLevel)
_QUALITIES = Choices((quality, quality.label) for quality in EngagementQuality)
_RATINGS = Choices((rating, rating.label) for rating in Rating)
_RISKS = Choices((risk, risk.label) for risk in RiskLevel)


class Note(Protocol):
    """What the fields need of a note besides its content."""

    @property
    def id(self) -> uuid.UUID: ...

    @property
    def client_id(self) -> uuid.UUID: ...

    @property
    def client_name(self) -> str: ...

    @property
    def parts(self) -> Parts: ...


def note_fields(note: Note, content: IndividualContent, errors: Errors) -> Html:
    """Write what can be filled in; the ids end with the note's, for there are many on a page."""
    whose = _Whose(note, errors)
    return Html(
        f'<div class="client__pair">{whose.level(content)}</div>{whose.qualities(content)}'
        '<div class="client__pair">'
        f"{whose.prose('response', 'Response to the group', 'of', content.response)}"
        f"{whose.prose('group_response', 'The group’s response', 'to', content.group_response)}"
        f"</div>{_diagnoses(note, content)}{whose.objectives(content)}"
        f'<div class="client__pair"><div>{whose.risk(content)}'
        f"{whose.text('risk_action', 'Action taken about a risk', content.risk_action, rows=2)}"
        f"</div>{whose.prose('plan', 'Plan', 'for', content.plan)}</div>"
    )


def note_missing(missing: Iterable[Missing], note_id: uuid.UUID) -> Html:
    """Write what stands between a draft and a signature."""
    items = "".join(
        f'<li><a href="#{_where(thing)}-{note_id}">{text(thing.sentence)}</a></li>'
        for thing in missing
    )
    said = f"<p>Before signing:</p><ul>{items}</ul>"
    return Html(
        f'<div class="client__missing" id="missing-{note_id}">'
        f"{said if items else '<p>Nothing is missing: ready to sign.</p>'}</div>"
    )


def note_errors(errors: Errors, note_id: uuid.UUID) -> Html:
    """Write the errors of one note's form, each linked to its field."""
    if not errors:
        return Html("")
    items = "".join(
        f'<li><a href="#{text(name)}-{note_id}">{text(sentence)}</a></li>'
        for name, sentence in errors.sentences.items()
    )
    return Html(
        '<div class="govuk-error-summary" role="alert" tabindex="-1" autofocus>'
        '<h2 class="govuk-error-summary__title">There is a problem</h2>'
        f'<ul class="govuk-list govuk-error-summary__list">{items}</ul></div>'
    )


def names_found(name: str, words: str, errors: Errors) -> Html:
    """Write the words of field ``name`` that name a client, with the way out."""
    findings = errors.findings.get(name)
    if not findings:
        return Html("")
    replace = actions.submit(
        f"Replace with “{findings[0].suggestion}”", "quiet", name="replace", value=name
    )
    return Html(
        '<div class="warning"><p><b>A client is named here.</b></p>'
        f"{parts.marked(deid.pieces(words, findings))}"
        f'<div class="warning__act">{replace}</div></div>'
    )


class _Whose:
    """Writes the fields of one client, whose name each of them says."""

    def __init__(self, note: Note, errors: Errors) -> None:
        self._note = note
        self._id = str(note.id)
        self._who = note.client_name
        self._errors = errors
        self._wrong = errors.sentences

    def level(self, content: IndividualContent) -> Html:
        return controls.segmented(
            "engagement_level",
            f"Engagement, {self._who}",
            _LEVELS,
            content.engagement_level,
            id=f"engagement_level-{self._id}",
            prefix="Engaged",
            error=self._wrong.get("engagement_level"),
        )

    def qualities(self, content: IndividualContent) -> Html:
        return controls.checks(
            "engagement_qualities",
            f"How {self._who} took part",
            _QUALITIES,
            content.engagement_qualities,
            id=f"engagement_qualities-{self._id}",
            columns=True,
        )

    def risk(self, content: IndividualContent) -> Html:
        return controls.segmented(
            "risk_level",
            f"Risk, {self._who}",
            _RISKS,
            content.risk_level,
            id=f"risk_level-{self._id}",
            error=self._wrong.get("risk_level"),
        )

    def prose(self, name: str, label: str, link: str, words: str) -> str:
        return f"<div>{self.text(name, label, words, link=link)}</div>"

    def text(self, name: str, label: str, words: str, *, link: str = "for", rows: int = 3) -> str:
        field = controls.textarea(
            name,
            label,
            words,
            rows,
            id=f"{name}-{self._id}",
            describe=f"{link} {self._who}",
            error=self._wrong.get(name),
        )
        return f"{field}{names_found(name, words, self._errors)}"

    def objectives(self, content: IndividualContent) -> str:
        written = content.progress_by_objective()
        return "".join(
            self._objective(number, objective, written.get(objective.id))
            for number, objective in enumerate(self._note.parts.objectives, 1)
        )

    def _objective(
        self, number: int, objective: RatedObjective, written: ObjectiveProgress | None
    ) -> str:
        place = str(objective.id)
        first = f' id="progress-{self._id}"' if number == 1 else ""
        rating = controls.select(
            f"rating-{place}",
            f"Progress, objective {number}, {self._who}",
            _RATINGS,
            written.rating if written else None,
            id=f"rating-{place}-{self._id}",
            label_hidden=True,
            empty="Choose progress",
            error=self._wrong.get(f"rating-{place}"),
        )
        evidence = self.text(
            f"evidence-{place}",
            "Evidence",
            written.evidence if written else "",
            link=f"for objective {number},",
            rows=2,
        )
        return (
            f'<div class="objective"{first}><p class="objective__text">'
            f'<span class="objective__last">{text(objective.goal)}</span><br>'
            f"{text(objective.objective)}</p>{rating}"
            f'<div class="objective__evidence">{evidence}</div></div>'
        )


def _diagnoses(note: Note, content: IndividualContent) -> str:
    if not note.parts.diagnoses:
        chart = url_for("reports.chart", client_id=note.client_id)
        return (
            f'<p class="muted" id="diagnoses_addressed-{note.id}">No diagnosis in this note yet. '
            f'Add one to the <a href="{text(chart)}">chart</a>, '
            "then choose “Update from the chart”.</p>"
        )
    boxes = "".join(
        _diagnosis(one, addressed=one.id in content.diagnoses_addressed)
        for one in note.parts.diagnoses
    )
    return (
        '<fieldset class="checks"><legend class="checks__legend">Diagnoses addressed'
        f'<span class="{HIDDEN}">, {text(note.client_name)}</span></legend>'
        f'<div class="options" id="diagnoses_addressed-{note.id}">{boxes}</div></fieldset>'
    )


def _diagnosis(one: OfferedDiagnosis, *, addressed: bool) -> str:
    checked = " checked" if addressed else ""
    return (
        '<label class="option"><input class="option__box" type="checkbox" name="diagnoses"'
        f' value="{one.id}"{checked}><span>{text(one.code)} {text(one.description)}</span></label>'
    )


def _where(thing: Missing) -> str:
    return f"{thing.field}-{thing.objective_id}" if thing.objective_id else thing.field
