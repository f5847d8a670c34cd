"""The group note goes into every record, so it names nobody of the group."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core.db import db
from groupnotes.groups.models import Group
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.rows import at_rest
from tests.support.site import Site, both, done, fields_of, one

FIELDS = ("topic", "interventions_other", "dynamics", "plan")
SENTENCE = "it must name no client"


@pytest.fixture
def group(app: Flask, cast: Cast, site: Site) -> None:
    """Cleo has a preferred name and two aliases; Zoe left long ago, and Gwen will join."""
    with app.app_context():
        cleo = db.session.get_one(Client, cast.cleo)
        cleo.preferred_name, cleo.aliases = "Kit", "Clee\nMaddox"
        here = db.session.get_one(Group, cast.group)
        zoe = db.session.get_one(Client, cast.zoe)
        factories.enrol(here, zoe, started_on=dt.date(2025, 1, 7), ended_on=dt.date(2025, 6, 3))
        gwen = factories.client(first_name="Gwen", last_name="Gruber")
        factories.enrol(here, gwen, started_on=dt.date(2026, 5, 5))
        db.session.commit()
    site.sign_in(cast.fiona)


def marked(page: BeautifulSoup) -> list[str]:
    return [mark.text for mark in page.select("mark")]


def shown(page: BeautifulSoup, field: str) -> str:
    return str(fields_of(one(page, "#session-form"))[field])


def summary(page: BeautifulSoup) -> dict[str, str]:
    links = one(page, ".govuk-error-summary").select("a")
    return {str(link["href"]): link.text for link in links}


@pytest.mark.usefixtures("group")
class TestANameInTheGroupNote:
    NAMES = {
        "a first name": ("Ana told of her week.", "Ana"),
        "a last name, in capitals": ("ALVAREZ told of her week.", "ALVAREZ"),
        "a preferred name": ("We heard of annie’s week.", "annie"),
        "another preferred name": ("It was Kit who spoke.", "Kit"),
        "an alias": ("Then Maddox, again.", "Maddox"),
        "both names": ("Ben Brandt spoke.", "Ben Brandt"),
        "of somebody who left": ("As zimmer said.", "zimmer"),
        "of somebody who will join": ("Waiting for GWEN.", "GWEN"),
    }

    @both
    def test_it_is_refused_and_marked(self, app: Flask, cast: Cast, site: Site, htmx: bool) -> None:
        before = at_rest(app)

        for what, (text, name) in self.NAMES.items():
            page = journey.document(site, cast, status=422, htmx=htmx, dynamics=text)
            assert list(summary(page)) == ["#dynamics"], what
            assert SENTENCE in summary(page)["#dynamics"], what
            assert " ".join(marked(page)) == name, what
            assert shown(page, "dynamics") == text, what

        assert at_rest(app) == before

    @both
    def test_it_is_found_in_every_text(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        before = at_rest(app)
        texts = dict.fromkeys(FIELDS, "Asked Maddox.")

        page = journey.document(site, cast, status=422, htmx=htmx, **texts)  # type: ignore[arg-type]

        assert set(summary(page)) == {f"#{field}" for field in FIELDS}
        assert marked(page) == ["Maddox"] * len(FIELDS)
        for field in FIELDS:
            button = one(page, f"button[name=replace][value^={field}]")
            assert button.text == "Replace with “a member”"
        assert at_rest(app) == before

    @both
    def test_one_button_replaces_it_and_what_remains_is_accepted(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = journey.document(
            site,
            cast,
            status=422,
            htmx=htmx,
            attendance={"ben": "late 17:20"},
            dynamics="Kit began. Then BRANDT spoke,\nand Kit’s answer helped.",
            plan="Ask Ana.",
        )

        for left in (["BRANDT", "Kit", "Ana"], ["Kit", "Ana"], ["Ana"]):
            page = site.submit(
                page, "#session-form", button="[name=replace]", status=200, htmx=htmx
            )
            assert marked(page) == left
        assert shown(page, f"arrived-{cast.ben}") == "17:20"
        page = site.submit(page, "#session-form", button="[name=replace]", status=200, htmx=htmx)
        assert marked(page) == []
        dynamics = "A member began. Then a member spoke,\nand a member’s answer helped."
        assert shown(page, "dynamics") == dynamics
        assert shown(page, "plan") == "Ask a member."
        site.submit(page, "#session-form", status=done(htmx=htmx), htmx=htmx)

        assert shown(site.follow(), "dynamics") == dynamics

    def test_staff_and_strangers_may_be_named(self, cast: Cast, site: Site) -> None:
        journey.document(site, cast, dynamics="Fiona Field quoted Marsha Linehan.")

        assert "Linehan" in shown(site.follow(), "dynamics")

    def test_a_word_that_holds_a_name_is_no_name(self, cast: Cast, site: Site) -> None:
        journey.document(site, cast, dynamics="Bananas on the bench; they kitted out the room.")

        assert "Bananas" in shown(site.follow(), "dynamics")


class TestSomebodyWhoJoinsLater:
    TEXT = "The song about Zoe helped."

    def enrol(self, site: Site, cast: Cast) -> None:
        page = site.get(f"/groups/{cast.group}/enrolments/new")
        site.submit(page, "#enrolment-form", mrn="MRN-9", started_on="2026-03-10")

    def sign(self, site: Site, page: BeautifulSoup, status: int, *, htmx: bool) -> BeautifulSoup:
        return site.submit(
            page,
            "#sign-form",
            notes=[str(one(page, "[name=notes]")["value"])],
            password=factories.PASSWORD,
            status=status,
            htmx=htmx,
        )

    @both
    def test_a_group_note_that_names_them_is_not_signed_any_more(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast, dynamics=self.TEXT)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id)
        self.enrol(site, cast)

        for where in (f"/notes/{note_id}/sign", f"/sessions/{cast.session}/sign"):
            page = self.sign(site, site.get(where), 422, htmx=htmx)
            assert (
                "or its group note, names another client" in one(page, ".govuk-error-summary").text
            )
        assert at_rest(app)["signatures"] == []

        journey.document(site, cast, dynamics="The song about a member helped.")
        self.sign(site, site.get(f"/notes/{note_id}/sign"), done(htmx=htmx), htmx=htmx)
        signed = site.get(f"/notes/{note_id}/signed").text
        assert "about a member helped" in signed

    def test_the_next_submit_must_not_name_them_either(self, cast: Cast, site: Site) -> None:
        journey.document(site.sign_in(cast.fiona), cast, dynamics=self.TEXT)
        self.enrol(site, cast)

        page = journey.document(site, cast, status=422, dynamics=self.TEXT)

        assert marked(page) == ["Zoe"]
