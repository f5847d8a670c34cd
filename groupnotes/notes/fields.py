"""The fields of one client's note as HTML.

Functions and not templates because a session's page holds up to two hundred of
them: as templates they took three quarters of its time (see tests/bench).
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from flask import url_for

from groupnotes import deid
from groupnotes.notes import guarding, quoting
from groupnotes.notes.forms import Errors
from groupnotes.notes.opening import OfferedDiagnosis, Parts, RatedObjective
from groupnotes.notes.readiness import IndividualContent, Missing, ObjectiveProgress
from groupnotes.notes.vocabulary import EngagementLevel, EngagementQuality, Rating, RiskLevel
from groupnotes.web import controls, found
from groupnotes.web.choices import Choices
from groupnotes.web.controls import HIDDEN, Html, id_text, text
from groupnotes.web.stencils import Stencil, hole

_NONE = Html("")
_LEVELS = Choices((level, level.label) for level in EngagementLevel)
_QUALITIES = Choices((quality, quality.label) for quality in EngagementQuality)
_RATINGS = Choices((rating, rating.label) for rating in Rating)
_TEXTS = frozenset({"response", "group_response", "risk_action", "plan"})
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
    return _fields(_TEXTS.intersection(errors.sentences)).fill(
        id=whose.id,
        who=whose.who,
        engagement_level=whose.choice(_level, "engagement_level", content.engagement_level),
        qualities=whose.choice(_qualities, "engagement_qualities", content.engagement_qualities),
        diagnoses=_diagnoses(note, content),
        objectives=whose.objectives(content),
        risk_level=whose.choice(_risk, "risk_level", content.risk_level),
        **whose.texts(content),
    )


def note_missing(missing: Iterable[Missing], note_id: uuid.UUID) -> Html:
    """Write what stands between a draft and a signature."""
    own = id_text(note_id)
    items = "".join(
        f'<li><a href="#{_where(thing)}-{own}">{text(thing.sentence)}</a></li>' for thing in missing
    )
    said = f"<p>Before signing:</p><ul>{items}</ul>"
    return Html(
        f'<div class="client__missing" id="missing-{own}">'
        f"{said if items else '<p>Nothing is missing: ready to sign.</p>'}</div>"
    )


def quoting_hints(
    content: IndividualContent, note_id: uuid.UUID, client_id: uuid.UUID
) -> tuple[Html, ...]:
    """Write the hints of a note alone, for a page to put each under its field."""
    texts = guarding.individual_texts(content).items()
    return tuple(quoting_hint(name, words, note_id, client_id) for name, words in texts)


def note_errors(errors: Errors, note_id: uuid.UUID) -> Html:
    """Write the errors of one note's form, each linked to its field."""
    if not errors:
        return _NONE
    items = "".join(
        f'<li><a href="#{text(name)}-{note_id}">{text(sentence)}</a></li>'
        for name, sentence in errors.sentences.items()
    )
    return Html(
        '<div class="govuk-error-summary" role="alert" tabindex="-1" autofocus>'
        '<h2 class="govuk-error-summary__title">There is a problem</h2>'
        f'<ul class="govuk-list govuk-error-summary__list">{items}</ul></div>'
    )


def found_in_text(name: str, words: str, errors: Errors) -> Html:
    """Write what may identify someone in a text of a session's form, with the ways out."""
    return found.found_in(name, words, errors.findings.get(name, ()), name)


def found_in_session(text: guarding.SharedText, findings: guarding.Findings) -> tuple[Html, ...]:
    """Write what was found in a group note alone, for a page to put each under its field."""
    return tuple(
        found.found_in(name, words, findings[name], name)
        for name, words in guarding.shared_texts(text).items()
        if name in findings
    )


def found_in_note(
    content: IndividualContent, findings: guarding.Findings, note_id: uuid.UUID
) -> tuple[Html, ...]:
    """Write what was found in one client's note alone, for a page to put under its fields."""
    return tuple(
        _found_in_note(name, words, findings[name], note_id)
        for name, words in guarding.individual_texts(content).items()
        if name in findings
    )


def _found_in_note(
    name: str, words: str, findings: Sequence[deid.Finding], note_id: uuid.UUID
) -> Html:
    return found.found_in(name, words, findings, f"{name}-{note_id}")


def quoting_hint(name: str, words: str, note_id: uuid.UUID, client_id: uuid.UUID) -> Html:
    """Write the hint under a field that quotes the client at length; else nothing at all."""
    if not quoting.quotes_at_length(words):
        return _NONE
    field = f"{text(name)}-{note_id}"
    begin = text(url_for("psychotherapy.new", client_id=client_id))
    return Html(
        f'<div class="warning" id="{field}-quotes" data-hint-of="{field}">'
        "<p>This quotes the client at length. Such detail may belong into a psychotherapy note, "
        f'which is never released. <a href="{begin}">Begin one</a></p></div>'
    )


class _Whose:
    """Writes the fields of one client, whose name each of them says."""

    def __init__(self, note: Note, errors: Errors) -> None:
        self._note = note
        self._errors = errors
        self.id = id_text(note.id)
        self.who = text(note.client_name)

    def choice(self, blank: Callable[..., Stencil], name: str, chosen: object) -> Html:
        error = self._errors.sentences.get(name)
        return blank(chosen, wrong=bool(error)).fill(
            id=self.id, who=self.who, error=text(error) if error else _NONE
        )

    def texts(self, content: IndividualContent) -> dict[str, Html]:
        """Return what fills the holes of the texts: words, error, and what stands under them."""
        filled = {}
        for name in _TEXTS:
            words = getattr(content, name)
            filled[name] = text(words)
            filled[f"{name}_wrong"] = text(self._errors.sentences.get(name, ""))
            filled[f"{name}_under"] = self._under(name, words)
        return filled

    def _under(self, name: str, words: str) -> Html:
        return Html(self._found(name, words) + self._quoting(name, words))

    def _found(self, name: str, words: str) -> Html:
        findings = self._errors.findings.get(name)
        return _found_in_note(name, words, findings, self._note.id) if findings else _NONE

    def _quoting(self, name: str, words: str) -> Html:
        if len(words) < quoting.AT_LENGTH:  # nearly every text of a page with 200 of each
            return _NONE
        return quoting_hint(name, words, self._note.id, self._note.client_id)

    def objectives(self, content: IndividualContent) -> Html:
        written = content.progress_by_objective()
        ones = (
            self._objective(number, objective, written.get(objective.id))
            for number, objective in enumerate(self._note.parts.objectives, 1)
        )
        return Html("".join(ones))

    def _objective(
        self, number: int, objective: RatedObjective, written: ObjectiveProgress | None
    ) -> Html:
        place = id_text(objective.id)
        rating, evidence = f"rating-{place}", f"evidence-{place}"
        unrated, unproved = (self._errors.sentences.get(name) for name in (rating, evidence))
        words = written.evidence if written else ""
        blank = _objective(
            written.rating if written else None,
            first=number == 1,
            unrated=bool(unrated),
            unproved=bool(unproved),
        )
        return blank.fill(
            id=self.id,
            who=self.who,
            number=Html(str(number)),
            place=place,
            goal=text(objective.goal),
            objective=text(objective.objective),
            words=text(words),
            unrated=text(unrated) if unrated else _NONE,
            unproved=text(unproved) if unproved else _NONE,
            found=self._under(evidence, words),
        )


# The fields themselves, with holes for whatever differs from client to client.
_ID, _WHO, _ERROR, _WORDS, _PLACE = map(hole, ("id", "who", "error", "words", "place"))


@functools.cache
def _fields(wrong: frozenset[str]) -> Stencil:
    """Return the fields of a note, where the texts ``wrong`` have an error."""

    def words(name: str, label: str, link: str = "for", rows: int = 3) -> str:
        field = controls.textarea(
            name,
            label,
            hole(name),
            rows,
            id=f"{name}-{_ID}",
            describe=f"{link} {_WHO}",
            error=hole(f"{name}_wrong") if name in wrong else None,
        )
        return f"{field}{hole(f'{name}_under')}"

    return Stencil(
        Html(
            f'<div class="client__pair">{hole("engagement_level")}</div>{hole("qualities")}'
            '<div class="client__pair">'
            f"<div>{words('response', 'Response to the group', 'of')}</div>"
            f"<div>{words('group_response', 'The group’s response', 'to')}</div></div>"
            f"{hole('diagnoses')}{hole('objectives')}"
            f'<div class="client__pair"><div>{hole("risk_level")}'
            f"{words('risk_action', 'Action taken about a risk', rows=2)}</div>"
            f"<div>{words('plan', 'Plan')}</div></div>"
        )
    )


@functools.cache
def _level(chosen: EngagementLevel | None, *, wrong: bool) -> Stencil:
    return Stencil(
        controls.segmented(
            "engagement_level",
            f"Engagement, {_WHO}",
            _LEVELS,
            chosen,
            id=f"engagement_level-{_ID}",
            prefix="Engaged",
            error=_ERROR if wrong else None,
        )
    )


@functools.cache
def _risk(chosen: RiskLevel | None, *, wrong: bool) -> Stencil:
    return Stencil(
        controls.segmented(
            "risk_level",
            f"Risk, {_WHO}",
            _RISKS,
            chosen,
            id=f"risk_level-{_ID}",
            error=_ERROR if wrong else None,
        )
    )


@functools.lru_cache(maxsize=512)
def _qualities(chosen: tuple[EngagementQuality, ...], *, wrong: bool) -> Stencil:
    return Stencil(
        controls.checks(
            "engagement_qualities",
            f"How {_WHO} took part",
            _QUALITIES,
            chosen,
            id=f"engagement_qualities-{_ID}",
            columns=True,
            error=_ERROR if wrong else None,
        )
    )


@functools.cache
def _objective(rating: Rating | None, *, first: bool, unrated: bool, unproved: bool) -> Stencil:
    number = hole("number")
    progress = controls.select(
        f"rating-{_PLACE}",
        f"Progress, objective {number}, {_WHO}",
        _RATINGS,
        rating,
        id=f"rating-{_PLACE}-{_ID}",
        label_hidden=True,
        empty="Choose progress",
        error=hole("unrated") if unrated else None,
    )
    evidence = controls.textarea(
        f"evidence-{_PLACE}",
        "Evidence",
        _WORDS,
        2,
        id=f"evidence-{_PLACE}-{_ID}",
        describe=f"for objective {number}, {_WHO}",
        error=hole("unproved") if unproved else None,
    )
    target = f' id="progress-{_ID}"' if first else ""
    return Stencil(
        Html(
            f'<div class="objective"{target}><p class="objective__text">'
            f'<span class="objective__last">{hole("goal")}</span><br>{hole("objective")}</p>'
            f'{progress}<div class="objective__evidence">{evidence}{hole("found")}</div></div>'
        )
    )


def _diagnoses(note: Note, content: IndividualContent) -> Html:
    own = id_text(note.id)
    if not note.parts.diagnoses:
        # No link: whoever wrote a note may no longer open its client's chart.
        return Html(
            f'<p class="muted" id="diagnoses_addressed-{own}">No diagnosis in this note yet. '
            "Add one to the client’s chart, then choose “Update from the chart” on the note’s "
            "own page.</p>"
        )
    boxes = "".join(
        _diagnosis(one, addressed=one.id in content.diagnoses_addressed)
        for one in note.parts.diagnoses
    )
    return Html(
        '<fieldset class="checks"><legend class="checks__legend">Diagnoses addressed'
        f'<span class="{HIDDEN}">, {text(note.client_name)}</span></legend>'
        f'<div class="options" id="diagnoses_addressed-{own}">{boxes}</div></fieldset>'
    )


def _diagnosis(one: OfferedDiagnosis, *, addressed: bool) -> str:
    checked = " checked" if addressed else ""
    return (
        '<label class="option"><input class="option__box" type="checkbox" name="diagnoses"'
        f' value="{id_text(one.id)}"{checked}>'
        f"<span>{text(one.code)} {text(one.description)}</span></label>"
    )


def _where(thing: Missing) -> str:
    return f"{thing.field}-{thing.objective_id}" if thing.objective_id else thing.field
