"""A supervisee's note: awaiting review, co-signed or returned, and given out only afterwards."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.core import triggers
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.signing import export, proof, verify
from groupnotes.signing.models import CoSignature, Signature
from tests.support import events, factories, journey, pdf
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.review import co_sign, record, return_note, status_of
from tests.support.rows import at_rest
from tests.support.site import Site, one

pytestmark = pytest.mark.usefixtures("supervised")

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


class TestAwaitingReview:
    def test_the_author_is_told_and_everybody_sees_what_it_waits_for(
        self, cast: Cast, site: Site
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id)
        journey.sign(site, note_id)

        page = site.follow()

        assert "A supervisor has to sign too" in page.text
        assert "waits for the supervisor of its author" in page.text
        session = site.get(f"/sessions/{cast.session}")
        assert one(session, f"#state-{note_id}").text == "Awaiting review"
        assert "Awaiting review" in site.get(f"/clients/{cast.ana}").text

    def test_no_record_of_it_is_given_out(self, cast: Cast, site: Site, note_id: uuid.UUID) -> None:
        assert site.get(f"/notes/{note_id}/signed").select("a[href$='record.pdf']") == []
        assert b"waits for a supervisor" in record(site, note_id, status=409)
        site.sign_in(cast.rita)
        record(site, note_id, status=404)
        site.get(f"/notes/{note_id}/signed", status=404)

    def test_it_is_frozen(self, app: Flask, cast: Cast, site: Site) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id)
        form = journey.form_of(site, note_id)
        journey.sign(site, note_id)
        before = at_rest(app)

        site.get(f"/notes/{note_id}", status=303)
        for route in ("", "/draft", "/refresh"):
            site.post(f"/notes/{note_id}{route}", form | {"plan": "Forged"}, status=409)
        site.get(f"/notes/{note_id}/entries/new", status=404)
        journey.document(site, cast, attendance={"ana": "no_show"}, status=422)

        assert at_rest(app)["individual_notes"] == before["individual_notes"]
        with app.app_context(), pytest.raises(sa.exc.DatabaseError, match="signed note"):
            db.session.execute(sa.update(IndividualNote).values(plan_sealed=b"forged"))

    def test_the_supervisor_has_it_in_the_queue_whole(
        self, site: Site, sam: Site, note_id: uuid.UUID
    ) -> None:
        assert "1 to review" in sam.get("/").text
        page = sam.get("/cosign")

        article = one(page, f"#note-{note_id}").text
        for text in ("Ana Alvarez", "Coping ahead", "Named two situations", "Try it once before"):
            assert text in article

    def test_nobody_else_has_it_there(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        with app.app_context():
            another = factories.user("Sue Sand", Role.SUPERVISOR).id
            db.session.commit()
        site.get("/cosign", status=403)
        sue = Site(app).sign_in(another)

        assert "Nothing waits for your review." in sue.get("/cosign").text
        sue.get(f"/notes/{note_id}/return", status=404)

    def test_one_who_is_not_supervised_signs_alone(
        self, app: Flask, cast: Cast, site: Site, supervised: Any
    ) -> None:
        supervised(co_signs=False)

        note_id = journey.signed_note(site.sign_in(cast.fiona), cast)

        assert status_of(app, note_id) is NoteStatus.SIGNED
        assert record(site, note_id).startswith(b"%PDF")


class TestWhatTheSignerSaw:
    @both
    @pytest.mark.parametrize("due", [True, False], ids=["became due", "was due"])
    def test_a_supervision_that_began_or_ended_meanwhile_is_told(
        self, app: Flask, cast: Cast, site: Site, supervised: Any, *, due: bool, htmx: bool
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id)
        supervised(co_signs=not due)
        page = site.get(f"/notes/{note_id}/sign")
        assert ("Your supervisor has to sign too" in page.text) is not due
        box = str(one(page, "[name=notes]")["value"])
        supervised(co_signs=due)

        fill = {"notes": [box], "password": PASSWORD}
        page = site.submit(page, "#sign-form", status=409, htmx=htmx, fill=fill)

        assert "whether a supervisor has to sign too changed. Nothing was signed." in page.text
        assert at_rest(app)["signatures"] == []
        again = site.get(f"/notes/{note_id}/sign")
        assert ("Your supervisor has to sign too" in again.text) is due
        journey.sign(site, note_id)
        awaits = NoteStatus.AWAITING_REVIEW if due else NoteStatus.SIGNED
        assert status_of(app, note_id) is awaits


class TestFindings:
    def test_what_stands_out_is_said(self, cast: Cast, site: Site, sam: Site) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(
            site, note_id, response="She said: “" + "I do not know what to do. " * 12 + "”"
        )
        journey.sign(site, note_id)
        journey.document(site, cast, dynamics="The group was quiet.")

        text = one(sam.get("/cosign"), f"#note-{note_id} .warning").text

        assert "It quotes the client at length." in text
        assert "The group note is at revision 2 now; revision 1 was signed." in text
        assert "business days after the session" in text

    def test_a_name_that_was_learned_later_is_found(
        self, app: Flask, cast: Cast, site: Site, sam: Site
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id, response="Talked with Quill about it.")
        journey.sign(site, note_id)
        page = site.get(f"/clients/{cast.ben}/edit")
        site.submit(page, "#client-form", status=303, fill={"aliases": "Quill"})

        text = one(sam.get("/cosign"), f"#note-{note_id} .warning").text

        assert "It names another client of the session." in text


class TestCoSigning:
    @both
    def test_it_locks_the_note_with_both_names(
        self, app: Flask, cast: Cast, site: Site, sam: Site, note_id: uuid.UUID, *, htmx: bool
    ) -> None:
        before = at_rest(app)["signatures"]

        co_sign(sam, htmx=htmx)

        assert at_rest(app)["signatures"] == before
        assert status_of(app, note_id) is NoteStatus.SIGNED
        page = " ".join(site.get(f"/notes/{note_id}/signed").text.split())
        assert "Electronically signed by Fiona Field, LCSW" in page
        assert "Co-signed by Sam Summers, LCSW, who supervises the author" in page
        assert "Nothing waits for your review." in sam.get("/cosign").text
        tags = [event.tag for event in events.events(app) if event.object_id == note_id]
        assert "note:co-sign" in tags
        assert site.sign_in(cast.rita).get(f"/notes/{note_id}/signed")

    def test_the_record_shows_it_and_proves_it_alone(
        self, site: Site, sam: Site, note_id: uuid.UUID, tmp_path: Path, capsys: Any
    ) -> None:
        co_sign(sam)
        printed = record(site, note_id)
        file, key = tmp_path / "record.pdf", tmp_path / "key.pem"
        file.write_bytes(printed)
        [written] = pdf.reader(printed).attachments["signed-record.json"]
        proofs, _ = export.read(written)
        key.write_text(proof.to_pem(proofs[0].public_key))

        assert verify.main([str(file), "--key", str(key)]) == verify.VERIFIED

        assert "review by Sam Summers" in capsys.readouterr().out
        text = pdf.flowing(printed)
        assert "Co-signature" in text
        assert "Review: the signer supervises the author" in text
        assert "Sam Summers, LCSW" in text

    def test_a_record_without_the_co_signature_is_found_out_alone(
        self, site: Site, sam: Site, note_id: uuid.UUID, tmp_path: Path, capsys: Any
    ) -> None:
        co_sign(sam)
        [written] = pdf.reader(record(site, note_id)).attachments["signed-record.json"]
        proofs, whole = export.read(written)
        assert whole is not None
        file, key = tmp_path / "record.json", tmp_path / "key.pem"
        file.write_text(export.write(proofs[:1], whole))
        key.write_text(proof.to_pem(proofs[0].public_key))

        assert verify.main([str(file), "--key", str(key)]) == verify.ALTERED

        assert "A supervisor’s signature is due" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("fill", "sentence"),
        [
            ({"password": "not mine at all"}, "password"),
            ({"password": ""}, "Type your password"),
            ({"notes": []}, "Tick each note"),
        ],
    )
    def test_a_refusal_signs_nothing_and_keeps_the_ticks(
        self, app: Flask, sam: Site, note_id: uuid.UUID, fill: dict[str, Any], sentence: str
    ) -> None:
        page = co_sign(sam, status=422, **fill)

        assert sentence in page.text
        assert len(page.select("[name=notes][checked]")) == (0 if "notes" in fill else 1)
        assert status_of(app, note_id) is NoteStatus.AWAITING_REVIEW

    def test_the_same_form_twice_signs_once(
        self, app: Flask, sam: Site, note_id: uuid.UUID
    ) -> None:
        page = sam.get("/cosign")
        box = str(one(page, "[name=notes]")["value"])
        fill = {"notes": [box], "password": PASSWORD}
        sam.submit(page, "#co-sign-form", status=303, fill=fill)

        sam.submit(page, "#co-sign-form", status=303, fill=fill)  # a lost answer is asked for again

        assert len(at_rest(app)["co_signatures"]) == 1

    def test_what_was_returned_and_signed_anew_is_not_signed_by_an_old_page(
        self, app: Flask, site: Site, sam: Site, note_id: uuid.UUID
    ) -> None:
        page = sam.get("/cosign")
        box = str(one(page, "[name=notes]")["value"])
        return_note(sam, note_id)
        journey.write(site, note_id, plan="Another plan.")
        journey.sign(site, note_id)

        fill = {"notes": [box], "password": PASSWORD}
        answer = sam.submit(page, "#co-sign-form", status=409, fill=fill)

        assert "Nothing was signed." in answer.text
        assert status_of(app, note_id) is NoteStatus.AWAITING_REVIEW

    def test_a_former_supervisor_signs_nothing(
        self, app: Flask, sam: Site, note_id: uuid.UUID
    ) -> None:
        page = sam.get("/cosign")
        box = str(one(page, "[name=notes]")["value"])
        with app.app_context():
            factories.change_supervision(ended_on=factories.LONG_AGO)
            db.session.commit()

        fill = {"notes": [box], "password": PASSWORD}
        sam.submit(page, "#co-sign-form", status=404, fill=fill)

        assert status_of(app, note_id) is NoteStatus.AWAITING_REVIEW


class TestForged:
    """Whoever writes to the database past its triggers is found out."""

    def alter(self, app: Flask, model: Any, row: uuid.UUID | None = None, **values: Any) -> None:
        changed = sa.update(model).values(**values)
        with app.app_context(), db.engine.begin() as connection:
            triggers.remove(connection, table=model.__tablename__)
            connection.execute(changed if row is None else changed.where(model.id == row))

    def test_a_note_that_nobody_reviewed(self, app: Flask, site: Site, note_id: uuid.UUID) -> None:
        self.alter(app, IndividualNote, note_id, status=NoteStatus.SIGNED)

        page = site.get(f"/notes/{note_id}/signed")

        assert "A supervisor’s signature is due beside this one" in page.text
        record(site, note_id, status=409)

    @pytest.mark.parametrize("column", ["digest", "signature"])
    def test_an_altered_co_signature(
        self, app: Flask, site: Site, sam: Site, note_id: uuid.UUID, column: str
    ) -> None:
        co_sign(sam)
        values: dict[str, Any] = {column: bytes(64 if column == "signature" else 32)}
        self.alter(app, CoSignature, **values)

        assert "Altered" in site.get(f"/notes/{note_id}/signed").text
        record(site, note_id, status=409)

    def test_another_reviewer(
        self, app: Flask, cast: Cast, site: Site, sam: Site, note_id: uuid.UUID
    ) -> None:
        co_sign(sam)
        self.alter(app, CoSignature, signer_id=cast.adam)

        assert "Altered" in site.get(f"/notes/{note_id}/signed").text
        record(site, note_id, status=409)

    def test_another_version(self, app: Flask, site: Site, sam: Site, note_id: uuid.UUID) -> None:
        co_sign(sam)
        self.alter(app, Signature, version=40)

        assert "This is not what was signed." in site.get(f"/notes/{note_id}/signed").text
        record(site, note_id, status=409)

    def test_the_signed_content_says_that_a_review_is_due(
        self, app: Flask, note_id: uuid.UUID
    ) -> None:
        with app.app_context():
            [signed] = db.session.scalars(sa.select(Signature))
            assert json.loads(signed.content)["signature"]["review"] == "due"
