"""After a record is destroyed nobody reads it, and everybody else's is as it was."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.audit.models import AuditEvent
from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.db import Base, db
from groupnotes.core.ids import new_id
from groupnotes.crypto import keyring
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import KeyDestroyed, KeyRing, ring
from groupnotes.crypto.sealed import Ciphertext
from groupnotes.psychotherapy import queries
from groupnotes.psychotherapy.models import PsychotherapyNote, PsychotherapyNoteKind
from groupnotes.sessions.attendance import AttendanceStatus
from groupnotes.sessions.models import Attendance
from tests.support import journey, pdf
from tests.support.cast import Cast
from tests.support.databases import KEY
from tests.support.retention import Old, another_session, destroy, document
from tests.support.site import BASE, Site, fields_of, one

PEOPLE = ["fiona", "finn", "carl", "olga", "sam", "rita", "adam"]
NAMES = ["Olaf", "Orrin", "Ollie", "MRN-77"]
GONE = {303, 403, 404}


def forget_keys(app: Flask) -> None:
    """Be a worker that was started after the purge, and has opened no key."""
    with app.app_context():
        keyring.bind(db.engine, KeyRing(KEY))


@pytest.fixture(params=["warm", "cold"])
def destroyed(request: pytest.FixtureRequest, app: Flask, cast: Cast, old: Old) -> Old:
    """Olaf's record, destroyed; in a worker that had its key open, and in one that never had.

    The worker's copy of the key is put back: it stands for any other worker's memory.
    """
    with app.app_context():
        number = db.session.get_one(Client, old.olaf).data_key
        ring().load([number])
        cipher = ring()._ciphers[number]  # noqa: SLF001 - another worker's memory
    destroy(app, cast, old)
    if request.param == "cold":
        forget_keys(app)
    else:
        with app.app_context():
            ring()._ciphers[number] = cipher  # noqa: SLF001
    return old


def test_what_was_typed_and_never_submitted_names_nobody_after_it(
    app: Flask, cast: Cast, old: Old, site: Site
) -> None:
    later = another_session(app, cast, old)
    site.sign_in(cast.fiona)
    page = site.get(f"/sessions/{later}")
    form = one(page, "#session-form")
    form["action"] = form["data-autosave"]
    fill = {"dynamics": "Olaf Orrin spoke of a zebrafinch."}
    site.submit(page, "#session-form", status=200, htmx=True, fill=fill)
    assert "zebrafinch" in site.get(f"/sessions/{later}").text

    destroy(app, cast, old)

    assert "zebrafinch" not in site.get(f"/sessions/{later}").text


class TestTheRecord:
    @pytest.mark.parametrize("who", PEOPLE)
    def test_nobody_opens_any_page_of_it(
        self, app: Flask, cast: Cast, destroyed: Old, site: Site, who: str
    ) -> None:
        site.sign_in(getattr(cast, who))
        client, note = f"/clients/{destroyed.olaf}", f"/notes/{destroyed.olafs_note}"
        pages = [
            client,
            f"{client}/edit",
            f"{client}/plans/new",
            f"{client}/diagnoses/new",
            f"{client}/caseload/new",
            f"{client}/access-report",
            f"{client}/access-report.csv",
            f"{client}/retention",
            note,
            f"{note}/signed",
            f"{note}/record.pdf",
            f"{note}/entries/new",
            f"{note}/sign",
            *(f"/plans/{plan}" for plan in ids_of(app, "treatment_plans", destroyed.olaf)),
            *(f"/diagnoses/{one}" for one in ids_of(app, "diagnoses", destroyed.olaf)),
        ]

        answers = {page: site.client.get(page, base_url=BASE) for page in pages}

        assert {
            page: a.status_code for page, a in answers.items() if a.status_code not in GONE
        } == {}
        for answer in answers.values():
            assert not [word for word in (*NAMES, "cormorant") if word in answer.text]

    def test_nothing_of_it_decrypts(self, app: Flask, cast: Cast, old: Old) -> None:
        values = sealed_of(app, old.olaf)
        destroy(app, cast, old)
        forget_keys(app)

        assert len(values) > 8
        for place, row, value in values:
            with app.app_context(), pytest.raises(KeyDestroyed):
                ring().open(place, row, value)

    def test_its_number_is_free_and_finds_nobody(
        self, cast: Cast, destroyed: Old, site: Site
    ) -> None:
        page = site.sign_in(cast.adam).get("/admin/audit")
        found = site.submit(page, "#audit-filter", client="MRN-77", status=422)
        assert "No client has this number." in found.text

        new = site.sign_in(cast.fiona).get("/clients/new")
        site.submit(
            new,
            "#client-form",
            first_name="Nils",
            last_name="Norden",
            birth_date="1990-01-01",
            mrn="MRN-77",
        )

    def test_no_search_and_no_list_finds_it(self, cast: Cast, destroyed: Old, site: Site) -> None:
        site.sign_in(cast.rita)
        for text in ("Olaf", "Record", "destroyed"):
            page = site.submit(site.get("/clients/"), "#client-search", q=text, status=200)
            assert not page.select("#client-list tbody a")
        assert "destroyed" not in site.get("/clients/?status=discharged").text
        assert "Olaf" not in site.get("/retention/").text

    def test_the_audit_rows_stay_and_hold_nothing_of_it(
        self, app: Flask, cast: Cast, destroyed: Old, site: Site
    ) -> None:
        with app.app_context():
            mine = sa.select(AuditEvent).where(AuditEvent.client_id == destroyed.olaf)
            rows = db.session.scalars(mine).all()
            assert {"note:sign", "purge:confirm"} <= {row.tag for row in rows}
        page = site.sign_in(cast.adam).get(f"/admin/audit?client={destroyed.olaf}")

        assert "Purge confirm" in page.text
        assert not [name for name in NAMES if name in page.text]

    def test_the_chain_is_sound(
        self, app: Flask, destroyed: Old, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GROUPNOTES_AUDIT_STATE", str(tmp_path / "verified"))

        result = app.test_cli_runner().invoke(args=["audit", "verify"])

        assert result.exit_code == 0
        assert "The audit log is sound" in result.output


def ids_of(app: Flask, table: str, client: uuid.UUID) -> list[uuid.UUID]:
    columns = Base.metadata.tables[table].c
    with app.app_context():
        return list(db.session.scalars(sa.select(columns.id).where(columns.client_id == client)))


def sealed_of(app: Flask, client: uuid.UUID) -> list[tuple[Place, uuid.UUID, bytes]]:
    """Return every value that is sealed with a client's key, with its place."""
    found: list[tuple[Place, uuid.UUID, bytes]] = []
    with app.app_context():
        number = db.session.get_one(Client, client).data_key
        for table in Base.metadata.tables.values():
            if "data_key" not in table.c:
                continue
            for column in (c for c in table.c if isinstance(c.type, Ciphertext)):
                query = sa.select(table.c.id, column).where(
                    table.c.data_key == number, column.is_not(None)
                )
                found += [
                    (Place(table.name, column.name), *row) for row in db.session.execute(query)
                ]
    return found


class TestTheSession:
    def test_it_opens_and_says_that_a_record_was_destroyed(
        self, cast: Cast, destroyed: Old, site: Site
    ) -> None:
        for who in (cast.fiona, cast.finn, cast.sam):
            page = site.sign_in(who).get(f"/sessions/{destroyed.session}")

            assert "1 client of this session has no record any more" in page.text
            assert "Record destroyed" in page.text
            assert not [name for name in NAMES if name in page.text]
            assert not page.select(f"[name='status-{destroyed.olaf}']")
            assert not page.select(f"a[href$='{destroyed.olafs_note}']")

    def test_the_others_note_is_read_verified_and_printed(
        self, cast: Cast, destroyed: Old, site: Site
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/notes/{destroyed.ullas_note}/signed")
        printed = site.client.get(f"/notes/{destroyed.ullas_note}/record.pdf", base_url=BASE)

        assert "Digest, signature and key belong together" in page.text
        assert "Ulla Unger" in pdf.flowing(printed.data)

    def test_it_can_be_documented_again(self, cast: Cast, destroyed: Old, site: Site) -> None:
        site.sign_in(cast.fiona)
        page = site.get(f"/sessions/{destroyed.session}")

        # Neither word is anybody's name: it only stands where a name was.
        text = "A record was set and a paper chain was destroyed."
        site.submit(page, "#session-form", fill={"dynamics": text})

        assert text in one(site.follow(), "#dynamics").text

    def test_a_session_that_nobody_documented_yet_is_written_and_signed(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        later = another_session(app, cast, old)
        destroy(app, cast, old)
        forget_keys(app)
        notes = document(site.sign_in(cast.fiona), later, old.ulla)

        assert list(notes) == ["Ulla"]
        journey.write(site, notes["Ulla"], response="Kept a record of it.")
        journey.sign(site, notes["Ulla"])
        assert "Verified" in site.get(f"/notes/{notes['Ulla']}/signed").text

    def test_the_groups_pages_open(self, cast: Cast, destroyed: Old, site: Site) -> None:
        site.sign_in(cast.fiona)

        ended = site.get(f"/groups/{cast.group}/ended-enrolments")
        site.get(f"/groups/{cast.group}")
        site.get(f"/groups/{cast.group}/edit")
        site.get("/")

        assert "Record destroyed" in ended.text

    def test_no_form_brings_the_client_back(
        self, app: Flask, cast: Cast, destroyed: Old, site: Site
    ) -> None:
        site.sign_in(cast.fiona)
        page = site.get(f"/sessions/{destroyed.session}")
        form = fields_of(one(page, "#session-form"))
        forged = {"topic": "Other", f"status-{destroyed.olaf}": "no_show"}
        site.post(f"/sessions/{destroyed.session}", form | forged, status=303)
        with app.app_context():
            query = sa.select(Attendance.status).where(Attendance.client_id == destroyed.olaf)
            assert db.session.scalars(query).one() is AttendanceStatus.PRESENT

        new = site.get(f"/groups/{cast.group}/enrolments/new")
        assert str(destroyed.olaf) not in new.text
        refused = site.submit(
            new, "#enrolment-form", mrn="MRN-77", started_on="2026-03-03", status=422
        )
        assert "MRN-77" in str(refused)  # as it was typed


class TestVerification:
    def test_it_says_destroyed_and_alarms_nobody(
        self, app: Flask, cast: Cast, destroyed: Old, site: Site
    ) -> None:
        result = app.test_cli_runner().invoke(args=["record", "verify"])

        assert result.exit_code == 0, result.output
        assert "Verified: 1 signature." in result.output
        assert "Destroyed with the record they were in: 1 signature." in result.output
        assert "altered" not in site.sign_in(cast.adam).get("/").text

    def test_a_key_that_went_without_a_purge_is_an_alarm(
        self, app: Flask, cast: Cast, old: Old
    ) -> None:
        with app.app_context():
            number = db.session.get_one(Client, old.olaf).data_key
            ring().destroy_data_key(db.session(), number)
            db.session.commit()
        forget_keys(app)

        result = app.test_cli_runner().invoke(args=["record", "verify"])

        assert result.exit_code == 1
        assert "ALTERED" in result.output


class TestPsychotherapyNotes:
    def test_they_stay_their_authors(self, app: Flask, cast: Cast, old: Old, site: Site) -> None:
        private = private_note(app, cast, old)
        destroy(app, cast, old)
        forget_keys(app)

        page = site.sign_in(cast.fiona).get(f"/psychotherapy-notes/{private}")

        assert one(page, "#text").text.strip() == "Dreamt of the orchard."
        assert "A client whose record was destroyed" in page.text
        site.get(f"/clients/{old.olaf}/psychotherapy-notes")
        site.get(f"/clients/{old.olaf}/psychotherapy-notes/new", status=404)
        assert "A client whose record was destroyed" in site.get("/psychotherapy-notes/").text


def private_note(app: Flask, cast: Cast, old: Old) -> uuid.UUID:
    """Write Fiona's psychotherapy note about Olaf, as she did when he was hers."""
    with app.app_context():
        values: dict[str, Any] = {"created_at": clock.now(), "changed_at": clock.now()}
        note = PsychotherapyNote(
            id=new_id(),
            author_id=cast.fiona,
            client_id=old.olaf,
            data_key=queries.key_of(cast.fiona),
            kind=PsychotherapyNoteKind.PSYCHOTHERAPY,
            text="Dreamt of the orchard.",
            **values,
        )
        db.session.add(note)
        db.session.commit()
        return note.id
