"""Whatever is shown or changed anywhere is in the log; what cannot be logged does not happen."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from groupnotes import features
from groupnotes.audit.models import AuditEvent
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.core.db import Base, db
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.crypto.models import DataKey, KeyScope
from groupnotes.crypto.sealed import Ciphertext
from tests.support import canaries, factories, faults, pdf
from tests.support.databases import fresh_database, on_database
from tests.support.events import events, last
from tests.support.forms import every_page
from tests.support.planted import Planted, plant
from tests.support.rows import TRACES, Rows, everything
from tests.support.site import BASE, Site

features.blueprints()
PLACES = [
    Place(table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Ciphertext)
]
# A list of names is one event, not one for each client (security.md, section 4).
NAMES = {"first_name", "last_name", "preferred_name", "name"}
READING = (":read", ":list", ":print", ":offer")
SIGNING_IN = {"accounts.sign_in_submit", "accounts.sign_out"}
# These change nothing, each with the reason.
QUIET = {
    "accounts.stay": "only says that somebody is there",
    "clients.search": "only reads",
    "oversight.search": "only reads",
}


@dataclass(frozen=True)
class Sent:
    """One form that was sent twice: while the log could not be written, and when it could."""

    endpoint: str
    unlogged: int  # the status that it got first
    changed_unlogged: bool
    changed: bool
    recorded: frozenset[str]  # what the log says was done, besides reading


@dataclass(frozen=True)
class Logged:
    """A practice whose every form was sent, and what each of them did."""

    planted: Planted
    sent: list[Sent]

    @property
    def changes(self) -> list[Sent]:
        """Return those that changed something."""
        return [one for one in self.sent if one.changed]


def watched(sent: list[Sent]) -> type[Site]:
    """Return a browser that sends every form in vain before it sends it."""

    class Browser(Site):
        def send(
            self, url: str, data: Mapping[str, Any], *, headers: Mapping[str, str] | None = None
        ) -> TestResponse:
            before, since = at_rest(self.app), last(self.app)
            with faults.refusing(self.app, "INSERT", "audit_events"):
                unlogged = super().send(url, data, headers=headers)
            between = at_rest(self.app)
            answer = super().send(url, data, headers=headers)
            endpoint, _ = self.app.url_map.bind("localhost").match(url, method="POST")
            recorded = _done(events(self.app, after=since))
            after = at_rest(self.app)
            one = Sent(
                endpoint, unlogged.status_code, between != before, after != between, recorded
            )
            sent.append(one)
            return answer

    return Browser


def at_rest(app: Flask) -> Rows:
    """Return every row that a change could change."""
    with app.app_context(), db.engine.begin() as connection:
        return {name: rows for name, rows in everything(connection).items() if name not in TRACES}


def _done(new: Sequence[AuditEvent]) -> frozenset[str]:
    done = (event.tag for event in new if event.outcome is Outcome.SUCCESS)
    return frozenset(tag for tag in done if not tag.endswith(READING))


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def logged(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logged]:
    """The practice that is filled through its pages, and then has every other form sent too."""
    with fresh_database(request, tmp_path_factory.mktemp("logged")) as url:
        app = on_database(url)
        sent: list[Sent] = []
        planted = plant(app, watched(sent))
        _send_the_rest(planted)
        yield Logged(planted, sent)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _send_the_rest(planted: Planted) -> None:
    """Send the forms in which nothing is typed."""
    ids, cast = planted.ids, planted.cast
    day = {"started_on": "2026-01-06"}
    end = {"ended_on": "2026-12-31"}
    person, group = f"/staff/{ids['user']}", f"/groups/{ids['group']}"
    client, cancelled = f"/clients/{ids['client']}", f"/sessions/{ids['cancelled']}/edit"
    planted.fill("adam", "/practice/", "form[action$='/down']")
    planted.fill("adam", "/practice/", f"form[action$='{ids['intervention']}/up']")
    planted.fill("adam", person, "form[action$='/one-time-password']", status=200)
    planted.fill("adam", person, "#supervision-form", given=day, supervisor_id=str(cast.sam))
    planted.fill("adam", f"/staff/supervisions/{ids['supervision']}/end", "#end-form", given=end)
    planted.fill("fiona", f"{group}/facilitators/new", "#facilitator-form", user_id=str(cast.finn))
    planted.fill("fiona", _last_end(planted, group, "facilitators"), "#end-form", given=end)
    planted.fill("fiona", f"{client}/caseload/new", "#care-form", clinician_id=str(cast.carl))
    planted.fill("fiona", _last_end(planted, client, "caseload"), "#care-form", given=end)
    planted.fill("fiona", f"/groups/enrolments/{ids['enrolment']}/end", "#end-form", given=end)
    planted.fill("fiona", f"{group}/sessions/new", "#schedule")
    planted.fill("fiona", cancelled, "form[action$='/restore']")
    planted.fill("fiona", f"/plans/{ids['plan']}", "form[action$='/achieved']")
    planted.fill("fiona", f"/sessions/{ids['later']}", "form[action$='/draft/discard']")
    planted.fill("fiona", f"/notes/{ids['draft']}", "form[action$='/refresh']")
    destroy = f"/psychotherapy-notes/{ids['destroyable']}/destroy"
    planted.fill("fiona", destroy, "#destroying-form")
    _destroy_a_record(planted)
    planted.fill("rita", "/", "form[action='/sign-out']")


def _destroy_a_record(planted: Planted) -> None:
    """Lift the hold, withdraw a proposal, and have one confirmed."""
    sure = {"password": factories.PASSWORD}
    held = f"/clients/{planted.ids['client']}/retention"
    planted.fill("rita", held, "form[action$='/lift']")
    purge = f"/retention/purges/{planted.ids['purge']}"
    planted.fill("rita", purge, "form[action$='/withdraw']")
    planted.fill("rita", f"/clients/{planted.ids['gone']}/retention", "#propose-form", given=sure)
    purge = f"/retention/purges/{planted.went_to('rita')}"
    planted.fill("adam", purge, "#confirm-form", given=sure, mrn="MRN-GONE-2")


def _last_end(planted: Planted, page: str, kind: str) -> str:
    links = planted.site("fiona").get(page).select(f"a[href*='/{kind}/'][href$='/end']")
    return str(links[-1]["href"])


class TestEveryChange:
    def test_each_of_them_was_tried(self, logged: Logged) -> None:
        """Else nothing below would be proved of it: send it in tests/support/planted.py."""
        rules = logged.planted.app.url_map.iter_rules()
        routes = {rule.endpoint for rule in rules if "POST" in (rule.methods or ())}

        assert routes - {one.endpoint for one in logged.changes} == QUIET.keys() | SIGNING_IN

    def test_it_is_in_the_log(self, logged: Logged) -> None:
        assert [one for one in logged.changes if not one.recorded] == []

    def test_signing_in_and_out_is_too(self, logged: Logged) -> None:
        for endpoint in SIGNING_IN:
            [*_, newest] = [one for one in logged.sent if one.endpoint == endpoint]
            assert newest.recorded <= {Tag.SIGN_IN, Tag.SIGN_OUT}
            assert newest.recorded

    def test_without_the_log_it_does_not_happen(self, logged: Logged) -> None:
        assert [one for one in logged.sent if one.changed_unlogged] == []
        assert [one for one in logged.changes if one.unlogged != 500] == []


class TestEveryPage:
    def test_what_it_shows_of_a_client_names_them_in_the_log(self, logged: Logged) -> None:
        app, clinical = logged.planted.app, texts_by_key(logged.planted)
        shown = set()

        for who, address in every_page(logged.planted):
            since = last(app)
            words = _words(logged, _open(logged, who, address))
            reader = getattr(logged.planted.cast, who, None)
            new = [event for event in events(app, after=since) if event.actor_id == reader]
            named = {event.client_id for event in new if event.outcome is Outcome.SUCCESS}
            for (scope, owner), texts in clinical.items():
                if texts & words:
                    shown.add(address)
                    missing = named == {None} if scope is KeyScope.GROUP else owner not in named
                    assert not missing, f"{address} shows {texts & words} of {scope} {owner}"

        assert len(shown) > 12

    def test_no_event_holds_what_it_shows(self, logged: Logged) -> None:
        held = " ".join(
            f"{event.tag} {event.object_type} {event.detail}"
            for event in events(logged.planted.app)
        )

        assert not _words(logged, held)

    def test_without_the_log_it_shows_nothing(self, logged: Logged) -> None:
        app, clinical = logged.planted.app, texts_by_key(logged.planted)
        texts = set().union(*clinical.values())
        pages = [page for page in every_page(logged.planted) if _open(logged, *page)]
        told = {page: _words(logged, _open(logged, *page)) & texts for page in pages}

        with faults.refusing(app, "INSERT", "audit_events"):
            for page in pages:
                answer = _ask(logged, *page)
                assert not _words(logged, _text(answer)) & texts, page
                assert answer.status_code == 500 or not told[page], page

        assert sum(map(bool, told.values())) > 12


SIGNED = {"signatures", "co_signatures", "note_entries"}


def texts_by_key(planted: Planted) -> dict[tuple[KeyScope, uuid.UUID | None], set[str]]:
    """Return what was typed about each client and each group, by whose key seals it.

    What an author's key seals is about a client all the same.
    """
    found: dict[tuple[KeyScope, uuid.UUID | None], set[str]] = {}
    with planted.app.app_context(), db.engine.connect() as connection:
        for place in PLACES:
            # What is signed repeats what others of these columns hold.
            if place.column in NAMES or place.table in SIGNED:
                continue
            columns = Base.metadata.tables[place.table].c
            about: Any = columns.client_id if "client_id" in columns else DataKey.owner_id
            owner_id = sa.case((DataKey.scope == KeyScope.AUTHOR, about), else_=DataKey.owner_id)
            query = (
                sa.select(columns.id, columns[place.column], DataKey.scope, owner_id)
                .join(DataKey, DataKey.number == columns.data_key)
                .where(columns[place.column].is_not(None), DataKey.scope != KeyScope.PRACTICE)
            )
            for row, value, scope, owner in connection.execute(query):
                opened = ring().open(place, row, value)
                texts = canaries.found(planted.secrets(), opened.encode())
                found.setdefault((scope, owner), set()).update(texts)
    return found


def _words(logged: Logged, text: str) -> set[str]:
    return canaries.found(logged.planted.secrets(), text.encode())


def _open(logged: Logged, who: str, address: str) -> str:
    answer = _ask(logged, who, address)
    return _text(answer) if answer.status_code == 200 else ""


def _ask(logged: Logged, who: str, address: str) -> TestResponse:
    return logged.planted.site(who).client.get(address, base_url=BASE)


def _text(answer: TestResponse) -> str:
    is_pdf = answer.mimetype == "application/pdf"
    return pdf.flowing(answer.data) if is_pdf else answer.get_data(as_text=True)
