"""Fields written in Python: what they hold is theirs, whatever a person typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup  # noqa: TID251 - what a template hands over

from groupnotes.web import controls
from groupnotes.web.choices import Choices

LEVELS = Choices([("low", "Low"), ("high", "High & loud"), ("mid", "2", "middling")])
VISIBLE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)
OUR_TAGS = {
    *("div", "label", "p", "span", "input"),
    *("textarea", "select", "option", "fieldset", "legend"),
}
Write = Callable[..., controls.Html]

FIELDS: list[tuple[Write, tuple[object, ...]]] = [
    (controls.line, ()),
    (controls.textarea, ()),
    (controls.select, (LEVELS,)),
]
GROUPS: list[tuple[Write, tuple[object, ...]]] = [
    (controls.segmented, (LEVELS,)),
    (controls.checks, (LEVELS,)),
]


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def one(page: BeautifulSoup, selector: str) -> Tag:
    (element,) = page.select(selector)
    return element


class TestWhatAPersonTyped:
    @given(VISIBLE, VISIBLE)
    def test_it_stays_text_in_every_place(self, typed: str, name: str) -> None:
        about = {"hint": typed, "error": typed}
        for write, more in FIELDS + GROUPS:
            page = parsed(write(name, typed, *more, **about))
            tags = {tag.name for tag in page.find_all(True)}
            assert tags <= OUR_TAGS
            assert all(field["name"] == name for field in page.select("[name]"))
            assert one(page, "legend" if (write, more) in GROUPS else "label").text == typed

    @given(VISIBLE)
    def test_it_comes_back_as_typed(self, typed: str) -> None:
        assert one(parsed(controls.line("n", "L", typed)), "input")["value"] == typed
        assert one(parsed(controls.textarea("n", "L", typed)), "textarea").text == f"\n{typed}"

    @given(VISIBLE)
    def test_it_cannot_choose_what_is_no_choice(self, typed: str) -> None:
        page = parsed(controls.segmented("n", "L", LEVELS, typed))
        chosen = [str(radio["value"]) for radio in page.select("[checked]")]
        assert chosen == [code for code in ("low", "high", "mid") if code == typed]

    def test_what_a_template_made_html_is_not_escaped_twice(self) -> None:
        page = parsed(controls.line("n", Markup("<b>Bold</b> label")))
        assert one(page, "label b").text == "Bold"


class TestFields:
    @pytest.mark.parametrize(("write", "more"), FIELDS)
    def test_the_label_the_hint_and_the_error_belong_to_it(
        self, write: Write, more: tuple[object, ...]
    ) -> None:
        page = parsed(
            write("plan", "Plan", *more, id="plan-7", hint="Short", error="Add it", describe="of A")
        )
        field = one(page, "#plan-7")
        assert one(page, "label")["for"] == "plan-7"
        assert one(page, "label").text == "Plan of A"
        assert field["name"] == "plan"
        assert field["aria-invalid"] == "true"
        assert str(field["aria-describedby"]).split() == ["plan-7-hint", "plan-7-error"]
        assert one(page, "#plan-7-error").text == "Error: Add it"

    @pytest.mark.parametrize(("write", "more"), FIELDS)
    def test_without_them_it_claims_none(self, write: Write, more: tuple[object, ...]) -> None:
        page = parsed(write("plan", "Plan", *more))
        assert not page.select("[aria-describedby], [aria-invalid], p, .govuk-hint")

    def test_a_line_says_what_it_takes(self) -> None:
        page = parsed(controls.line("at", "At", "09:30", type="time", width="s"))
        field = one(page, "input[type=time]")
        assert field["value"] == "09:30"
        assert "width-s" in field["class"]

    def test_a_list_may_start_with_nothing_chosen(self) -> None:
        page = parsed(controls.select("n", "L", LEVELS, empty="Choose"))
        assert page.select("option")[0].text == "Choose"
        assert not page.select("[selected]")


class TestGroups:
    @pytest.mark.parametrize(("write", "more"), GROUPS)
    def test_the_legend_names_it_and_the_link_of_its_error_leads_to_its_first_choice(
        self, write: Write, more: tuple[object, ...]
    ) -> None:
        page = parsed(write("level", "Level, Amara", *more, id="level-7", error="Choose"))
        assert one(page, "legend").text == "Level, Amara"
        assert one(page, "#level-7")["value"] == "low"
        assert one(page, "fieldset")["aria-describedby"] == "level-7-error"

    def test_one_radio_is_chosen(self) -> None:
        page = parsed(controls.segmented("level", "Level", LEVELS, "high"))
        assert one(page, "[checked]")["value"] == "high"

    def test_many_boxes_are_chosen(self) -> None:
        page = parsed(controls.checks("level", "Level", LEVELS, ["mid", "low"]))
        assert [box["value"] for box in page.select("[checked]")] == ["low", "mid"]

    def test_a_choice_says_more_to_those_who_only_hear_it(self) -> None:
        page = parsed(controls.segmented("level", "Level", LEVELS))
        assert page.select("label")[2].text == "2 middling"
        assert one(page, "label .govuk-visually-hidden").text == " middling"

    def test_a_plain_list_of_choices_will_do(self) -> None:
        made = controls.select("n", "L", [("a", "A"), ("b", "B")], "b")
        assert made == controls.select("n", "L", Choices([("a", "A"), ("b", "B")]), "b")
