"""What every form cleans, refuses and gives back as it was typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms.fields import FieldList, FormField
from wtforms.validators import InputRequired, Optional

from groupnotes.web.forms import (
    NOT_A_DAY,
    BaseForm,
    ChoiceField,
    DayField,
    LineField,
    VersionForm,
)


class _Visit(BaseForm):
    on = DayField("Day", [InputRequired("Type the day.")])
    until = DayField("Until", [Optional()])


class _Row(BaseForm):
    text = LineField("Text")


class _Rows(BaseForm):
    rows = FieldList(FormField(_Row))


def _sent(form: type[BaseForm], **values: str) -> BaseForm:
    return form(MultiDict(values))


class TestDays:
    def test_it_reads_a_day(self) -> None:
        form = _sent(_Visit, on=" 2026-03-04 ", until="")

        assert form.validate()
        assert form.data == {"on": dt.date(2026, 3, 4), "until": None}

    @pytest.mark.parametrize("typed", ["4.3.2026", "2026-02-30", "0226-03-04", "9999-01-01", "  "])
    def test_it_says_how_to_write_a_day_and_keeps_what_was_typed(self, typed: str) -> None:
        form = _sent(_Visit, on=typed)

        assert not form.validate()
        assert form.errors == {"on": [NOT_A_DAY]}
        assert f'value="{typed}"' in form["on"]()

    def test_a_missing_day_is_asked_for(self) -> None:
        form = _sent(_Visit, on="")

        assert not form.validate()
        assert form.errors == {"on": ["Type the day."]}


class TestRows:
    def test_rows_of_a_form_are_cleaned_as_single_fields_are(self) -> None:
        form = _sent(_Rows, **{"rows-0-text": "  one ", "rows-1-text": "two"})

        assert form.data == {"rows": [{"text": "one"}, {"text": "two"}]}

    def test_a_row_is_refused_at_its_own_field(self) -> None:
        form = _sent(_Rows, **{"rows-0-text": "one", "rows-1-text": "t\0wo"})

        assert not form.validate()
        rows: Any = form["rows"]
        second = rows.entries[1]
        assert "NUL" in second.errors["text"][0]


class TestVersions:
    def test_a_renewed_form_shows_the_newer_version(self) -> None:
        form = VersionForm(MultiDict({"version": "3"}))
        assert form.seen_version() == 3

        form.renew(5)

        assert 'value="5"' in form["version"]()


class _Choice(BaseForm):
    colour = ChoiceField("Colour", choices=[("red", "Red")], missing="Choose a colour.")


class TestChoices:
    @pytest.mark.parametrize("sent", [{}, {"colour": ""}, {"colour": "green"}])
    def test_what_is_not_chosen_is_asked_for(self, sent: dict[str, str]) -> None:
        form = _sent(_Choice, other="x", **sent)

        assert not form.validate()
        assert form["colour"].errors[0] == "Choose a colour."

    def test_it_takes_what_is_offered(self) -> None:
        form = _sent(_Choice, colour="red")

        assert form.validate()
        assert form.data == {"colour": "red"}
