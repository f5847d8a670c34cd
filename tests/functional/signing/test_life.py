"""Whatever is done to a note, in whatever order: once signed it says what it said."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pytest
import sqlalchemy as sa
from bs4 import Tag
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from werkzeug.routing import Rule

from groupnotes.accounts.models import RateLimit
from groupnotes.core.db import Base, db
from groupnotes.core.ids import new_id
from groupnotes.groups.models import Group
from groupnotes.signing import checking
from groupnotes.signing.models import NoteEntry, Signature
from groupnotes.signing.proof import Verdict
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.site import BASE, Site, fields_of, one

EXAMPLES, STEPS = 40, 50  # 2,000 steps
Held = tuple[sa.Table, sa.Column[Any], str]
TABLES = Base.metadata.tables
OF_NOTE: list[Held] = [
    (TABLES["individual_notes"], TABLES["individual_notes"].c.id, "note"),
    *((table, table.c.note_id, "note") for table in TABLES.values() if "note_id" in table.c),
]
OF_SESSION: list[Held] = [
    (TABLES["group_sessions"], TABLES["group_sessions"].c.id, "session"),
    *(
        (table, table.c.session_id, "session")
        for table in TABLES.values()
        if "session_id" in table.c
    ),
]
# Something for each field of each form; who sends it does not know the password.
FORGED = {
    "comment": "Forged.",
    "dynamics": "Forged.",
    "engagement_level": "leading",
    "group_response": "Forged.",
    "kind": "correction",
    "password": "",
    "plan": "Forged.",
    "reason": "It is of another client",
    "response": "Forged.",
    "risk_action": "Forged.",
    "risk_level": "none",
    "seen": "0" * 64,
    "text": "Forged.",
    "topic": "Forged.",
}
WORDS = st.sampled_from(("calm", "loud", "tired", "hopeful"))
THERE = ("present", "late 17:15", "left_early -18:00")
AWAY = ("no_show", "excused", "cancelled")


class Life(RuleBasedStateMachine):
    """One note of Ana's in a session of its own, as its author and others use its pages."""

    app: Flask
    cast: Cast
    site: Site
    sam: Site  # who supervises the author
    others: ClassVar[Mapping[str, Site]]  # who forges requests, by name
    tokens: ClassVar[Mapping[str, str]]  # the anti-forgery token of each
    routes: ClassVar[list[Rule]]  # every one that writes, of a note or its session
    forged: ClassVar[Counter[str]]  # how often each was sent to a note that was signed
    day: int = 0

    @initialize(stage=st.sampled_from(("met", "signed", "locked", "locked", "locked")))
    def meet(self, stage: str) -> None:
        """Let the group meet on a day that no other example has, and mostly lock the note."""
        type(self).day += 1
        held_on = factories.SESSION_DAY + dt.timedelta(days=self.day)
        starts = dt.datetime.combine(held_on, dt.time(17), factories.ZONE)
        with self.app.app_context():
            made = factories.session(
                db.session.get_one(Group, self.cast.group),
                held_on=held_on,
                starts_at=starts,
                ends_at=starts + dt.timedelta(minutes=90),
            )
            db.session.commit()
            self.session: uuid.UUID = made.id
        self.note: uuid.UUID | None = None
        self.signed: str | None = None
        self.entries = self.reviews = self.returns = 0
        self.waiting = self.reviewed_entries = 0
        self.in_error = False
        self.attends = False
        if stage != "met":
            self.document("present", "calm")
            self.write("calm", plan=True)
            self.sign(right=True)
        if stage == "locked":
            self.co_sign(right=True)

    @rule(how=st.sampled_from(THERE + AWAY), word=WORDS)
    def document(self, how: str, word: str) -> None:
        """Submit the session: attendance and group note."""
        page = self.site.get(f"/sessions/{self.session}")
        fill: dict[str, Any] = {}
        fill |= journey.attended(self.cast, {"ana": how, "ben": "excused", "cleo": "excused"})
        fill |= journey.GROUP_NOTE | {"dynamics": f"The group was {word}."}
        fields = fields_of(one(page, "#session-form")) | fill
        answer = self.site.send(f"/sessions/{self.session}", fields)
        if self.signed is None:
            assert answer.status_code == 303
            self.attends = how in THERE
            if self.attends and self.note is None:
                self.note = journey.note_of(self.site, self.cast, "Annie", session=self.session)
        else:  # the attendance that was signed stays; the same one again is no change
            assert answer.status_code in {303, 422}

    @precondition(lambda self: self.note is not None)
    @rule(word=WORDS, plan=st.booleans())
    def write(self, word: str, plan: bool) -> None:
        """Save the note, ready to sign or not."""
        page = self.site.get(f"/notes/{self.note}", status=303 if self.signed else 200)
        if self.signed or not self.attends:
            return
        values = journey.filled(page, f"#note-{self.note}") | {"response": f"Was {word}."}
        values |= {} if plan else {"plan": ""}
        self.site.submit(page, f"#note-{self.note}", status=303, fill=values)

    @precondition(lambda self: self.note is not None and self.attends)
    @rule(right=st.booleans())
    def sign(self, right: bool) -> None:
        """Review the note, and sign it if it is ready and the password right."""
        with self.app.app_context():  # no example has wrong passwords of the one before
            db.session.execute(sa.delete(RateLimit))
            db.session.commit()
        answer = self.site.client.get(f"/notes/{self.note}/sign", base_url="https://localhost")
        if self.signed:
            assert answer.status_code == 303
            return
        page = self.site.get(f"/notes/{self.note}/sign")
        boxes = [str(box["value"]) for box in page.select("[name=notes]")]
        data = {"notes": boxes, "password": factories.PASSWORD if right else "wrong"}
        fields = fields_of(one(page, "#sign-form")) | data
        sent = self.site.send(f"/notes/{self.note}/sign", fields)
        if boxes and right:
            assert sent.status_code == 303
            self.signed = self.shown()
        else:
            assert sent.status_code == 422

    @precondition(lambda self: self.waits)
    @rule(right=st.booleans())
    def co_sign(self, right: bool) -> None:
        """Sign beside the author, or with another digest than that of what is there."""
        digest = self.digest if right else "0" * 64
        data = {"notes": [f"{self.note}:{digest}"], "password": factories.PASSWORD}
        answer = self.sam.send("/cosign", data | {"csrf_token": self.tokens["sam"]})
        assert answer.status_code == (303 if right else 409)
        self.reviews += right

    @precondition(lambda self: self.waits)
    @rule(right=st.booleans())
    def give_back(self, right: bool) -> None:
        """Return the note to its author, with a comment or without."""
        data = {"seen": self.digest, "comment": "Say more." if right else ""}
        data |= {"csrf_token": self.tokens["sam"]}
        answer = self.sam.send(f"/notes/{self.note}/return", data)
        assert answer.status_code == (303 if right else 422)
        if right:
            self.signed = None
            self.returns += 1

    @precondition(lambda self: self.is_locked)
    @rule(right=st.booleans())
    def enter_in_error(self, right: bool) -> None:
        """Say that the note is of another client; then it takes nothing more."""
        page = self.site.get(f"/notes/{self.note}/entered-in-error")
        fill = {"reason": "It is of another client", "text": "It is." if right else ""}
        fill |= {"password": factories.PASSWORD}
        self.site.submit(page, "#in-error-form", status=303 if right else 422, fill=fill)
        self.in_error = right
        self.entries += right
        self.waiting += right

    @precondition(lambda self: self.is_locked)
    @rule(kind=st.sampled_from(("late_entry", "addendum", "correction")), word=WORDS)
    def add(self, kind: str, word: str) -> None:
        """Add an entry to the signed note."""
        page = self.site.get(f"/notes/{self.note}/entries/new")
        fill = {"kind": kind, "reason": "Why.", "text": f"It was {word}."}
        fill |= {"password": factories.PASSWORD}
        self.site.submit(page, "#entry-form", status=303, fill=fill)
        self.entries += 1
        self.waiting += 1

    @precondition(lambda self: self.waiting)
    @rule(newest=st.booleans())
    def co_sign_an_entry(self, newest: bool) -> None:
        """Sign beside something that was added."""
        entry = self.entry_that_waits(newest)
        data = {"notes": [f"{self.note}:{digest_in(entry)}"], "password": factories.PASSWORD}
        answer = self.sam.send("/cosign", data | {"csrf_token": self.tokens["sam"]})
        assert answer.status_code == 303
        self.waiting -= 1
        self.reviewed_entries += 1

    @precondition(lambda self: self.waiting)
    @rule(newest=st.booleans(), right=st.booleans())
    def give_an_entry_back(self, newest: bool, right: bool) -> None:
        """Return something that was added; a note in error may not fit into its session then."""
        entry = self.entry_that_waits(newest)
        says_error = one(entry, "h2").text.startswith("Entered in error")
        data = {"seen": digest_in(entry), "comment": "Say more." if right else ""}
        data |= {"csrf_token": self.tokens["sam"]}
        entry_id = str(one(entry, "h2")["id"]).removeprefix("entry-")
        answer = self.sam.send(f"/notes/{self.note}/entries/{entry_id}/return", data)
        may_be = {303, 409} if says_error else {303}
        assert answer.status_code in (may_be if right else {422})
        if answer.status_code == 303:
            self.waiting -= 1
            self.in_error = self.in_error and not says_error

    @precondition(lambda self: self.note is not None and self.signed is None)
    @rule(data=st.data())
    def forge(self, data: st.DataObject) -> None:
        """Send what no page would send, by any route that writes a note."""
        routes = [route for route in self.routes if "note_id" in route.arguments]
        self.send_forged(data.draw(st.sampled_from(routes)), "fiona")

    @precondition(lambda self: self.signed is not None)
    @rule(data=st.data(), who=st.sampled_from(("fiona", "sam", "rita")))
    def forge_of_what_is_signed(self, data: st.DataObject, who: str) -> None:
        """Do so once it is signed, as somebody else too: nothing of the note changes."""
        before = self.at_rest(OF_NOTE)
        route = data.draw(st.sampled_from(self.routes))

        status = self.send_forged(route, who)

        assert self.at_rest(OF_NOTE) == before
        self.forged[route.endpoint] += 1
        if "note_id" in route.arguments:
            # Who signs again what is signed is shown it as it is.
            # Its author may leave out what was returned: that it is settled is no part of it.
            harmless = {"signing.sign", "adding.leave_out"}
            is_harmless = status == 303 and route.endpoint in harmless
            assert is_harmless or status in {403, 404, 409, 422}, (route.endpoint, status)

    @precondition(lambda self: self.is_locked)
    @rule(data=st.data(), who=st.sampled_from(("fiona", "sam", "rita")))
    def forge_of_what_is_locked(self, data: st.DataObject, who: str) -> None:
        """Do so more often once it is locked."""
        self.forge_of_what_is_signed(data, who)

    def send_forged(self, route: Rule, who: str) -> int:
        """Send every field that a form of ours has, with all that can be known of the note."""
        with self.app.app_context():
            entry = db.session.scalar(sa.select(NoteEntry.id).where(NoteEntry.note_id == self.note))
        ids = {"note_id": self.note, "session_id": self.session, "note_entry_id": entry or new_id()}
        url = self.app.url_map.bind("").build(
            route.endpoint, {name: ids[name] for name in route.arguments}, method="POST"
        )
        site = self.others[who]
        fields = FORGED | {"csrf_token": self.tokens[who], "key": str(new_id())}
        fields |= {"notes": f"{self.note}:forged", "version": str(2 if self.signed else 9)}
        if route.endpoint in {"signing.sign", "signing.sign_session"}:
            fields |= {"password": factories.PASSWORD}
        status = site.send(url, fields).status_code
        if route.endpoint == "notes.autosave_session":  # else it stands in the form from now on
            site.send(f"/sessions/{self.session}/draft/discard", fields)
        return status

    def at_rest(self, tables: Sequence[Held]) -> list[Any]:
        """Return every row of the note, or of it and its session, as it rests."""
        ids = {"note": self.note, "session": self.session}
        with self.app.app_context():
            return [
                sorted(map(repr, db.session.execute(sa.select(*kept(table)).where(key == ids[of]))))
                for table, key, of in tables
            ]

    @invariant()
    def it_says_what_it_said(self) -> None:
        """Compare the signed note with itself at the moment of its signature."""
        if self.__dict__.get("signed") is None:
            return
        rows = self.at_rest(OF_NOTE + OF_SESSION)
        if rows == self.__dict__.get("seen"):
            return
        self.seen = rows
        assert self.shown() == self.signed
        with self.app.app_context():
            signatures = db.session.query(Signature).filter_by(note_id=self.note).count()
            verdicts = [one.verdict for one in checking.verify(self.note)]
        assert signatures == 1 + self.returns
        count = signatures + self.reviews + self.entries + self.reviewed_entries
        assert verdicts == [Verdict.VERIFIED] * count

    @property
    def waits(self) -> bool:
        """Whether the note waits for the supervisor."""
        return self.signed is not None and not self.reviews

    @property
    def is_locked(self) -> bool:
        """Whether the supervisor signed too, and the note is not in error."""
        return self.signed is not None and bool(self.reviews) and not self.in_error

    @property
    def digest(self) -> str:
        """The digest of what waits, as its page shows it."""
        return digest_in(self.site.get(f"/notes/{self.note}/signed"))

    def entry_that_waits(self, newest: bool) -> Tag:
        """Return the first or the last of what was added and waits, as the note's page shows it."""
        page = self.site.get(f"/notes/{self.note}/signed")
        added = page.select("[aria-labelledby^=entry-]")
        waiting = [entry for entry in added if "has still to sign" in entry.text]
        assert len(waiting) == self.waiting
        return waiting[-1 if newest else 0]

    def shown(self) -> str:
        """Return what the page of the signed note shows of what was signed."""
        page = self.site.client.get(f"/notes/{self.note}/signed", base_url=BASE).text
        found = re.search(
            r'<div class="columns">.*<section class="card signature"', page, re.DOTALL
        )
        assert found is not None
        return found[0]


def kept(table: sa.Table) -> list[sa.Column[Any]]:
    """Return the columns that say something of a note."""
    return [column for column in table.columns if column.name != "settled_at"]


def digest_in(part: Tag) -> str:
    """Return the first digest in a part of a page."""
    return part.select(".digest")[0].text.removeprefix("SHA-256 ").strip()


@on_sqlite
@pytest.mark.usefixtures("supervised")
def test_no_order_of_steps_changes_a_signed_note(app: Flask, cast: Cast, site: Site) -> None:
    site.sign_in(cast.fiona)
    sam, rita = Site(app).sign_in(cast.sam), Site(app).sign_in(cast.rita)
    forged = Counter[str]()
    others = {"fiona": site, "sam": sam, "rita": rita}
    known = {
        "app": app,
        "cast": cast,
        "site": site,
        "sam": sam,
        "others": others,
        "tokens": {who: other.token() for who, other in others.items()},
        "routes": writing_routes(app),
        "forged": forged,
    }
    machine = type("LifeOfANote", (Life,), known)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[Phase.generate],  # to shrink a failure takes longer than a test may
            suppress_health_check=list(HealthCheck),
        ),
    )
    # Not by chance alone: locked notes were reached often, and by every route.
    assert set(forged) == {route.endpoint for route in writing_routes(app)}
    assert forged.total() >= EXAMPLES * STEPS // 10


def writing_routes(app: Flask) -> list[Rule]:
    """Return every route by which a note, or its session, could be written."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.arguments & {"note_id", "session_id"}
    ]
