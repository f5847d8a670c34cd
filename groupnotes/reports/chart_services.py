"""Open a client's chart: each reader gets the parts that their roles and relations allow."""

from __future__ import annotations

import datetime as dt
import uuid

from groupnotes.access.guard import fetch, may, scope
from groupnotes.access.policy import Permission, holds
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.clients import queries as clients
from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.actor import Actor, Role
from groupnotes.diagnoses import queries as diagnoses
from groupnotes.notes.models import IndividualNote
from groupnotes.plans import queries as plans
from groupnotes.plans.models import PlanStatus, TreatmentPlan
from groupnotes.practice import queries as practices
from groupnotes.reports import chart_queries
from groupnotes.reports.chart import Chart, Clinical, NoteEntry, PlanInForce, Timeline, age_on


def open_chart(actor: Actor, client_id: uuid.UUID, before: uuid.UUID | None) -> Chart:
    """Return the client's chart, with the notes before the note ``before``."""
    client = fetch(actor, Permission.CLIENT_READ, Tag.CLIENT_READ, Client, client_id)
    treats = may(actor, Permission.CHART_READ, client)
    may_edit = may(actor, Permission.CLIENT_EDIT, client)
    birth_date = dt.date.fromisoformat(client.birth_date)
    today = clock.today(practices.time_zone().key)
    timeline, in_error = _timeline(actor, client, before)
    return Chart(
        client=client,
        birth_date=birth_date,
        age=age_on(today, birth_date),
        shows_contact=treats or may_edit,
        may_edit=may_edit,
        may_report=may(actor, Permission.ACCESS_REPORT, client),
        may_retain=may(actor, Permission.RETENTION_MANAGE, client),
        caseload=clients.caseload(client.id),
        # A facilitator learns of no other group: which groups someone is in tells what they have.
        stays=chart_queries.stays(
            actor, client.id, only_mine=not (treats or Role.RECORDS in actor.roles)
        ),
        clinical=_clinical(actor, client, today) if treats else None,
        may_keep_private=may(actor, Permission.PSYCHOTHERAPY_NOTE_BEGIN, client),
        timeline=timeline,
        in_error=in_error,
    )


def _clinical(actor: Actor, client: Client, today: dt.date) -> Clinical:
    plan = plans.with_status(client.id, PlanStatus.ACTIVE)
    draft = plans.with_status(client.id, PlanStatus.DRAFT)
    log.record_shown(
        Happening(Tag.CHART_READ, actor, client.id, Client.__tablename__, client.id),
    )
    if plan is not None:
        log.record_shown(
            Happening(Tag.PLAN_READ, actor, client.id, TreatmentPlan.__tablename__, plan.id)
        )
    return Clinical(
        problems=diagnoses.problem_list(client.id),
        plan=_in_force(plan, today) if plan is not None else None,
        draft_id=draft.id if draft is not None else None,
        may_write=may(actor, Permission.CHART_WRITE, client),
    )


def _in_force(plan: TreatmentPlan, today: dt.date) -> PlanInForce:
    return PlanInForce(
        id=plan.id,
        outline=plans.outline(plan),
        signer=plans.signer(plan),
        is_overdue=plan.review_due_on < today,
    )


def _timeline(
    actor: Actor, client: Client, before: uuid.UUID | None
) -> tuple[Timeline | None, list[NoteEntry]]:
    """Return the notes, and apart from them those that were entered in error."""
    if not holds(actor, Permission.NOTE_READ):
        return None, []
    log.record_shown(
        Happening(Tag.NOTE_LIST, actor, client.id, IndividualNote.__tablename__),
    )
    readable = scope(actor, Permission.NOTE_READ, Tag.NOTE_LIST, IndividualNote)
    return (
        chart_queries.timeline(readable, client.id, before),
        chart_queries.in_error(readable, client.id),
    )
