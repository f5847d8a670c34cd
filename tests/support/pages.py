"""Every page of the product with somebody who may open it, found through the routes themselves."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from groupnotes.access.policy import Permission, holds
from groupnotes.accounts.models import Supervision
from groupnotes.clients.models import CaseloadEntry, Client
from groupnotes.core import clock
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.diagnoses.models import Diagnosis
from groupnotes.groups.models import Enrolment, Group, GroupFacilitator
from groupnotes.plans.models import TreatmentPlan
from groupnotes.practice.models import Intervention
from groupnotes.web.routes import policy_of
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.review import add
from tests.support.site import Site

NO_PAGES = {  # files, and a token
    "static",
    "accounts.token",
    "disclosure.record",
    "retention.certificate",
    "oversight.as_csv",
    "oversight.as_fhir",
    "oversight.access_report_as_csv",
}
ROLES = {
    "fiona": frozenset({Role.FACILITATOR, Role.CLINICIAN}),
    "sam": frozenset({Role.SUPERVISOR}),
    "rita": frozenset({Role.RECORDS}),
    "adam": frozenset({Role.ADMINISTRATOR}),
}


@dataclass(frozen=True)
class Opened:
    """One page as one person opens it."""

    who: str | None
    url: str


def every_page(app: Flask, cast: Cast) -> list[Opened]:
    """Return the address of every page; the session is documented, one of its notes signed."""
    site = Site(app).sign_in(cast.fiona)
    with app.app_context():
        cleo = db.session.get_one(Client, cast.cleo)
        factories.diagnosis(cleo, made_by_id=cast.fiona)
        factories.plan(cleo, signed_by_id=cast.fiona)
        db.session.commit()
    signed = journey.signed_note(site, cast)
    waiting = _awaiting_review(app, site, cast)
    added = add(site, signed)
    draft = journey.note_of(site, cast, "Ben")
    journey.write(site, draft)
    private = journey.psychotherapy_note(site, cast.ben, "Dreamt of the sea.")
    with app.app_context():
        ids = _ids(cast, draft) | {"psychotherapy_note_id": private}
        coming = _coming_session(cast)
        db.session.commit()
    special = {
        "signing.show": {"note_id": signed},
        "adding.new_entry": {"note_id": signed},
        "adding.enter_in_error": {"note_id": signed},
        "record_names.look": {"note_id": signed},
        "returning.ask_return": {"note_id": waiting},
        "returning.history": {"note_id": signed},
        "returning.ask_return_of_entry": {"note_id": signed, "note_entry_id": added},
        "plans.review": {"plan_id": ids["draft_plan"]},
        "notes.note": {"note_id": draft},
        "retention.client": {"client_id": ids["long_gone"]},
    }
    with app.test_request_context():
        found = [
            Opened(who, app.url_map.bind("").build(rule.endpoint, values))
            for rule in _page_rules(app)
            for who in [_somebody(app, rule)]
            for values in [_values(rule, ids | special.get(rule.endpoint, {}))]
        ]
    return [*found, Opened("fiona", f"/sessions/{coming}"), Opened("fiona", "/nowhere")]


def _awaiting_review(app: Flask, site: Site, cast: Cast) -> uuid.UUID:
    """Sign Cleo's note as one whom a supervisor signs beside."""
    note_id = journey.note_of(site, cast, "Cleo")
    journey.write(site, note_id)
    with app.app_context():
        factories.change_supervision(co_signs=True)
        db.session.commit()
    journey.sign(site, note_id)
    return note_id


def _page_rules(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES:
            yield rule


def _somebody(app: Flask, rule: Rule) -> str | None:
    """Return the first of the cast who holds what the route asks for."""
    policy = policy_of(app, rule.endpoint)
    if not isinstance(policy, Permission):
        return None
    actors = {who: Actor(uuid.uuid4(), None, roles) for who, roles in ROLES.items()}
    return next(who for who, actor in actors.items() if holds(actor, policy))


def _values(rule: Rule, ids: dict[str, uuid.UUID]) -> dict[str, uuid.UUID]:
    unknown = rule.arguments - ids.keys()
    assert not unknown, f"say in tests/support/pages.py what {unknown} of {rule.rule} is"
    return {name: ids[name] for name in rule.arguments}


def _ids(cast: Cast, draft: uuid.UUID) -> dict[str, uuid.UUID]:
    ben = db.session.get_one(Client, cast.ben)
    plan = factories.plan(ben, status="draft", signed_at=None, signed_by_id=None)
    return {
        "access_id": factories.emergency_access(ben, cast.olga).id,
        "session_id": cast.session,
        "group_id": cast.group,
        "client_id": cast.ben,
        "user_id": cast.carl,
        "note_id": draft,
        "draft_plan": plan.id,
        "plan_id": _id(TreatmentPlan, TreatmentPlan.status == "active"),
        "diagnosis_id": _id(Diagnosis, Diagnosis.client_id == cast.ben),
        "entry_id": _id(CaseloadEntry, CaseloadEntry.client_id == cast.ben),
        "enrolment_id": _id(Enrolment, Enrolment.client_id == cast.ben),
        "facilitation_id": _id(GroupFacilitator, GroupFacilitator.user_id == cast.finn),
        "supervision_id": _id(Supervision),
        "intervention_id": _id(Intervention),
        **_long_gone(cast),
    }


def _long_gone(cast: Cast) -> dict[str, uuid.UUID]:
    """Make a record that is due, and another one whose destruction Adam proposed."""
    old = dt.datetime(2001, 5, 8, tzinfo=dt.UTC)
    due, proposed = (factories.client(created_at=old, status="discharged") for _ in range(2))
    purge = factories.purge(proposed, proposed_by_id=cast.adam, proposed_at=clock.now())
    return {"long_gone": due.id, "purge_id": purge.id}


def _id(model: type, *where: sa.ColumnElement[bool]) -> uuid.UUID:
    key: sa.ColumnElement[uuid.UUID] = model.id  # type: ignore[attr-defined]
    return db.session.scalars(sa.select(key).where(*where).limit(1)).one()


def _coming_session(cast: Cast) -> uuid.UUID:
    """Add a session that nobody has documented."""
    starts = dt.datetime(2026, 3, 10, 21, tzinfo=dt.UTC)
    session = factories.session(
        db.session.get_one(Group, cast.group),
        held_on=starts.date(),
        starts_at=starts,
        ends_at=starts + dt.timedelta(minutes=90),
    )
    return session.id
