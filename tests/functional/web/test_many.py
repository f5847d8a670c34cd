"""Where there is more of everything, a page asks the database as often as before, by indexes."""

from __future__ import annotations

import datetime as dt
import re
import uuid

from groupnotes.accounts.models import User
from groupnotes.clients.models import Client
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.groups.models import Group
from groupnotes.plans.models import PlanStatus, TreatmentPlan
from groupnotes.practice.models import Intervention
from tests.support import factories
from tests.support.authorization import readable
from tests.support.bulk import Practice
from tests.support.site import BASE
from tests.support.statements import statements
from tests.support.world import World
from tests.support.worlds import world_on_sqlite

FEW, MORE = 3, 27
SOME = "01957a1c-6f00-7c3e-9a51-2d4f8b0c1e77"  # the id where a page begins
WEEK = dt.timedelta(weeks=1)
PAST = dt.datetime(2021, 1, 5, 22, tzinfo=dt.UTC)
COMING = dt.datetime(2090, 1, 3, 22, tzinfo=dt.UTC)
# Tables of a few dozen rows, most of whose lists are sorted by sealed names: they come whole.
# Emergencies are few, and those to review come whole; so are legal holds, proposals to destroy, and
# what was destroyed, which is read backwards by its key.
SHORT = {
    "destructions",
    "emergency_accesses",
    "groups",
    "interventions",
    "legal_holds",
    "practices",
    "purges",
    "signing_keys",
    "user_roles",
    "users",
}
# The audit log is read backwards by its key, and no further than it is shown.
BACKWARDS = re.compile(
    r"FROM audit_events .*ORDER BY audit_events\.sequence DESC\s+LIMIT", re.DOTALL
)


def add(world: World, count: int) -> uuid.UUID:
    """Put ``count`` more of everything into the own half; return a session with as many notes."""
    with world.app.app_context():
        practice = Practice()
        fiona = db.session.get_one(User, world.cast.fiona)
        group = db.session.get_one(Group, world.cast.group)
        members = practice.members(count, fiona)
        practice.enrol(group, members)
        for number in range(count):
            at = number * WEEK + count * dt.timedelta(hours=1)
            session, *_ = practice.documented(group, PAST + at, fiona, members)
            practice.session(group, COMING + at, fiona)
            _add_one(world, group, practice.members(1, fiona)[0].client_id)
        practice.rows.write()
        draft = db.session.get_one(TreatmentPlan, world.own["plan_draft"])
        for number in range(min(count, 5)):  # a plan has twelve at most
            factories.objective(factories.goal(draft, position=count + number))
        db.session.commit()
        return session


def _add_one(world: World, group: Group, former: uuid.UUID) -> None:
    """Make one more of what hangs on a client, a group or a person."""
    fiona = db.session.get_one(User, world.cast.fiona)
    ana = db.session.get_one(Client, world.cast.ana)
    name = f"P{former.hex[-12:]}"
    person = factories.user(f"{name} Person", Role.CLINICIAN, Role.FACILITATOR)
    another = factories.group(name=f"Circle {name}")
    factories.facilitate(another, fiona)
    factories.facilitate(group, person)
    factories.enrol(another, ana)
    factories.enrol(group, db.session.get_one(Client, former), ended_on=factories.LONG_AGO)
    factories.care(ana, person)
    factories.diagnosis(ana, made_by_id=fiona.id)
    factories.plan(ana, status=PlanStatus.REPLACED, signed_by_id=fiona.id)
    db.session.add(Intervention(name=name, therapeutic=True, position=100))
    for above, below in ((world.cast.sam, person.id), (person.id, world.own["user"])):
        factories.supervise(above, below)
    db.session.flush()


def pages(world: World, session: uuid.UUID) -> dict[str, tuple[str, str]]:
    """Return every page with who opens it, by what it is; ``session`` waits for its signatures."""
    found = {str(case): (who, case.address(case.objects(world, "own"))) for case, who in readable()}
    return found | {
        "many notes": ("fiona", f"/sessions/{session}"),
        "many notes to sign": ("fiona", f"/sessions/{session}/sign"),
        "many clients": ("rita", "/clients/"),
        "many clients of a supervisor": ("sam", "/clients/"),
        "a later page of sessions": (
            "fiona",
            f"/groups/{world.own['group']}?before={SOME}&after={SOME}",
        ),
        "a later page of clients": ("rita", f"/clients/?before={SOME}"),
        "an earlier page of clients": ("rita", f"/clients/?after={SOME}"),
        "a later page of notes": ("fiona", f"/clients/{world.cast.ana}?before={SOME}"),
    }


def asked(world: World, who: str, address: str) -> list[str]:
    """Return the statements that a page sends when its keys are open."""
    site = world.site(who)
    site.client.get(address, base_url=BASE).close()
    for _ in range(2):
        with statements(world.app) as sent:
            answer = site.client.get(address, base_url=BASE)
        answer.close()
        assert answer.status_code == 200, address
        if not any("audit_checkpoints" in statement for statement in sent):
            break  # else one was due just now, once in a thousand events
    return [statement for statement in sent if not statement.startswith("BEGIN")]


@world_on_sqlite
class TestEveryPage:
    def test_it_asks_no_more_often_of_thirty_than_of_three(self, world: World) -> None:
        few = pages(world, add(world, FEW))
        before = {name: asked(world, *page) for name, page in few.items()}
        many = pages(world, add(world, MORE))

        for name, page in many.items():
            after = asked(world, *page)

            assert len(after) == len(before[name]), "\n".join([name, *after])

    def test_it_finds_what_it_shows_by_an_index(self, world: World) -> None:
        for name, page in pages(world, world.own["later"]).items():
            for statement in asked(world, *page):
                if statement.startswith("SELECT"):
                    allowed = SHORT | ({"audit_events"} if BACKWARDS.search(statement) else set())
                    assert scanned(world, statement) <= allowed, f"{name}: {statement}"


def scanned(world: World, query: str) -> set[str]:
    """Return the tables that SQLite would read from end to end; it plans without the values."""
    with world.app.app_context():
        values = ("0" * 32,) * query.count("?")
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values)
        steps = [str(step[-1]) for step in plan.all()]
    tables = (found[1] for step in steps if (found := re.match(r"SCAN (?!CONSTANT)(\w+)", step)))
    return {re.sub(r"_\d+$", "", table) for table in tables}
