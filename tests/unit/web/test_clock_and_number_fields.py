"""Times and numbers in forms: read, or shown again as they were typed."""

from __future__ import annotations

import datetime as dt

import pytest
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired

from groupnotes.web.forms import NOT_A_TIME, BaseForm, ClockField, NumberField


class _Meeting(BaseForm):
    at = ClockField("At", [InputRequired("Type the time.")])
    minutes = NumberField("Minutes", low=5, high=720)


def _sent(**values: str) -> _Meeting:
    form = _Meeting(MultiDict({"at": "17:00", "minutes": "90"} | values))
    form.validate()
    return form


class TestTimes:
    @pytest.mark.parametrize("typed", ["17:05", " 17:05 "])
    def test_one_is_read(self, typed: str) -> None:
        assert _sent(at=typed).data["at"] == dt.time(17, 5)

    @pytest.mark.parametrize("typed", ["5 pm", "24:00", "17", "17:60", "17:00:30", "noon", " "])
    def test_it_says_how_to_write_one_and_keeps_what_was_typed(self, typed: str) -> None:
        form = _sent(at=typed)

        assert form.errors == {"at": [NOT_A_TIME]}
        assert f'value="{typed}"' in form["at"]()

    def test_a_missing_one_is_asked_for(self) -> None:
        assert _sent(at="").errors == {"at": ["Type the time."]}


class TestNumbers:
    @pytest.mark.parametrize(("typed", "number"), [("5", 5), ("720", 720), (" 090 ", 90)])
    def test_one_is_read(self, typed: str, number: int) -> None:
        assert _sent(minutes=typed).data["minutes"] == number

    @pytest.mark.parametrize(
        "typed", ["", "4", "721", "-6", "1e2", "90.5", "\u0669\u0660", "9" * 5000]
    )
    def test_it_says_which_are_taken_and_keeps_what_was_typed(self, typed: str) -> None:
        form = _sent(minutes=typed)

        assert form.errors == {"minutes": ["Type a number from 5 to 720."]}
        assert typed == "" or f'value="{typed}"' in form["minutes"]()
