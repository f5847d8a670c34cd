"""What was measured to go wrong in another system's therapy groups, each tried here.

The letters are those of the comparison that this project began with.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core import clock, triggers
from groupnotes.core.db import db
from groupnotes.crypto.keyring import ring
from groupnotes.groups.models import Group, GroupKind
from groupnotes.sessions.models import GroupSession
from groupnotes.signing.assembly import CONTENT
from groupnotes.signing.canonical import digest
from groupnotes.signing.models import Signature
from tests.support import audit_command, events, factories, journey, pdf, rows
from tests.support.cast import Cast
from tests.support.review import record
from tests.support.site import Site, one

RESPONSE = "Named two situations and rehearsed what to say."


@pytest.fixture
def note_id(cast: Cast, site: Site) -> uuid.UUID:
    return journey.signed_note(site.sign_in(cast.fiona), cast)


def alter(app: Flask, table: Any, **values: Any) -> None:
    """Write past the triggers, as whoever owns the database can."""
    with app.app_context(), db.engine.begin() as connection:
        triggers.remove(connection, table=table.__tablename__)
        connection.execute(sa.update(table.__table__).values(values))


def test_e1_a_signed_note_that_is_sent_again_is_not_overwritten(
    app: Flask, cast: Cast, site: Site
) -> None:
    journey.document(site.sign_in(cast.fiona), cast)
    note_id = journey.note_of(site, cast, "Annie")
    journey.write(site, note_id)
    form = journey.form_of(site, note_id)
    journey.sign(site, note_id)
    before = rows.at_rest(app)

    site.post(f"/notes/{note_id}", form | {"response": "Overwritten."}, status=409)

    assert rows.at_rest(app) == before
    assert "Verified" in site.get(f"/notes/{note_id}/signed").text


def test_e2_text_that_moves_from_one_field_to_another_is_found(
    app: Flask, site: Site, note_id: uuid.UUID
) -> None:
    with app.app_context():
        signed = db.session.scalars(sa.select(Signature)).one()
        tree = json.loads(signed.content)
        individual = tree["individual"]
        individual["group_response"] = individual["response"] + individual["group_response"]
        individual["response"] = ""
        moved = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        sealed = ring().seal(signed.data_key, CONTENT, signed.id, moved)
    alter(app, Signature, content=sealed, digest=bytes.fromhex(digest(moved.encode())))

    assert "This is not what was signed." in site.get(f"/notes/{note_id}/signed").text
    record(site, note_id, status=409)


def test_e2b_a_signature_that_is_dated_back_is_found(
    app: Flask, site: Site, note_id: uuid.UUID
) -> None:
    alter(app, Signature, signed_at=clock.now().replace(microsecond=0, year=2025))

    assert "This is not what was signed." in site.get(f"/notes/{note_id}/signed").text
    record(site, note_id, status=409)


def test_e3_two_sessions_on_one_day_keep_their_own_notes(
    app: Flask, cast: Cast, site: Site
) -> None:
    page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/sessions/new")
    site.submit(page, "#session-form", held_on="2026-03-03", starts="19:00", stops="20:00")
    with app.app_context():
        others = sa.select(GroupSession.id).where(GroupSession.id != cast.session)
        evening = db.session.scalars(others).one()
    for session, response in ((cast.session, "In the afternoon."), (evening, "In the evening.")):
        journey.document(site, cast, session=session)
        note = journey.note_of(site, cast, "Annie", session=session)
        journey.write(site, note, response=response)

    with app.app_context():
        notes = db.session.scalars(sa.text("SELECT count(*) FROM individual_notes")).one()
    assert notes == 6
    for session, response in ((cast.session, "In the afternoon."), (evening, "In the evening.")):
        note = journey.note_of(site, cast, "Annie", session=session)
        assert response in site.get(f"/notes/{note}").text


def test_e4_attendance_that_is_corrected_leaves_no_note_and_loses_no_text(
    cast: Cast, site: Site
) -> None:
    journey.document(site.sign_in(cast.fiona), cast)
    note_id = journey.note_of(site, cast, "Annie")
    journey.write(site, note_id)

    journey.document(site, cast, attendance={"ana": "cancelled"})

    assert len(site.get(f"/sessions/{cast.session}").select(".clients > li")) == 2
    site.get(f"/notes/{note_id}/sign", status=409)
    journey.document(site, cast)
    assert RESPONSE in site.get(f"/notes/{note_id}").text


def test_e5_what_is_sensitive_about_the_group_is_said_in_each_record(
    app: Flask, cast: Cast, site: Site
) -> None:
    with app.app_context():
        db.session.execute(sa.update(Group).values(kind=GroupKind.SUBSTANCE_USE))
        db.session.commit()
    journey.document(site.sign_in(cast.fiona), cast)

    for name in ("Annie", "Ben"):
        note_id = journey.note_of(site, cast, name)
        journey.write(site, note_id)
        journey.sign(site, note_id)
        assert "42 CFR part 2 prohibits" in pdf.flowing(record(site, note_id))


def test_e6_each_name_stands_beside_its_own_id(app: Flask, cast: Cast, site: Site) -> None:
    with app.app_context():
        group = db.session.get_one(Group, cast.group)
        for last_name in ("Zabel", "Abbott"):  # namesakes, and not in the order of their names
            factories.enrol(group, factories.client(first_name="Ana", last_name=last_name))
        db.session.commit()
        expected = {
            str(client.id): client.last_name
            for client in db.session.scalars(sa.select(Client))
            if client.id != cast.zoe
        }

    page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")

    shown = {}
    for line in page.select(".roster__row"):
        [client] = {str(f["name"]).removeprefix("status-") for f in line.select("[name^=status-]")}
        shown[client] = one(line, ".roster__name").text.split()[-1]
    assert shown == expected


@pytest.mark.usefixtures("note_id")
@pytest.mark.parametrize("cut", ["> 3", "BETWEEN 2 AND 3"], ids=["the last ones", "some between"])
def test_e9_events_that_are_deleted_are_missed(app: Flask, tmp_path: Path, cut: str) -> None:
    audit_command.grow(app, hours=2)
    anchor = tmp_path / "anchor"
    assert audit_command.audit(app, "anchor", str(anchor)).exit_code == 0
    with app.app_context(), db.engine.begin() as connection:
        triggers.remove(connection, table="audit_events")
        connection.execute(sa.text(f"DELETE FROM audit_events WHERE sequence {cut}"))

    assert audit_command.verify(app, "--anchor", str(anchor)).exit_code == 1


def test_e10_the_log_names_each_client_whose_attendance_is_written(
    app: Flask, cast: Cast, site: Site
) -> None:
    journey.document(site.sign_in(cast.fiona), cast)

    written = [event for event in events.events(app) if event.tag == "attendance:write"]
    assert {event.client_id for event in written} == {cast.ana, cast.ben, cast.cleo}
    assert {event.actor_id for event in written} == {cast.fiona}


@pytest.mark.usefixtures("note_id")
def test_e11_the_log_holds_no_text(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        kept = "\n".join(map(str, rows.rows_of(connection, "audit_events")))

    assert "note:sign" in kept
    words = [RESPONSE, "Coping ahead", "The group was lively", "Ana", "Alvarez"]
    assert [word for word in words if word in kept] == []


def test_e12_who_attended_nothing_has_nothing_of_the_group(
    app: Flask, cast: Cast, site: Site
) -> None:
    journey.document(site.sign_in(cast.fiona), cast, attendance={"cleo": "no_show"})
    for name in ("Annie", "Ben"):
        note_id = journey.note_of(site, cast, name)
        journey.write(site, note_id)
        journey.sign(site, note_id)

    for who in (cast.fiona, cast.rita):
        chart = Site(app).sign_in(who).get(f"/clients/{cast.cleo}")
        assert chart.select("a[href^='/notes/']") == []
        assert str(journey.GROUP_NOTE["topic"]) not in chart.text
    with app.app_context():
        of_cleo = sa.text("SELECT count(*) FROM individual_notes WHERE client_id = :client")
        found = db.session.execute(of_cleo.bindparams(sa.bindparam("client", cast.cleo, sa.Uuid())))
        assert found.scalar_one() == 0
