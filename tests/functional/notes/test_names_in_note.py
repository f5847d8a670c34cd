"""One client's note goes into one record, so it names no other client of the session."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core.db import db
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.rows import at_rest
from tests.support.site import Site, both, done, fields_of, one

SENTENCE = "it must not name another client"
BUTTON = "Replace with “another member”"


@pytest.fixture
def annies(app: Flask, cast: Cast, site: Site) -> uuid.UUID:
    """Annie's note; Ben goes by two more names."""
    with app.app_context():
        ben = db.session.get_one(Client, cast.ben)
        ben.preferred_name, ben.aliases = "Benji", "Maddox"
        db.session.commit()
    journey.document(site.sign_in(cast.fiona), cast, attendance={"cleo": "no_show"})
    return journey.note_of(site, cast, "Annie")


def form_of(page: BeautifulSoup, note_id: uuid.UUID) -> dict[str, str]:
    return fields_of(one(page, f"form#note-{note_id}"))


def fields(page: BeautifulSoup, note_id: uuid.UUID) -> list[str]:
    """Return the names of the fields in which one writes, the evidence among them."""
    return [str(area["name"]) for area in one(page, f"form#note-{note_id}").select("textarea")]


def summary(page: BeautifulSoup) -> dict[str, str]:
    links = one(page, ".govuk-error-summary").select("a")
    return {str(link["href"]): link.text for link in links}


class TestAnotherClientsName:
    NAMES = {
        "a first name": ("Agreed with ben.", "ben"),
        "a last name": ("Asked BRANDT twice.", "BRANDT"),
        "a preferred name": ("Sat beside Benji.", "Benji"),
        "an alias": ("maddox’s story moved her.", "maddox"),
        "of somebody who was absent": ("Missed Cleo.", "Cleo"),
    }

    @both
    def test_it_is_refused_and_marked(
        self, app: Flask, site: Site, annies: uuid.UUID, htmx: bool
    ) -> None:
        before = at_rest(app)

        for what, (text, name) in self.NAMES.items():
            page = journey.write(site, annies, status=422, htmx=htmx, response=text)
            assert list(summary(page)) == [f"#response-{annies}"], what
            assert SENTENCE in summary(page)[f"#response-{annies}"], what
            assert [mark.text for mark in page.select("mark")] == [name], what
            assert form_of(page, annies)["response"] == text, what

        assert at_rest(app) == before

    @both
    def test_it_is_found_and_replaced_in_every_text(
        self, site: Site, annies: uuid.UUID, htmx: bool
    ) -> None:
        names = fields(site.get(f"/notes/{annies}"), annies)
        assert len(names) == 5
        texts: dict[str, Any] = dict.fromkeys(names, "Heard Benji, and nodded.")
        page = journey.write(site, annies, status=422, htmx=htmx, risk_level="present", **texts)
        assert set(summary(page)) == {f"#{name}-{annies}" for name in names}

        for name in names:
            button = f"[name=replace][value^='{name} ']"
            assert one(page, button).text == BUTTON
            form = f"form#note-{annies}"
            page = site.submit(page, form, button=button, status=200, htmx=htmx)
            assert form_of(page, annies)[name] == "Heard another member, and nodded."

        site.submit(page, f"form#note-{annies}", status=done(htmx=htmx), htmx=htmx)
        kept = form_of(site.get(f"/notes/{annies}"), annies)
        assert {kept[name] for name in names} == {"Heard another member, and nodded."}

    @both
    def test_on_the_sessions_page_it_is_refused_at_its_card(
        self, cast: Cast, site: Site, annies: uuid.UUID, htmx: bool
    ) -> None:
        page = site.get(f"/sessions/{cast.session}")
        form = f"form#note-{annies}"

        page = site.submit(page, form, status=422, htmx=htmx, plan="Ask Benji.")
        assert [mark.text for mark in page.select("mark")] == ["Benji"]
        assert bool(page.select(f"li#client-{annies}")) is htmx
        page = site.submit(page, form, button="[name=replace]", status=200, htmx=htmx)

        assert form_of(page, annies)["plan"] == "Ask another member."

    def test_an_autosave_keeps_nothing_and_says_why(
        self, app: Flask, site: Site, annies: uuid.UUID
    ) -> None:
        form = form_of(site.get(f"/notes/{annies}"), annies) | {"plan": "Ask Benji."}
        before = at_rest(app)

        page = site.post(f"/notes/{annies}/draft", form, status=422, htmx=True)

        assert SENTENCE in one(page, f"#note-{annies}-problem").text
        assert not page.select(".save-status")
        assert at_rest(app) == before


class TestOtherNames:
    @both
    def test_the_clients_own_may_stand_in_it(
        self, site: Site, annies: uuid.UUID, htmx: bool
    ) -> None:
        text = "Ana Alvarez, called ANNIE, spoke; Annie’s plan stands."

        journey.write(site, annies, htmx=htmx, response=text)

        assert form_of(site.get(f"/notes/{annies}"), annies)["response"] == text

    def test_whoever_is_not_of_the_session_may_be_named(
        self, site: Site, annies: uuid.UUID
    ) -> None:
        text = "Told of her sister Zoe, and thanked Fiona Field."

        journey.write(site, annies, response=text)

        assert form_of(site.get(f"/notes/{annies}"), annies)["response"] == text

    @both
    def test_one_of_whoever_is_added_later_is_found_before_it_is_signed(
        self, app: Flask, cast: Cast, site: Site, annies: uuid.UUID, htmx: bool
    ) -> None:
        journey.write(site, annies, response="Told of her sister Zoe.")
        page = site.get(f"/groups/{cast.group}/enrolments/new")
        site.submit(page, "#enrolment-form", mrn="MRN-9", started_on="2026-03-03")
        page = site.get(f"/notes/{annies}/sign")

        page = site.submit(
            page,
            "#sign-form",
            notes=[str(one(page, "[name=notes]")["value"])],
            password=factories.PASSWORD,
            status=422,
            htmx=htmx,
        )

        assert "names another client" in one(page, ".govuk-error-summary").text
        assert at_rest(app)["signatures"] == []
        journey.write(site, annies, response="Told of her sister.")
        journey.sign(site, annies)
