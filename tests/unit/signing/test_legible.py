"""What can be read of altered content is read, whatever it has become."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.core.ids import new_id
from groupnotes.signing.canonical import canonical_bytes
from groupnotes.signing.content import SignedContent
from groupnotes.signing.legible import Line, legible
from tests.support.signed import CLIENT_ID, ENCOUNTER, signed_content

_SIGNED = canonical_bytes(signed_content()).decode()
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


def line(text: str, label: str) -> Line:
    [found] = [
        one
        for lines in legible(SignedContent, text).parts.values()
        for one in lines
        if one.label == label
    ]
    return found


def test_what_was_signed_is_read_whole() -> None:
    read = legible(SignedContent, _SIGNED)

    assert read.unread == 0
    assert line(_SIGNED, "individual, progress 2, rating").value == "no-change"
    assert line(_SIGNED, "facilitators 2, npi").value == "none"


def test_a_field_that_nobody_knows_is_not_read() -> None:
    text = _SIGNED.replace('"client":{', '"client":{"roster":["A","B"],')

    assert line(text, "client, roster") == Line("client, roster", '["A", "B"]', is_read=False)


@pytest.mark.parametrize("raw", ["", "[]", "null", "7", '"note"', "{", "[" * 100_000])
def test_what_is_no_object_stands_as_it_is(raw: str) -> None:
    assert legible(SignedContent, raw).raw == raw


@given(st.sampled_from(sorted(json.loads(_SIGNED))), _JSON)
def test_nothing_that_stands_there_makes_it_fail(part: str, value: Any) -> None:
    tree = json.loads(_SIGNED) | {part: value}

    read = legible(SignedContent, json.dumps(tree))

    assert line(_SIGNED, "version").is_read
    for lines in read.parts.values():
        for one in lines:
            one.value.encode()


class TestWhoseItIs:
    def test_of_another_note_or_client(self) -> None:
        read = legible(SignedContent, _SIGNED)

        assert not read.names_another(ENCOUNTER, CLIENT_ID)
        assert read.names_another("7K3M-C0XD-2HTW", CLIENT_ID)
        assert read.names_another(ENCOUNTER, new_id())

    @pytest.mark.parametrize("encounter", [None, 7, "nonsense", ENCOUNTER.lower()])
    def test_what_is_no_number_names_none(self, encounter: object) -> None:
        tree = json.loads(_SIGNED) | {"encounter": encounter}

        assert not legible(SignedContent, json.dumps(tree)).names_another(ENCOUNTER, CLIENT_ID)

    def test_without_a_client(self) -> None:
        text = json.dumps(json.loads(_SIGNED) | {"client": "Ana"})

        assert not legible(SignedContent, text).names_another(ENCOUNTER, CLIENT_ID)
