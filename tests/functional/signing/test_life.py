"""Whatever is done to a note, in whatever order: once signed it says what it said."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import Tag
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from groupnotes.accounts.models import RateLimit
from groupnotes.core.db import db
from groupnotes.groups.models import Group
from groupnotes.signing import checking
from groupnotes.signing.models import Signature
from groupnotes.signing.proof import Verdict
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.site import Site, fields_of, one

EXAMPLES, STEPS = 40, 50  # 2,000 steps
WORDS = st.sampled_from(("calm", "loud", "tired", "hopeful"))
THERE = ("present", "late 17:15", "left_early -18:00")
AWAY = ("no_show", "excused", "cancelled")


class Life(RuleBasedStateMachine):
    """One note of Ana's in a session of its own, as its author and others use its pages."""

    app: Flask
    cast: Cast
    site: Site
    sam: Site  # who supervises the author
    day: int = 0

    @initialize()
    def meet(self) -> None:
        """Let the group meet on a day that no other example has."""
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
        answer = self.sam.send("/cosign", data | {"csrf_token": self.sam.token()})
        assert answer.status_code == (303 if right else 409)
        self.reviews += right

    @precondition(lambda self: self.waits)
    @rule(right=st.booleans())
    def give_back(self, right: bool) -> None:
        """Return the note to its author, with a comment or without."""
        data = {"seen": self.digest, "comment": "Say more." if right else ""}
        data |= {"csrf_token": self.sam.token()}
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
        answer = self.sam.send("/cosign", data | {"csrf_token": self.sam.token()})
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
        data |= {"csrf_token": self.sam.token()}
        entry_id = str(one(entry, "h2")["id"]).removeprefix("entry-")
        answer = self.sam.send(f"/notes/{self.note}/entries/{entry_id}/return", data)
        may_be = {303, 409} if says_error else {303}
        assert answer.status_code in (may_be if right else {422})
        if answer.status_code == 303:
            self.waiting -= 1
            self.in_error = self.in_error and not says_error

    @precondition(lambda self: self.note is not None)
    @rule(what=st.sampled_from(("", "/draft", "/refresh", "/sign")), word=WORDS)
    def forge(self, what: str, word: str) -> None:
        """Send what no page would send, with a version that it could have."""
        for version in (2, 3):
            data: dict[str, Any] = {"csrf_token": self.token, "version": str(version)}
            data |= {"response": f"Forged {word}.", "notes": f"{self.note}:forged"}
            answer = self.site.send(f"/notes/{self.note}{what}", data)
            if self.signed:
                assert answer.status_code in {303, 409, 422}
                assert answer.status_code != 303 or what == "/sign"

    @invariant()
    def it_says_what_it_said(self) -> None:
        """Compare the signed note with itself at the moment of its signature."""
        if self.__dict__.get("signed") is None:
            return
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

    @property
    def token(self) -> str:
        """The anti-forgery token of the author's window."""
        if "_token" not in self.__dict__:
            self._token = self.site.token()
        return self._token

    def shown(self) -> str:
        """Return what the page of the signed note shows of what was signed."""
        page = self.site.get(f"/notes/{self.note}/signed")
        return one(page, ".columns").text


def digest_in(part: Tag) -> str:
    """Return the first digest in a part of a page."""
    return part.select(".digest")[0].text.removeprefix("SHA-256 ").strip()


@on_sqlite
@pytest.mark.usefixtures("supervised")
def test_no_order_of_steps_changes_a_signed_note(app: Flask, cast: Cast, site: Site) -> None:
    site.sign_in(cast.fiona)
    sam = Site(app).sign_in(cast.sam)
    machine = type("LifeOfANote", (Life,), {"app": app, "cast": cast, "site": site, "sam": sam})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
