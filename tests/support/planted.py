"""A practice in which every text of every form is a word of its own, all typed in its pages."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.access.models import EmergencyAccess
from groupnotes.accounts.models import Supervision, User
from groupnotes.clients.models import CaseloadEntry, Client
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.diagnoses.models import Diagnosis
from groupnotes.groups.models import Enrolment, GroupFacilitator
from groupnotes.notes.models import IndividualNote
from groupnotes.plans.models import Objective
from groupnotes.practice.models import Intervention
from groupnotes.retention.models import LegalHold
from groupnotes.sessions.models import GroupSession
from groupnotes.signing.entry import ErrorReason
from groupnotes.web.cookies import SIGN_IN
from tests.support import factories, journey, planted_review, planted_words
from tests.support.canaries import Canaries, names_of_text
from tests.support.cast import Cast
from tests.support.site import BASE, Site, names_of, one
from tests.support.world import World

GROUP = {
    "kind": "skills",
    "capacity": "8",
    "weekdays": ["TU"],
    "first_on": "2026-01-06",
    "local_start": "17:00",
    "duration_minutes": "90",
    "modality": "in_person",
    "place_of_service": "11",
    "service_code": "90853",
}
TIMES = {"starts": "17:00", "stops": "18:30"}


@dataclass
class Planted:
    """The practice, with a signed note, a draft and a plan, and what was typed to get there."""

    app: Flask
    cast: Cast
    canaries: Canaries
    sites: dict[str, Site] = field(default_factory=dict)
    ids: dict[str, uuid.UUID] = field(default_factory=dict)
    password: str = factories.PASSWORD
    browser: type[Site] = Site

    @property
    def world(self) -> World:
        """The same as one half of a world, for tests that go over every route."""
        return World(self.app, self.cast, self.ids, {})

    def secrets(self) -> frozenset[str]:
        """Return what was typed, but for what the practice says of itself and offers to all."""
        typed = self.canaries.typed
        shared = {
            one.text
            for one in typed
            if one.field[0].startswith("practice.") and not one.field[1].endswith("_words")
        }
        return self.canaries.texts() - shared

    def site(self, who: str) -> Site:
        """Return the browser of ``who``."""
        if who not in self.sites:
            self.sites[who] = self.browser(self.app)
            if who != "nobody":
                self.sites[who].sign_in(getattr(self.cast, who))
        return self.sites[who]

    def fill(
        self,
        who: str,
        url: str,
        form: str,
        *,
        status: int = 303,
        given: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> BeautifulSoup:
        """Type a new word in each text field of a form that ``url`` shows, and send it."""
        page = self.site(who).get(url)
        element = one(page, form)
        values = {**(given or {}), **more}
        values |= self.canaries.fill(element, str(element["action"]), values)
        return self.site(who).submit(page, form, status=status, fill=values)

    def autosave(self, url: str, form: str) -> None:
        """Type a new word in each text field, and let the page keep it as a draft."""
        page = self.site("fiona").get(url)
        element = one(page, form)
        element["action"] = element["data-autosave"]
        values = self.canaries.fill(element, str(element["action"]), _written(page, form))
        self.site("fiona").submit(page, form, status=200, htmx=True, fill=values)

    def went_to(self, who: str = "fiona") -> uuid.UUID:
        """Return the id in the address that the last answer led to."""
        return uuid.UUID(re.findall(r"[0-9a-f-]{36}", self.site(who).last.location or "")[-1])

    def newest(self, key: Any) -> uuid.UUID:
        """Return the id of the row that was made last."""
        with self.app.app_context():
            found: uuid.UUID = db.session.scalars(
                sa.select(key).order_by(key.desc()).limit(1)
            ).one()
            return found


def plant(app: Flask, browser: type[Site] = Site, canaries: Canaries | None = None) -> Planted:
    """Fill an empty database through its pages, in such a ``browser``, with such words."""
    with app.app_context():
        cast = factories.cast()
        db.session.commit()
    planted = Planted(app, cast, canaries or Canaries(app), browser=browser)
    for step in (
        _practice,
        _staff,
        _fiona,
        _client,
        _group,
        _sessions,
        _notes,
        planted_words.decided,
        planted_words.kept_in_record,
        planted_review.review,
        _private,
        _emergency,
        _retention,
    ):
        step(planted)
    with app.app_context():
        planted.ids |= _others(planted)
    for who, site in planted.sites.items():
        cookie = site.client.get_cookie(SIGN_IN)
        assert cookie is not None
        planted.canaries.note(f"sign-in of {who}", cookie.value)
    return planted


def _practice(planted: Planted) -> None:
    planted.fill("adam", "/practice/edit", "#practice-form")
    for _ in range(2):  # one of them is renamed
        planted.fill("adam", "/practice/", "#new-intervention")
    with planted.app.app_context():
        newest = sa.select(Intervention.id).order_by(Intervention.position.desc()).limit(1)
        planted.ids["intervention"] = db.session.scalars(newest).one()
    address = f"/practice/interventions/{planted.ids['intervention']}"
    planted.fill("adam", address, "#intervention-form")
    planted.fill("adam", "/admin/audit", "#audit-filter", status=422)  # a number of nobody


def _staff(planted: Planted) -> None:
    """Add two people; change one of them, and Fiona."""
    for _ in range(2):
        page = planted.fill("adam", "/staff/new", "#staff-form", status=200, roles=["clinician"])
        planted.canaries.note("one-time password", one(page, ".one-time code").text)
    with planted.app.app_context():
        newest = sa.select(User.id).order_by(User.id.desc()).limit(1)
        planted.ids["user"] = db.session.scalars(newest).one()
    for person in (planted.ids["user"], planted.cast.fiona):
        planted.fill("adam", f"/staff/{person}/edit", "#staff-form")


def _fiona(planted: Planted) -> None:
    """Let Fiona sign in by her new name, and choose a password that nobody else has."""
    with planted.app.app_context():
        known = {
            "sign_in_name": db.session.get_one(User, planted.cast.fiona).sign_in_name,
            "password": planted.password,
        }
    planted.fill("nobody", "/sign-in", "#sign-in", status=422)  # a name and a password of nobody
    planted.fill("nobody", "/sign-in", "#sign-in", given=known)
    planted.sites["fiona"] = planted.sites.pop("nobody")
    planted.fill("fiona", "/account/password", "#password-form", password=planted.password)
    chosen = (t for t in planted.canaries.typed if t.field[1] == "new_password")
    planted.password = next(chosen).text


def _client(planted: Planted) -> None:
    """Register two clients, and write the chart of the first: a plan in force and the next one."""
    for kind in ("member", "client"):
        planted.fill("fiona", "/clients/new", "#client-form")
        planted.ids[kind] = planted.went_to()
        client = f"/clients/{planted.ids[kind]}"
        planted.fill("fiona", f"{client}/edit", "#client-form")
        planted.fill("fiona", f"{client}/diagnoses/new", "#diagnosis-form")
        planted.ids["diagnosis"] = planted.newest(Diagnosis.id)
        planted.fill("fiona", f"/diagnoses/{planted.ids['diagnosis']}", "#diagnosis-form")
    planted.fill("fiona", "/clients/", "#client-search", status=200)
    planted.fill("fiona", f"{client}/plans/new", "#plan-form")
    plan = planted.ids["plan"] = planted.went_to()
    planted.fill("fiona", f"/plans/{plan}", "#plan-form")
    planted.fill("fiona", f"/plans/{plan}/sign", "#sign-form", password=planted.password)
    planted.fill("fiona", f"{client}/plans/new", "#plan-form")
    planted.ids["plan_draft"] = planted.went_to()


def _group(planted: Planted) -> None:
    """Begin a group and enrol both clients."""
    planted.fill("fiona", "/groups/new", "#group-form", given=GROUP)
    group = planted.ids["group"] = planted.went_to()
    planted.fill("fiona", f"/groups/{group}/edit", "#group-form")
    numbers = [t.text for t in planted.canaries.typed if t.field == ("clients.save", "mrn")]
    for number in numbers:
        planted.fill(
            "fiona",
            f"/groups/{group}/enrolments/new",
            "#enrolment-form",
            mrn=number,
            started_on=GROUP["first_on"],
        )


def _sessions(planted: Planted) -> None:
    """Add two sessions and document both, the later one with a draft; and two to come."""
    address = f"/groups/{planted.ids['group']}/sessions/new"
    lead = str(planted.cast.fiona)
    for kind, day in (("session", "2026-03-03"), ("later", "2026-03-10")):
        planted.fill("fiona", address, "#session-form", given=TIMES, held_on=day, lead_id=lead)
        planted.ids[kind] = planted.newest(GroupSession.id)
        planted.fill("fiona", f"/sessions/{planted.ids[kind]}/edit", "#session-form")
        page = f"/sessions/{planted.ids[kind]}"
        planted.autosave(page, "#session-form")
        planted.fill("fiona", page, "#session-form", given=_documented(planted, page))
    planted.autosave(page, "#session-form")
    for kind, day in (("coming", "2026-12-15"), ("cancelled", "2026-12-22")):
        planted.fill("fiona", address, "#session-form", given=TIMES, held_on=day, lead_id=lead)
        planted.ids[kind] = planted.newest(GroupSession.id)
    site = planted.site("fiona")
    form = f"form[action$='/{planted.ids['cancelled']}/cancel']"
    site.submit(site.get(f"/sessions/{planted.ids['cancelled']}/edit"), form)


def _documented(planted: Planted, page: str) -> dict[str, Any]:
    shown = planted.site("fiona").get(page)
    with planted.app.app_context():
        name = db.session.get_one(Intervention, planted.ids["intervention"]).name
    lines = {n: "present" for n in names_of(one(shown, "#session-form")) if n.startswith("status-")}
    return {**lines, "interventions": [name]}


def _notes(planted: Planted) -> None:
    """Write all four notes, and sign those of the first session: one alone, one with the rest."""
    for session, kind in (("session", "signed"), ("later", "draft")):
        for client in ("client", "member"):
            note = _note(planted, session, client)
            planted.ids[kind if client == "client" else f"{kind}_member"] = note
            page = planted.site("fiona").get(f"/notes/{note}")
            planted.autosave(f"/notes/{note}", f"#note-{note}")
            given = _written(page, f"#note-{note}")
            planted.fill("fiona", f"/notes/{note}", f"#note-{note}", given=given)
    for address in (f"/notes/{planted.ids['signed']}", f"/sessions/{planted.ids['session']}"):
        page = planted.site("fiona").get(f"{address}/sign")
        boxes = [str(box["value"]) for box in page.select("[name=notes]")]
        planted.fill(
            "fiona", f"{address}/sign", "#sign-form", notes=boxes, password=planted.password
        )
    signed = f"/notes/{planted.ids['signed']}"
    entry = {"kind": "addendum", "password": planted.password}
    planted.fill("fiona", f"{signed}/entries/new", "#entry-form", given=entry)
    pdf = planted.site("fiona").client.get(
        f"/notes/{planted.ids['signed']}/record.pdf", base_url=BASE
    )
    assert pdf.status_code == 200
    wrong = {"password": planted.password, "reason": ErrorReason.OTHER.value}
    wrongly = f"/notes/{planted.ids['signed_member']}/entered-in-error"
    planted.fill("fiona", wrongly, "#in-error-form", given=wrong)


def _private(planted: Planted) -> None:
    """Write two psychotherapy notes about the client, one of which can be destroyed."""
    for kind in ("destroyable", "private"):
        new = f"/clients/{planted.ids['client']}/psychotherapy-notes/new"
        session = str(planted.ids["session"])
        planted.fill("fiona", new, "#about-form", kind="psychotherapy", session_id=session)
        planted.ids[kind] = planted.went_to()
        address = f"/psychotherapy-notes/{planted.ids[kind]}"
        planted.autosave(address, "#psychotherapy-note")
        planted.fill("fiona", address, "#psychotherapy-note")


def _emergency(planted: Planted) -> None:
    """Read the client's record in two emergencies; the first is acknowledged and reviewed."""
    planted.fill("olga", "/emergency", "#emergency-form", status=422, ground="care")  # of nobody
    known = {
        name: [t.text for t in planted.canaries.typed if t.field == ("clients.save", name)][-1]
        for name in ("mrn", "birth_date")
    }
    for kind in ("reviewed", "emergency"):
        given = {**known, "ground": "care", "password": factories.PASSWORD}
        planted.fill("olga", "/emergency", "#emergency-form", given=given)
        planted.fill("olga", "/", "section.emergency form")
        planted.ids[kind] = planted.newest(EmergencyAccess.id)
    planted.fill("carl", "/emergency", "#emergency-form", given=given)  # and this one stays open
    acknowledge = f"form[action='/emergency/{planted.ids['reviewed']}/acknowledge']"
    planted.fill("fiona", "/", acknowledge)
    review = f"/admin/emergency/{planted.ids['reviewed']}"
    planted.fill("adam", review, "#review-form", finding="justified")


def _retention(planted: Planted) -> None:
    """Hold the client's record, destroy that of somebody long gone, and propose another's."""
    page = f"/clients/{planted.ids['client']}/retention"
    planted.fill("rita", page, "#hold-form")
    sure = {"password": factories.PASSWORD}
    with planted.app.app_context():
        planted.ids["hold"] = db.session.scalars(sa.select(LegalHold.id)).one()
        past, due, planted.ids["gone"] = (_long_gone(f"MRN-GONE-{n}") for n in range(3))
        # Rita shall be able to confirm it, whose pages the tests of pages open.
        client = db.session.get_one(Client, due)
        now = clock.now()
        purge = factories.purge(client, proposed_by_id=planted.cast.adam, proposed_at=now)
        planted.ids["purge"] = purge.id
        db.session.commit()
    planted.fill("rita", f"/clients/{past}/retention", "#propose-form", given=sure)
    planted.ids["destroyed"] = planted.went_to("rita")
    address = f"/retention/purges/{planted.ids['destroyed']}"
    planted.fill("adam", address, "#confirm-form", given=sure, status=422)  # nobody's number
    planted.fill("adam", address, "#confirm-form", given=sure, mrn="MRN-GONE-0")


def _long_gone(number: str) -> uuid.UUID:
    """Make a client whose record need not be kept any more."""
    long_ago = dt.datetime(2001, 5, 8, tzinfo=dt.UTC)
    return factories.client(created_at=long_ago, status="discharged", mrn=number).id


def _written(page: BeautifulSoup, form: str) -> dict[str, Any]:
    """Return the choices that make a note ready; its texts come from elsewhere."""
    texts = names_of_text(one(page, form))
    known = names_of(one(page, form))
    chosen = journey.filled(page, form) | {"risk_level": "present"}
    return {name: value for name, value in chosen.items() if name in known - set(texts)}


def _note(planted: Planted, session: str, client: str) -> uuid.UUID:
    with planted.app.app_context():
        return db.session.scalars(
            sa.select(IndividualNote.id).where(
                IndividualNote.session_id == planted.ids[session],
                IndividualNote.client_id == planted.ids[client],
            )
        ).one()


def _others(planted: Planted) -> dict[str, uuid.UUID]:
    """Return what came with the rest and is nobody's own form."""
    client, group = planted.ids["client"], planted.ids["group"]
    wanted = {
        "entry": sa.select(CaseloadEntry.id).where(CaseloadEntry.client_id == client),
        "enrolment": sa.select(Enrolment.id).where(Enrolment.client_id == client),
        "facilitation": sa.select(GroupFacilitator.id).where(GroupFacilitator.group_id == group),
        "objective": sa.select(Objective.id).where(Objective.plan_id == planted.ids["plan"]),
        "supervision": sa.select(Supervision.id),
    }
    return {kind: db.session.scalars(query.limit(1)).one() for kind, query in wanted.items()}
