"""Whoever is given back what they added writes it again, or leaves it out; others see who may."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.accounts.models import UserRole
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.signing.proof import Verdict
from tests.support import emergency, events, factories, journey, pdf
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.review import COMMENT, ENTRY, add, co_sign, record, return_entry, verdicts
from tests.support.rows import at_rest
from tests.support.site import Site, done, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


def shown(site: Site, note_id: uuid.UUID) -> BeautifulSoup:
    return site.get(f"/notes/{note_id}/signed")


def history(site: Site, note_id: uuid.UUID) -> str:
    return " ".join(one(shown(site, note_id), "[aria-labelledby=returns-title]").text.split())


def again(site: Site, note_id: uuid.UUID) -> BeautifulSoup:
    """Open the form on which a returned entry is written again."""
    return site.get(str(one(shown(site, note_id), "a[href*='?returned=']")["href"]))


class TestItsAuthor:
    def test_they_are_told_and_find_the_comment(
        self, cast: Cast, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        assert site.get("/").select("[aria-labelledby=returned-title]") == []

        return_entry(sam, locked)

        told = one(site.get("/"), "[aria-labelledby=returned-title]")
        assert "Addendum" in told.text
        address, _, place = str(one(told, "a")["href"]).partition("#")
        page = site.get(address)
        assert one(page, f"#{place}")
        assert COMMENT in page.text
        assert "Sam Summers" in history(site, locked)

    @both
    def test_they_write_it_again_with_its_own_words(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID, *, htmx: bool
    ) -> None:
        add(site, locked)
        return_entry(sam, locked)

        page = again(site, locked)
        assert COMMENT in one(page, "[aria-labelledby=given-back-title]").text
        assert one(page, "[name=kind][checked]")["value"] == ENTRY["kind"]
        assert one(page, "[name=reason]")["value"] == ENTRY["reason"]
        assert one(page, "[name=text]").text.strip() == ENTRY["text"]
        assert page.select("nav[aria-label=Main] [aria-current=page]") == []
        fill = {"text": "It helped at once.", "password": PASSWORD}
        site.submit(page, "#entry-form", status=done(htmx=htmx), htmx=htmx, fill=fill)

        assert site.get("/").select("[aria-labelledby=returned-title]") == []
        assert shown(site, locked).select("a[href*='?returned=']") == []
        assert COMMENT in history(site, locked)
        queue = sam.get("/cosign").text
        assert "It helped at once." in queue
        assert COMMENT in queue
        co_sign(sam)
        text = pdf.flowing(record(site, locked))
        assert "It helped at once." in text
        assert COMMENT not in text
        assert verdicts(app, locked) == {Verdict.VERIFIED}

    def test_a_form_that_is_refused_shows_the_comment_again(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        return_entry(sam, locked)

        fill = {"text": "", "password": PASSWORD}
        page = site.submit(again(site, locked), "#entry-form", status=422, fill=fill)

        assert COMMENT in page.text
        assert site.get("/").select("[aria-labelledby=returned-title]") != []

    @both
    def test_they_leave_it_out(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID, *, htmx: bool
    ) -> None:
        add(site, locked)
        return_entry(sam, locked)
        page, form = shown(site, locked), again(site, locked)
        leave_out = "form[action$='/leave-out']"

        site.submit(page, leave_out, status=done(htmx=htmx), htmx=htmx)

        assert site.get("/").select("[aria-labelledby=returned-title]") == []
        assert "Returned before" in history(site, locked)
        assert "note-entry:leave-out" in [event.tag for event in events.events(app)]
        site.submit(page, leave_out, status=409)
        site.submit(form, "#entry-form", status=409, fill={"password": PASSWORD})
        site.get(str(one(page, "a[href*='?returned=']")["href"]), status=409)
        assert len(at_rest(app)["note_entries"]) == 1

    def test_who_works_as_something_else_by_now_can_leave_it_out(
        self, app: Flask, cast: Cast, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        return_entry(sam, locked)
        with app.app_context():
            mine = UserRole.user_id == cast.fiona
            db.session.execute(sa.delete(UserRole).where(mine))
            factories.give_role(cast.fiona, Role.RECORDS)
            db.session.commit()
        assert one(site.get("/"), "[aria-labelledby=returned-title]")

        assert shown(site, locked).select("a[href*='?returned=']") == []
        site.submit(shown(site, locked), "form[action$='/leave-out']")

        assert site.get("/").select("[aria-labelledby=returned-title]") == []

    def test_of_two_each_is_to_do_on_its_own(
        self, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        for text in ("The first thing.", "The second thing."):
            add(site, locked, text=text)
        for _ in range(2):
            return_entry(sam, locked)
        assert len(one(site.get("/"), "[aria-labelledby=returned-title]").select("tbody tr")) == 2

        links = [str(a["href"]) for a in shown(site, locked).select("a[href*='?returned=']")]
        page = site.get(links[1])
        assert one(page, "[name=text]").text.strip() == "The second thing."
        site.submit(page, "#entry-form", status=303, fill={"password": PASSWORD})

        assert len(one(site.get("/"), "[aria-labelledby=returned-title]").select("tbody tr")) == 1
        [left] = shown(site, locked).select("a[href*='?returned=']")
        assert left["href"] == links[0]

    def test_a_forged_place_is_none(
        self, app: Flask, cast: Cast, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        return_entry(sam, locked)
        carl = Site(app).sign_in(cast.carl)
        page = carl.get(f"/notes/{locked}/entries/new")
        [theirs] = shown(site, locked).select("a[href*='?returned=']")
        entry_id = str(theirs["href"]).partition("=")[2]

        carl.get(f"/notes/{locked}/entries/new?returned={entry_id}", status=404)
        carl.submit(page, "#entry-form", status=409, fill=ENTRY | {"returned": entry_id})
        address = f"/notes/{locked}/entries/{entry_id}/leave-out"
        carl.post(address, {"csrf_token": carl.token()}, status=409)
        olga = Site(app).sign_in(cast.olga)
        olga.post(address, {"csrf_token": olga.token()}, status=404)
        carl.submit(page, "#entry-form", status=303, fill=ENTRY | {"returned": "nothing"})

        assert again(site, locked)


class TestWhatChangedInTheGroupNote:
    @pytest.fixture
    def returned(self, cast: Cast, site: Site, sam: Site, locked: uuid.UUID) -> uuid.UUID:
        """Ana's note, of which Fiona said that a change is nothing to Ana, and Sam disagrees."""
        journey.document(site, cast, dynamics="The group was quiet.")
        page = site.get(f"/notes/{locked}/entries/new?no-effect=1")
        site.submit(page, "#entry-form", status=303, fill={"password": PASSWORD})
        assert "The group note has changed since" not in shown(site, locked).text
        return_entry(sam, locked)
        return locked

    def test_it_is_not_considered_any_more(self, site: Site, returned: uuid.UUID) -> None:
        assert "The group note has changed since" in shown(site, returned).text

    def test_it_can_be_said_again(self, site: Site, returned: uuid.UUID) -> None:
        page = again(site, returned)

        assert one(page, "[name=kind][checked]")["value"] == "no_effect"
        site.submit(page, "#entry-form", status=303, fill={"password": PASSWORD})
        assert "The group note has changed since" not in shown(site, returned).text

    def test_not_of_what_changed_again(self, cast: Cast, site: Site, returned: uuid.UUID) -> None:
        journey.document(site, cast, dynamics="The group was loud.")

        page = again(site, returned)

        assert page.select("[name=kind][value=no_effect]") == []
        fill = {"kind": "addendum", "password": PASSWORD}
        site.submit(page, "#entry-form", status=303, fill=fill)
        assert "The group note has changed since" in shown(site, returned).text


class TestWhoSeesIt:
    @pytest.mark.parametrize("who", ["fiona", "carl", "sam", "rita"])
    def test_whom_it_concerns(
        self, app: Flask, cast: Cast, site: Site, sam: Site, locked: uuid.UUID, who: str
    ) -> None:
        add(site, locked)
        return_entry(sam, locked)

        page = shown(Site(app).sign_in(getattr(cast, who)), locked)

        assert (COMMENT in page.text) == (who != "rita")
        assert ENTRY["text"] not in page.text
        offered = page.select("a[href*='?returned='], form[action$='/leave-out']")
        assert len(offered) == (2 if who == "fiona" else 0)

    def test_nobody_reads_the_comment_in_an_emergency(
        self, app: Flask, cast: Cast, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        return_entry(sam, locked)
        olga = Site(app).sign_in(cast.olga)
        emergency.begin(olga)

        assert COMMENT not in shown(olga, locked).text

    def test_nothing_waits_for_the_destruction_of_a_record(
        self, app: Flask, cast: Cast, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        rita = Site(app).sign_in(cast.rita)
        add(site, locked)
        address = f"/clients/{cast.ana}/retention"
        assert "1 progress note is not signed" in rita.get(address).text

        return_entry(sam, locked)

        assert "progress note is not signed" not in rita.get(address).text

    def test_a_note_that_is_entered_in_error_asks_for_nothing_more(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        return_entry(sam, locked)
        page = site.get(f"/notes/{locked}/entered-in-error")
        fill = {"reason": "Another reason", "text": "It is.", "password": PASSWORD}

        site.submit(page, "#in-error-form", status=303, fill=fill)

        assert site.get("/").select("[aria-labelledby=returned-title]") == []
        assert shown(site, locked).select("a[href*='?returned=']") == []
        site.submit(shown(site, locked), "form[action$='/leave-out']", status=303)
