"""Cut a page of the application into the format strings by which the floor makes the same page.

The floor has to produce every byte of the page, so its literals come from the page
itself: a template may change without anybody retyping it here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from groupnotes.notes.opening import GroupNoteText
from groupnotes.notes.workspace import NoteCard, Workspace
from tests.bench.floor.workspace import PageFormat, escaped

_CHOICE = r'(name="{name}" value="([a-z_-]+)"(?: id="[^"]*")?)(?: checked)?>'
_OPTION = re.compile(r'(<option value="([a-z-]+)")(?: selected)?>')
_MEMBER = re.compile(r'<li class="roster__row">.*?</li>', re.DOTALL)
_CARDS = re.compile(r'<li class="card client client--.*</form></details></li>(?=</ul>)', re.DOTALL)
_CARD_START = re.compile(r'(?=<li class="card client client--)')
_DIAGNOSIS = re.compile(r'<label class="option"><input [^>]* name="diagnoses" .*?</label>')
_OBJECTIVE = re.compile(
    r'<div class="objective"[^>]*>.*?(?=<div class="(?:objective|client__pair)"[ >])', re.DOTALL
)
_MISSING = re.compile(r'<li><a href="#([a-z_]+)-[^"]*">(.*?)</a></li>')


def learn(html: str, shown: Workspace, token: str) -> PageFormat:
    """Return the formats of the page ``html`` that shows ``shown`` to the reader with ``token``."""
    html = html.replace("{", "{{").replace("}", "}}").replace(token, "{token}")
    members = _MEMBER.findall(html)
    head, middle = (
        html[: html.index(members[0])],
        html[html.index(members[-1]) + len(members[-1]) :],
    )
    cards = _CARDS.search(middle)
    if cards is None or len(members) != len(shown.members):
        raise ValueError("this page has no cards, or not every member")
    middle, tail = middle[: cards.start()], middle[cards.end() :]
    by_state = {
        card.status.value: (piece, card)
        for piece, card in zip(_CARD_START.split(cards[0])[1:], shown.cards, strict=True)
    }
    formats = {state: _card(piece, card) for state, (piece, card) in by_state.items()}
    member = _member(members[0], str(shown.members[0].client_id), shown.members[0].name)
    piece, card = by_state["in_progress"]
    incomplete = _missing(piece)
    diagnosis, objective = _repeated(piece, card)
    facts = _facts(shown)
    slots = re.findall(r"{(\w+ [\w-]+)}", "".join((member, objective, *formats.values())))
    return PageFormat(
        head=_replaced(head, facts, shown),
        member=member,
        middle=_replaced(middle, facts, shown),
        cards=formats,
        diagnosis=diagnosis,
        objective=objective,
        missing=incomplete,
        tail=tail,
        unchecked={**dict.fromkeys(slots, ""), "token": token},
        sentences=dict(_MISSING.findall(piece)),
    )


def _member(piece: str, client_id: str, name: str) -> str:
    piece = piece.replace(client_id, "{id}").replace(escaped(name), "{name}")
    return _choices(piece, "status-{id}", "status")


def _card(piece: str, card: NoteCard) -> str:
    piece = piece.replace(str(card.id), "{id}").replace(escaped(card.client_name), "{name}")
    piece = _OBJECTIVE.sub("", _collapsed(_OBJECTIVE, piece, "{objectives}"))
    piece = _DIAGNOSIS.sub("", _collapsed(_DIAGNOSIS, piece, "{diagnoses}"))
    if card.missing:
        piece = _MISSING.sub("", _collapsed(_MISSING, piece, "{missing}"))
    for name, slot in (
        ("engagement_level", "level"),
        ("engagement_qualities", "quality"),
        ("risk_level", "risk"),
    ):
        piece = _choices(piece, name, slot)
    for name in ("response", "group_response", "risk_action", "plan"):
        piece = _once(rf'(name="{name}" rows="\d+">\n)[^<]*', rf"\g<1>{{{name}}}", piece)
    piece = _once(r'(<span class="client__sub">)[^<]*', r"\g<1>{codes}", piece)
    piece = _once(r'(<details class="fold")(?: open)?', r"\g<1>{open}", piece)
    piece = _once(r'(name="version" value=")\d+', r"\g<1>{version}", piece)
    return _once(r'(data-version=")\d+', r"\g<1>{version}", piece)


def _repeated(piece: str, card: NoteCard) -> tuple[str, str]:
    """Return the formats of one diagnosis and of one objective in a card."""
    piece = piece.replace(str(card.id), "{id}").replace(escaped(card.client_name), "{name}")
    shown, rated = card.parts.diagnoses[0], card.parts.objectives[0]
    diagnosis = _DIAGNOSIS.findall(piece)[0].replace(str(shown.id), "{diagnosis}")
    words = f"{escaped(shown.code)} {escaped(shown.description)}"
    diagnosis = diagnosis.replace(words, "{code} {description}")
    diagnosis = re.sub(r'(value="{diagnosis}")(?: checked)?', r"\1{addressed}", diagnosis)
    objective = _OBJECTIVE.findall(piece)[0].replace(str(rated.id), "{objective}")
    objective = objective.replace(escaped(rated.objective), "{text}")
    objective = objective.replace(escaped(rated.goal), "{goal}")
    objective = objective.replace(' id="progress-{id}"', "{target}")
    objective = re.sub(r"objective 1\b", "objective {number}", objective)
    objective = _once(r'(rows="\d+">\n)[^<]*', r"\g<1>{evidence}", objective)
    return diagnosis, _OPTION.sub(r"\1{rating \2}>", objective)


def _missing(piece: str) -> str:
    found = _MISSING.search(piece)
    if found is None:
        raise ValueError("nothing is missing in this card")
    line = re.sub(r'#[a-z_]+-[^"]+', "#{field}-{id}", found[0])
    return line.replace(f">{found[2]}<", ">{sentence}<")


def _facts(shown: Workspace) -> dict[str, str]:
    """Return what the page says of the session, and the slot that stands for it."""
    session, note = shown.session, shown.group_note
    texts = GroupNoteText(
        topic="topic", interventions_other="other", dynamics="dynamics", plan="plan"
    )
    day = session.held_on
    total = len(shown.cards)
    found = {
        escaped(session.group_name): "{group}",
        f"{day:%a}, {day:%B} {day.day}, {day.year}": "{weekday}, {day}",
        f"{day:%B} {day.day}, {day.year}": "{day}",
        f"revision {session.revision}": "revision {revision}",
        f"/groups/{session.group_id}": "/groups/{group_id}",
        f" · {session.service_code}": " · {code}",
        f'name="version" value="{session.version}"': 'name="version" value="{version}"',
        f"<b>{shown.signed}</b> of {total} ": "<b>{signed}</b> of {notes} ",
        f'value="{shown.signed}" max="{total}"': 'value="{signed}" max="{notes}"',
        f'"{shown.signed} of {total} ': '"{signed} of {notes} ',
    }
    found |= {
        f"{escaped(f.name)}, {escaped(f.credentials)}</p>": "{staff}</p>"
        for f in session.facilitators
    }
    written = ("topic", "interventions_other", "dynamics", "plan")
    found |= {
        escaped(getattr(note, name)): f"{{{getattr(texts, name)}}}"
        for name in written
        if getattr(note, name)
    }
    return found


def _replaced(piece: str, facts: Mapping[str, str], shown: Workspace) -> str:
    for words, slot in facts.items():
        piece = piece.replace(words, slot)
    piece = re.sub(r'(name="key" value=")[0-9a-f-]+', r"\1{key}", piece)
    piece = re.sub(r"\d+:\d\d [ap]m to \d+:\d\d [ap]m", "{start} to {stop}", piece)
    for name in shown.interventions:
        piece = re.sub(
            rf'(name="interventions" value="{re.escape(name)}"(?: id="\w+")?)(?: checked)?>',
            rf"\1{{use {name}}}>",
            piece,
        )
    return piece


def _choices(piece: str, name: str, slot: str) -> str:
    pattern = _CHOICE.format(name=re.escape(name))
    return re.sub(pattern, rf"\1{{{slot} \2}}>", piece)


def _collapsed(pattern: re.Pattern[str], piece: str, slot: str) -> str:
    """Put ``slot`` where the first of the repeated parts begins."""
    found = pattern.search(piece)
    if found is None:
        raise ValueError(f"the page has no place for {slot}")
    return piece[: found.start()] + slot + piece[found.start() :]


def _once(pattern: str, replacement: str, piece: str) -> str:
    piece, count = re.subn(pattern, replacement, piece)
    if count != 1:
        raise ValueError(f"{pattern} was found {count} times")
    return piece


def learn_answer(html: str) -> str:
    """Return the format of what an autosave answers."""
    html = html.replace("{", "{{").replace("}", "}}")
    html = _once(r'(data-edit=")\d+', r"\g<1>{edit}", html)
    html = _once(r'(data-version=")\d+', r"\g<1>{version}", html)
    return _once(r"Saved \d+:\d\d [ap]m", "Saved {at}", html)
