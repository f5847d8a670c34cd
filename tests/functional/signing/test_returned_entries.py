"""A supervisor returns what was added to a note: it is no part of the note any more."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.notes.states import NoteStatus
from groupnotes.signing import export, proof, verify
from groupnotes.signing.models import EntryReturn
from groupnotes.signing.proof import Verdict
from tests.support import events, factories, pdf
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.review import (
    COMMENT,
    ENTRY,
    add,
    co_sign,
    links_to_return,
    record,
    return_entry,
    status_of,
    verdicts,
)
from tests.support.rows import at_rest
from tests.support.site import BASE, Site, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


def shown(site: Site, note_id: uuid.UUID) -> BeautifulSoup:
    return site.get(f"/notes/{note_id}/signed")


class TestReturning:
    @both
    def test_it_is_no_part_of_the_note_any_more(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID, *, htmx: bool
    ) -> None:
        add(site, locked)
        before = at_rest(app)["note_entries"]
        record(site, locked, status=409)

        return_entry(sam, locked, htmx=htmx)

        assert at_rest(app)["note_entries"] == before
        assert shown(site, locked).select("[aria-labelledby^=entry-]") == []
        assert ENTRY["text"] not in pdf.flowing(record(site, locked))
        assert "Nothing waits for your review." in sam.get("/cosign").text
        assert verdicts(app, locked) == {Verdict.VERIFIED}

    def test_the_log_names_it(
        self, app: Flask, cast: Cast, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)

        return_entry(sam, locked)

        [event] = [one for one in events.events(app) if one.tag == "note:return"]
        [[entry_id, *_]] = at_rest(app)["note_entries"]
        assert (event.client_id, event.actor_id, event.outcome) == (cast.ana, cast.sam, "success")
        assert str(event.object_id).replace("-", "") in str(entry_id).replace("-", "")

    @pytest.mark.parametrize("comment", ["", "  ", "Ben was there too."])
    def test_a_comment_is_asked_for_that_names_nobody_else(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID, comment: str
    ) -> None:
        add(site, locked)

        page = return_entry(sam, locked, status=422, comment=comment)

        assert one(page, ".govuk-error-summary a[href='#comment']")
        assert comment.strip() in page.text
        assert ENTRY["text"] in page.text
        assert at_rest(app)["entry_returns"] == []

    def test_a_name_in_it_is_replaced_on_the_page(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        page = return_entry(sam, locked, status=422, comment="Ben was there too.")

        page = sam.submit(page, "#return-form", status=200, button="[name=replace]")

        assert "Ben" not in one(page, "#comment").text
        assert "was there too." in one(page, "#comment").text
        assert at_rest(app)["entry_returns"] == []

    def test_what_was_co_signed_meanwhile_is_not_returned(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        [link] = links_to_return(sam, locked)
        page = sam.get(link)
        co_sign(sam)

        answer = sam.submit(page, "#return-form", status=409, fill={"comment": COMMENT})

        assert COMMENT in answer.text
        assert at_rest(app)["entry_returns"] == []
        sam.get(link, status=409)

    def test_what_was_returned_is_neither_returned_again_nor_co_signed(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        [link] = links_to_return(sam, locked)
        page, queue = sam.get(link), sam.get("/cosign")
        box = str(one(queue, "[name=notes]")["value"])
        return_entry(sam, locked)

        sam.submit(page, "#return-form", status=409, fill={"comment": COMMENT})
        fill = {"notes": [box], "password": PASSWORD}
        sam.submit(queue, "#co-sign-form", status=409, fill=fill)

        assert len(at_rest(app)["entry_returns"]) == 1
        assert len(at_rest(app)["co_signatures"]) == 1

    def test_another_digest_than_the_one_that_was_read_is_refused(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        for text in ("The first thing.", "The second thing."):
            add(site, locked, text=text)
        first, second = (sam.get(link) for link in links_to_return(sam, locked))
        seen = str(one(second, "[name=seen]")["value"])

        sam.submit(first, "#return-form", status=409, fill={"comment": COMMENT, "seen": seen})

        assert at_rest(app)["entry_returns"] == []

    def test_nobody_else_returns_it(
        self, app: Flask, cast: Cast, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        [link] = links_to_return(sam, locked)
        with app.app_context():
            another = factories.user("Sue Sand", Role.SUPERVISOR).id
            db.session.commit()
        tried = {"comment": COMMENT, "seen": str(one(sam.get(link), "[name=seen]")["value"])}

        for who in (cast.fiona, cast.carl, cast.olga, cast.rita, cast.adam, another):
            browser = Site(app).sign_in(who)
            status = 404 if who == another else 403
            browser.get(link, status=status)
            browser.post(link, tried | {"csrf_token": browser.token()}, status=status)

        assert at_rest(app)["entry_returns"] == []

    def test_its_page_says_where_its_link_leads(
        self, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)

        page = sam.get(links_to_return(sam, locked)[0])

        assert "Back to the queue without returning it" in page.text
        assert one(page, "nav[aria-label=Main] [aria-current=page]").text == "Co-sign"


class TestOneOfSeveral:
    """What stands has no gap, whichever of those that wait is returned."""

    @pytest.fixture
    def three(self, site: Site, locked: uuid.UUID) -> uuid.UUID:
        """Ana's note with three entries of Fiona's that wait."""
        for text in ("The first thing.", "The second thing.", "The third thing."):
            add(site, locked, text=text)
        return locked

    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_the_record_is_whole_alone(
        self, app: Flask, site: Site, sam: Site, three: uuid.UUID, place: int, tmp_path: Path
    ) -> None:
        return_entry(sam, three, place=place)
        assert verdicts(app, three) == {Verdict.VERIFIED}
        co_sign(sam)

        assert self.is_verified_alone(site, three, tmp_path)
        assert verdicts(app, three) == {Verdict.VERIFIED}

        add(site, three, text="The fourth thing.")
        co_sign(sam)
        assert self.is_verified_alone(site, three, tmp_path)
        text = pdf.flowing(record(site, three))
        things = ["first", "second", "third", "fourth"]
        places = [text.find(f"The {which} thing.") for which in things]
        assert places.pop(place) == -1
        assert places == sorted(places)
        assert min(places) > 0

    def test_an_entry_that_nobody_reviews_does_not_follow_upon_one_that_waits(
        self, app: Flask, cast: Cast, site: Site, sam: Site, three: uuid.UUID, tmp_path: Path
    ) -> None:
        add(Site(app).sign_in(cast.carl), three, text="What Carl knows.")
        for _ in range(3):
            return_entry(sam, three)

        assert self.is_verified_alone(site, three, tmp_path)
        assert "What Carl knows." in pdf.flowing(record(site, three))

    def test_they_are_counted_as_they_are_locked(
        self, app: Flask, site: Site, sam: Site, three: uuid.UUID, tmp_path: Path
    ) -> None:
        [_, last] = [str(box["value"]) for box in sam.get("/cosign").select("[name=notes]")][1:]
        co_sign(sam, notes=[last])
        co_sign(sam)

        assert self.is_verified_alone(site, three, tmp_path)
        assert verdicts(app, three) == {Verdict.VERIFIED}

    def test_one_that_is_left_out_of_the_record_is_missed(
        self, site: Site, sam: Site, three: uuid.UUID, tmp_path: Path
    ) -> None:
        return_entry(sam, three)
        co_sign(sam)
        [written] = pdf.reader(record(site, three)).attachments["signed-record.json"]
        (note, review, _, _, *rest), whole = export.read(written)

        found = self.verified(tmp_path, export.Exported([note, review, *rest], whole))

        assert found == verify.ALTERED

    def is_verified_alone(self, site: Site, note_id: uuid.UUID, folder: Path) -> bool:
        [written] = pdf.reader(record(site, note_id)).attachments["signed-record.json"]
        return self.verified(folder, export.read(written)) == verify.VERIFIED

    def verified(self, folder: Path, record: export.Exported) -> int:
        file, key = folder / "record.json", folder / "key.pem"
        assert record.whole is not None
        file.write_text(export.write(record.parts, record.whole))
        key.write_text(proof.to_pem(record.parts[0].public_key))
        return verify.main([str(file), "--key", str(key)])


class TestTheDatabase:
    @pytest.mark.parametrize(
        ("statement", "reason"),
        [
            (sa.delete(EntryReturn), "never removed"),
            (sa.update(EntryReturn).values(comment_sealed=b"forged"), "never changed"),
            (sa.update(EntryReturn).values(settled_at=None), "never changed"),
        ],
    )
    def test_a_return_stays_as_it_is(
        self,
        app: Flask,
        site: Site,
        sam: Site,
        locked: uuid.UUID,
        statement: sa.Executable,
        reason: str,
    ) -> None:
        add(site, locked)
        return_entry(sam, locked)

        with app.app_context(), pytest.raises(sa.exc.DatabaseError, match=reason):
            db.session.execute(statement)

    def test_no_record_of_a_note_that_waits_is_given_out_until_it_is_returned(
        self, app: Flask, cast: Cast, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        rita = Site(app).sign_in(cast.rita)
        assert rita.client.get(f"/notes/{locked}/record.pdf", base_url=BASE).status_code == 409

        return_entry(sam, locked)

        assert record(rita, locked).startswith(b"%PDF")
        assert status_of(app, locked) is NoteStatus.SIGNED
