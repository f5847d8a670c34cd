"""What is typed in one client's note is kept just so, or refused with everything still there."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.core.ids import new_id
from tests.support import journey
from tests.support.cast import Cast
from tests.support.rows import at_rest
from tests.support.site import Site, both, done, fields_of, names_of, one

TEXTS = ("response", "group_response", "risk_action", "plan")
WORDS: dict[str, Any] = {
    "engagement_level": "leading",
    "engagement_qualities": ["supportive", "monopolizing"],
    "response": "First line.\n\n\tIndented,  with two  spaces.\n  • and a list\xa0item",
    "group_response": "👩\N{ZERO WIDTH JOINER}👧 🇺🇦 👍🏽 — ½ ≠ ∞",
    "risk_level": "present",
    "risk_action": "\N{RIGHT-TO-LEFT EMBEDDING}שלום\N{POP DIRECTIONAL FORMATTING} مرحبا 123 (abc)",
    "plan": "e\N{COMBINING ACUTE ACCENT} é q\N{COMBINING TILDE} 日本語 \N{SOFT HYPHEN}x",
}
EVIDENCE = "<script>alert('1')</script> & &amp; %41+%0A \\n {{ 7*7 }} </textarea>"


def full(site: Site, note_id: uuid.UUID) -> dict[str, Any]:
    """Return a form of a note with something in every field."""
    form = journey.form_of(site, note_id) | WORDS
    for name in form:
        if name.startswith("rating-"):
            form[name] = "no-progress"
        if name.startswith("evidence-"):
            form[name] = EVIDENCE
    return form


def problems(page: BeautifulSoup) -> dict[str, str]:
    """Return the sentences of the error summary, by the id that each leads to."""
    links = one(page, ".govuk-error-summary").select("a")
    return {str(link["href"]).removeprefix("#"): link.text for link in links}


def without_state(form: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in form.items() if name not in {"version", "edit"}}


class TestWhatIsWritten:
    @both
    def test_it_is_kept_and_shown_again_as_it_was_typed(
        self, cast: Cast, site: Site, annies: uuid.UUID, htmx: bool
    ) -> None:
        typed = full(site, annies)

        site.post(f"/notes/{annies}", typed, status=done(htmx=htmx), htmx=htmx)

        assert without_state(journey.form_of(site, annies)) == without_state(typed)
        card = one(site.get(f"/sessions/{cast.session}"), f"form#note-{annies}")
        assert {**fields_of(card), **without_state(typed)} == fields_of(card)
        assert not site.get(f"/notes/{annies}").select("script:not([src])")

    @both
    def test_every_kind_of_line_end_is_one(self, site: Site, annies: uuid.UUID, htmx: bool) -> None:
        typed = "one\r\ntwo\rthree\N{LINE SEPARATOR}four\x0bfive\r\n\r\nsix"
        sent = full(site, annies) | {"response": typed}

        site.post(f"/notes/{annies}", sent, status=done(htmx=htmx), htmx=htmx)

        assert journey.form_of(site, annies)["response"] == "one\ntwo\nthree\nfour\nfive\n\nsix"

    def test_blank_lines_around_a_text_are_no_part_of_it(
        self, site: Site, annies: uuid.UUID
    ) -> None:
        sent = full(site, annies) | {"response": "\n\n  One.\n\n\nTwo.\n \n"}

        site.post(f"/notes/{annies}", sent, status=303)

        assert journey.form_of(site, annies)["response"] == "One.\n\n\nTwo."

    def test_what_is_cleared_is_empty_again(self, site: Site, annies: uuid.UUID) -> None:
        empty = journey.form_of(site, annies)
        site.post(f"/notes/{annies}", full(site, annies), status=303)
        version = journey.form_of(site, annies)["version"]
        # Boxes that are not ticked are not sent.
        cleared = {**empty, "version": version}

        site.post(f"/notes/{annies}", cleared, status=303)

        assert without_state(journey.form_of(site, annies)) == without_state(empty)
        assert one(site.get(f"/notes/{annies}"), f"#state-{annies}").text == "Not started"

    @both
    def test_from_the_session_it_comes_back_to_its_card(
        self, cast: Cast, site: Site, annies: uuid.UUID, htmx: bool
    ) -> None:
        page = site.get(f"/sessions/{cast.session}")
        sent = fields_of(one(page, f"form#note-{annies}")) | {"response": "Spoke little."}

        page = site.post(f"/notes/{annies}", sent, status=done(htmx=htmx), htmx=htmx)

        if not htmx:
            there = f"/sessions/{cast.session}#client-{annies}"
            assert site.last.location == there
            page = site.follow()
        card = one(page, f"#client-{annies}")
        assert one(card, "[name=response]").text.strip() == "Spoke little."
        assert one(card, f"#state-{annies}").text == "In progress"


class TestAStaleForm:
    @both
    @pytest.mark.parametrize("action", ["", "/draft"], ids=["save", "autosave"])
    def test_it_overwrites_nothing_and_loses_nothing(
        self, app: Flask, site: Site, annies: uuid.UUID, action: str, htmx: bool
    ) -> None:
        typed = full(site, annies) | {"plan": "later"}
        journey.write(site, annies, response="Written in another window.")
        before = at_rest(app)

        page = site.post(f"/notes/{annies}{action}", typed, status=409, htmx=htmx)

        assert "changed in another window" in page.text
        assert at_rest(app) == before
        if htmx:  # the form stays where it is: the answer is a message beside it
            assert not page.select("form, textarea")
        elif not action:
            assert fields_of(one(page, f"#note-{annies}")) == typed
            assert one(page, f".govuk-error-summary a[href='#note-{annies}']")

    def test_the_same_words_again_are_saved_already(
        self, app: Flask, site: Site, annies: uuid.UUID
    ) -> None:
        typed = full(site, annies)
        site.post(f"/notes/{annies}", typed, status=303)
        before = at_rest(app)

        # The answer to the first was lost on its way, so the page still has the old version.
        site.post(f"/notes/{annies}", typed, status=303)
        site.post(f"/notes/{annies}/draft", typed, status=200, htmx=True)

        assert at_rest(app) == before


class TestAChoiceThatIsNotOffered:
    # What is sent in each field, and where the sentence leads.
    CHOICES: dict[str, tuple[Any, str]] = {
        "engagement_level": ("asleep", "engagement_level"),
        "engagement_qualities": (["sharing", "rude"], "engagement_qualities"),
        "risk_level": ("maybe", "risk_level"),
        "rating-{}": ("better", "rating-{}"),
        "diagnoses": ("F33.1", "diagnoses_addressed"),
    }

    @both
    @pytest.mark.parametrize("choice", CHOICES)
    def test_it_is_refused_at_its_field(
        self, app: Flask, site: Site, annies: uuid.UUID, choice: str, htmx: bool
    ) -> None:
        typed = full(site, annies)
        [rating] = [name for name in typed if name.startswith("rating-")]
        wrong, there = self.CHOICES[choice]
        field, leads_to = (n.format(rating.removeprefix("rating-")) for n in (choice, there))
        before = at_rest(app)

        page = site.post(f"/notes/{annies}", typed | {field: wrong}, status=422, htmx=htmx)

        sentence = "Choose one of the answers offered."
        assert problems(page) == {f"{leads_to}-{annies}": sentence}
        form = one(page, f"#note-{annies}")
        shown = fields_of(form)
        assert {name: shown[name] for name in TEXTS} == {name: typed[name] for name in TEXTS}
        if field != "diagnoses":
            assert sentence in one(form, f"#{leads_to}-{annies}-error").text
        assert at_rest(app) == before

    @both
    @pytest.mark.parametrize("field", ["diagnoses", "rating-{}", "evidence-{}"])
    def test_what_stands_in_another_note_is_not_taken(
        self, app: Flask, cast: Cast, site: Site, annies: uuid.UUID, field: str, htmx: bool
    ) -> None:
        bens = journey.form_of(site, journey.note_of(site, cast, "Ben"))
        [rating] = [name for name in bens if name.startswith("rating-")]
        objective = rating.removeprefix("rating-")
        values = {
            "diagnoses": bens["diagnoses"],
            "rating-{}": "improving",
            "evidence-{}": "Called his sister.",
        }
        typed = full(site, annies) | {field.format(objective): values[field]}
        before = at_rest(app)

        page = site.post(f"/notes/{annies}", typed, status=409, htmx=htmx)

        assert "diagnoses or objectives that are not in this note" in page.text
        assert at_rest(app) == before

    def test_a_diagnosis_that_does_not_exist_is_not_taken(
        self, site: Site, annies: uuid.UUID
    ) -> None:
        site.post(f"/notes/{annies}", full(site, annies) | {"diagnoses": str(new_id())}, status=409)


class TestWhatCannotBeKept:
    @both
    def test_what_is_no_character_is_named_in_every_text(
        self, app: Flask, site: Site, annies: uuid.UUID, htmx: bool
    ) -> None:
        typed = full(site, annies)
        evidence = [name for name in typed if name.startswith("evidence-")]
        before = at_rest(app)

        for field in (*TEXTS, *evidence):
            for character, name in (("\0", "NUL character"), ("\udfff", "a lone surrogate")):
                sent = typed | {field: f"Calm\n{character} later"}
                page = site.post(f"/notes/{annies}", sent, status=422, htmx=htmx)
                [sentence] = problems(page).values()
                assert f"{name} (U+{ord(character):04X})" in sentence
                assert "in line 2, at character 1" in sentence
                shown = fields_of(one(page, f"#note-{annies}"))
                others = set(typed) - {field, "edit"}
                assert {name: shown[name] for name in others} == {
                    name: typed[name] for name in others
                }

        assert at_rest(app) == before

    @both
    def test_a_text_over_its_limit_is_explained(
        self, site: Site, annies: uuid.UUID, htmx: bool
    ) -> None:
        sent = full(site, annies) | {"response": "x" * 1_000_001}

        page = site.post(f"/notes/{annies}", sent, status=422, htmx=htmx)

        assert problems(page) == {
            f"response-{annies}": "Shorten this by 1 character: at most 1,000,000 characters "
            "fit here."
        }
        assert len(fields_of(one(page, f"#note-{annies}"))["response"]) == 1_000_001

    def test_a_page_that_was_never_loaded_saves_nothing(
        self, app: Flask, site: Site, annies: uuid.UUID
    ) -> None:
        before = at_rest(app)

        site.post(
            f"/notes/{annies}",
            {"csrf_token": site.token(), "response": "Spoke.", "version": "x" * 5000},
            status=409,
        )

        assert at_rest(app) == before


def test_the_form_has_every_field_that_these_tests_fill_in(site: Site, annies: uuid.UUID) -> None:
    names = names_of(one(site.get(f"/notes/{annies}"), f"#note-{annies}"))

    assert names - {"csrf_token", "version", "edit", "diagnoses"} == {
        *WORDS,
        *(name for name in full(site, annies) if name.startswith(("rating-", "evidence-"))),
    }
