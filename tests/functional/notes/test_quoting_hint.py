"""A note that quotes the client at length gets a hint where that may belong, and is kept."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from tests.support import journey
from tests.support.cast import Cast
from tests.support.rows import at_rest
from tests.support.site import BASE, Site, both, done, one

QUOTE = "She said: “" + "I had nobody to call, and I sat in the car. " * 8 + "”"
FIELDS = ("response", "group_response", "risk_action", "plan", "evidence-{}")
HINT = "This quotes the client at length."


def hints(page: BeautifulSoup | Tag, note_id: uuid.UUID) -> list[str]:
    """Return the fields under which a hint stands."""
    found = page.select("[data-hint-of]")
    assert all(HINT in hint.text for hint in found)
    return [str(hint["data-hint-of"]).removesuffix(f"-{note_id}") for hint in found]


class TestTheHint:
    @both
    @pytest.mark.parametrize("field", FIELDS)
    def test_it_stands_under_the_field_and_the_text_is_kept(
        self, cast: Cast, site: Site, annies: uuid.UUID, field: str, htmx: bool
    ) -> None:
        form = journey.form_of(site, annies)
        [rating] = [name for name in form if name.startswith("rating-")]
        field = field.format(rating.removeprefix("rating-"))

        page = site.post(
            f"/notes/{annies}", form | {field: QUOTE}, status=done(htmx=htmx), htmx=htmx
        )

        page = page if htmx else site.get(f"/notes/{annies}")
        assert hints(page, annies) == [field]
        group = one(page, f"#{field}-{annies}").find_parent(class_="govuk-form-group")
        assert group is not None
        below = group.find_next_sibling()
        assert below is not None
        assert below.get("data-hint-of") == f"{field}-{annies}"
        begin = one(page, "[data-hint-of] a")["href"]
        assert begin == f"/clients/{cast.ana}/psychotherapy-notes/new"
        site.get(str(begin))
        assert journey.form_of(site, annies)[field] == QUOTE.strip()
        card = one(site.get(f"/sessions/{cast.session}"), f"#client-{annies}")
        assert hints(card, annies) == [field]

    def test_an_autosave_answers_with_it_until_it_is_gone(
        self, site: Site, annies: uuid.UUID
    ) -> None:
        form, found = journey.form_of(site, annies), []

        for words in ("Spoke.", QUOTE, "Spoke little."):
            page = site.post(
                f"/notes/{annies}/draft", form | {"response": words}, status=200, htmx=True
            )
            form["version"] = str(one(page, ".save-status")["data-version"])
            found.append(hints(page, annies))

        assert found == [[], ["response"], []]

    def test_it_never_stands_in_the_way_of_a_signature(
        self, app: Flask, cast: Cast, site: Site, annies: uuid.UUID
    ) -> None:
        journey.write(site, annies, response=QUOTE)

        journey.sign(site, annies)

        page = site.get(f"/notes/{annies}/signed")
        assert HINT not in page.text

    def test_only_its_writer_sees_it(self, app: Flask, cast: Cast, annies: uuid.UUID) -> None:
        journey.write(Site(app).sign_in(cast.fiona), annies, response=QUOTE)

        page = Site(app).sign_in(cast.sam).get(f"/notes/{annies}")

        assert "I sat in the car" in page.text
        assert HINT not in page.text

    def test_without_a_long_quotation_nothing_is_added(self, site: Site, annies: uuid.UUID) -> None:
        journey.write(site, annies, response="Said “stuck” twice. " * 40)

        page = site.client.get(f"/notes/{annies}", base_url=BASE).text

        assert "data-hint-of" not in page
        assert "quotes" not in page

    def test_what_it_leads_to_leaves_the_note_as_it_is(
        self, app: Flask, cast: Cast, site: Site, annies: uuid.UUID
    ) -> None:
        page = journey.write(site, annies, htmx=True, response=QUOTE)
        before = at_rest(app)["individual_notes"]

        page = site.get(str(one(page, "[data-hint-of] a")["href"]))
        site.submit(page, "#about-form", kind="psychotherapy", session_id=str(cast.session))

        assert at_rest(app)["individual_notes"] == before
