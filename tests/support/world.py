"""Two halves of one practice that have nothing to do with each other, for tests of access.

``own`` is what the cast's group is about, ``other`` the same things of Olga's group. Every
text of either half holds a word that a page of the other must never show.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.clients.models import CaseloadEntry, Client
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.diagnoses.models import Diagnosis
from groupnotes.groups.models import Enrolment, FacilitatorRole, Group, GroupFacilitator
from groupnotes.plans.models import Objective, PlanStatus, TreatmentPlan
from groupnotes.practice.models import Intervention
from groupnotes.sessions.models import SessionFacilitator
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.site import BASE, Site, names_of, one

NOBODY = "nobody"
LATER = dt.datetime(2026, 1, 7, 12, tzinfo=dt.UTC)
Ids = Mapping[str, uuid.UUID]

# What each text of the halves holds, and nothing else of the practice does.
WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "own": {
        "client": ("Alvarez", "Annie", "MRN-1"),
        "members": ("Brandt", "Cleo Costa", "MRN-2", "MRN-3"),  # the client's fellow members
        "group": ("Heron circle",),
        "group_note": ("bittern",),
        "signed": ("cormorant",),
        "draft": ("dotterel",),
        "plan": ("egret",),
        "private": ("fulmar",),
        "emergency": ("gannet",),
    },
    "other": {
        "client": ("Young", "Yara", "MRN-YY"),
        "members": ("Yates",),
        "group": ("Walrus circle",),
        "group_note": ("beluga",),
        "signed": ("narwhal",),
        "draft": ("dugong",),
        "plan": ("manatee",),
        "private": ("porpoise",),
        "emergency": ("orca",),
    },
}


@dataclass
class World:
    """An application with both halves in it, and who is signed in."""

    app: Flask
    cast: Cast
    own: Ids
    other: Ids
    _sites: dict[str, Site] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)

    def site(self, who: str) -> Site:
        """Return the browser of ``who``, signed in unless it is nobody's."""
        if who not in self._sites:
            self._sites[who] = Site(self.app)
            if who != NOBODY:
                self._sites[who].sign_in(getattr(self.cast, who))
        return self._sites[who]

    def token(self, who: str) -> str:
        """Return the anti-forgery token of ``who``."""
        if who not in self._tokens:
            page = self.site(who).client.get("/sign-in", base_url=BASE, follow_redirects=True)
            meta = one(BeautifulSoup(page.text, "html.parser"), "meta[name=csrf-token]")
            self._tokens[who] = str(meta["content"])
        return self._tokens[who]

    def forget(self, who: str) -> None:
        """Let ``who`` come with a new browser, after the sign-in of the old one ended."""
        self._sites.pop(who, None)
        self._tokens.pop(who, None)


def build(app: Flask) -> World:
    """Fill an empty database with both halves; their notes are written through pages."""
    with app.app_context():
        cast = factories.cast()
        own, other = _own_half(cast), _other_half(cast)
        everybodys = _practice(cast)
        db.session.commit()
    own |= everybodys | _notes(Site(app).sign_in(cast.fiona), own, "own")
    other |= everybodys | _notes(Site(app).sign_in(cast.olga), other, "other")
    return World(app, cast, own, other)


def _practice(cast: Cast) -> dict[str, uuid.UUID]:
    """Return what belongs to no group: a person who left, a supervision, an intervention."""
    left = factories.user("Nora Noon", Role.CLINICIAN, active=False)
    supervision = factories.supervise(cast.sam, left.id, co_signs=False)
    intervention = db.session.scalars(db.select(Intervention.id).limit(1)).one()
    return {
        "user": left.id,
        "supervision": supervision.id,
        "intervention": intervention,
        **_proposals(cast),
    }


def _proposals(cast: Cast) -> dict[str, uuid.UUID]:
    """Return a proposal that was withdrawn, and one that was confirmed."""
    ana, gone = db.session.get_one(Client, cast.ana), factories.client(mrn="MRN-OLD")
    purge = factories.purge(
        ana, proposed_by_id=cast.rita, withdrawn_by_id=cast.rita, withdrawn_at=LATER
    )
    confirmed = factories.purge(gone, proposed_by_id=cast.rita)
    factories.destruction(confirmed, gone, confirmed_by_id=cast.adam)
    return {"purge": purge.id, "destroyed": confirmed.id, "gone": cast.zoe}


def _own_half(cast: Cast) -> dict[str, uuid.UUID]:
    group = db.session.get_one(Group, cast.group)
    [group.name] = WORDS["own"]["group"]
    ana = db.session.get_one(Client, cast.ana)
    later = _later(group, cast.fiona)
    access = factories.emergency_access(ana, cast.sam, reason="Fell over a gannet at the station.")
    return {
        "client": cast.ana,
        "group": group.id,
        "session": cast.session,
        "later": later,
        "emergency": access.id,
        **_chart(ana, cast.fiona),
        **_membership(group, ana),
    }


def _other_half(cast: Cast) -> dict[str, uuid.UUID]:
    olga = db.session.get_one(User, cast.olga)
    group = factories.group(name="Walrus circle")
    factories.facilitate(group, olga)
    yara = factories.client(first_name="Yara", last_name="Young", mrn="MRN-YY")
    factories.enrol(group, yara)
    factories.enrol(group, factories.client(first_name="Yvo", last_name="Yates"))
    factories.care(yara, olga)
    factories.diagnosis(yara, made_by_id=olga.id)
    factories.plan(yara, signed_by_id=olga.id)
    met = factories.session(group)
    db.session.add(
        SessionFacilitator(session_id=met.id, user_id=olga.id, role=FacilitatorRole.LEAD)
    )
    access = factories.emergency_access(yara, cast.carl, reason="Fell over an orca at the station.")
    return {
        "client": yara.id,
        "group": group.id,
        "session": met.id,
        "later": _later(group, olga.id),
        "emergency": access.id,
        **_chart(yara, olga.id),
        **_membership(group, yara),
    }


def _later(group: Group, leader: uuid.UUID) -> uuid.UUID:
    """Make the session a week after the first."""
    first = dt.datetime.combine(factories.SESSION_DAY, dt.time(17), factories.ZONE)
    week = dt.timedelta(days=7)
    met = factories.session(
        group,
        held_on=factories.SESSION_DAY + week,
        starts_at=first + week,
        ends_at=first + week + dt.timedelta(minutes=90),
    )
    db.session.add(SessionFacilitator(session_id=met.id, user_id=leader, role=FacilitatorRole.LEAD))
    return met.id


def _chart(client: Client, author: uuid.UUID) -> dict[str, uuid.UUID]:
    [word] = WORDS["own" if client.first_name == "Ana" else "other"]["plan"]
    draft = factories.plan(
        client, status=PlanStatus.DRAFT, signed_at=None, problem=f"Sees a {word} everywhere"
    )
    plan = _first(TreatmentPlan.id, TreatmentPlan.client_id == client.id, status="active")
    return {
        "diagnosis": _first(Diagnosis.id, Diagnosis.client_id == client.id),
        "plan": plan,
        "plan_draft": draft.id,
        "objective": _first(Objective.id, Objective.plan_id == plan),
        "hold": factories.legal_hold(
            client, placed_by_id=author, lifted_by_id=author, lifted_at=LATER
        ).id,
        "entry": _first(
            CaseloadEntry.id,
            CaseloadEntry.client_id == client.id,
            CaseloadEntry.clinician_id == author,
        ),
    }


def _membership(group: Group, client: Client) -> dict[str, uuid.UUID]:
    return {
        "enrolment": _first(
            Enrolment.id, Enrolment.group_id == group.id, Enrolment.client_id == client.id
        ),
        "facilitation": _first(GroupFacilitator.id, GroupFacilitator.group_id == group.id),
    }


def _first(column: Any, *conditions: Any, status: str | None = None) -> uuid.UUID:
    query = db.select(column).where(*conditions).order_by(column)
    if status is not None:
        query = query.where(TreatmentPlan.status == status)
    found: uuid.UUID = db.session.scalars(query.limit(1)).one()
    return found


def _notes(site: Site, half: Ids, name: str) -> dict[str, uuid.UUID]:
    """Document both sessions; sign the client's note of the first, leave that of the later."""
    words = {kind: " and a ".join(found) for kind, found in WORDS[name].items()}
    notes = {}
    for kind, session in (("signed", "session"), ("draft", "later")):
        note_id = _document(site, half[session], f"The group talked about a {words['group_note']}.")
        journey.write(site, note_id, response=f"Spoke of a {words[kind]}.")
        notes[kind] = note_id
    journey.sign(site, notes["signed"])
    added = _added(site, notes["signed"], f"Heard of a {words['signed']} again.")
    private = journey.psychotherapy_note(site, half["client"], f"Dreamt of a {words['private']}.")
    return notes | {"added": added, "private": private}


def _added(site: Site, note_id: uuid.UUID, text: str) -> uuid.UUID:
    """Add to a signed note; return the id of the entry, which is its form's."""
    page = site.get(f"/notes/{note_id}/entries/new")
    fill = {"kind": "addendum", "reason": "The client called.", "text": text}
    site.submit(page, "#entry-form", fill=fill | {"password": factories.PASSWORD})
    return uuid.UUID(str(one(page, "#entry-form [name=key]")["value"]))


def _document(site: Site, session_id: uuid.UUID, dynamics: str) -> uuid.UUID:
    page = site.get(f"/sessions/{session_id}")
    fields = names_of(one(page, "#session-form"))
    lines = {field: "present" for field in fields if field.startswith("status-")}
    site.submit(page, "#session-form", fill={**lines, **journey.GROUP_NOTE, "dynamics": dynamics})
    cards = site.follow().select(".client__name a")
    [link] = [card for card in cards if card.text.startswith(("Annie", "Yara"))]
    return uuid.UUID(str(link["href"]).rsplit("/", 1)[1])
