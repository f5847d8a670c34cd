"""What is signed is exact: nothing is lost, joined, guessed or silently repaired."""

import dataclasses
import hashlib
import json
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.signing.canonical import canonical_bytes, digest, parse
from groupnotes.signing.content import (
    FORMAT,
    ContentError,
    Coverage,
    SignedContent,
)
from tests.support.contents import contents, part_of, with_part
from tests.support.golden import Golden
from tests.support.signed import CLIENT_ID, ENCOUNTER, SIGNER_ID, in_first_format, signed_content
from tests.support.trees import Path, leaves, name, value_in

_START = datetime(2025, 3, 5, 1, 0, tzinfo=UTC)


def _other(value: Any) -> Any:
    """Return a value of the same type that is not this one."""
    changed: dict[type[Any], Callable[[], Any]] = {
        UUID: lambda: UUID(int=value.int ^ 1),
        int: lambda: value + 1,
        datetime: lambda: value + timedelta(microseconds=1),
        date: lambda: value + timedelta(days=1),
        str: lambda: value + " ",
        tuple: lambda: ("new",),
    }
    if type(value) in changed:
        return changed[type(value)]()
    return next(word for word in type(value) if word is not value)


_TREE = json.loads(canonical_bytes(signed_content()))
_LEAVES = [path for path in leaves(_TREE) if path != ("format",)]
_CHOSEN: dict[str, Any] = {  # where the next value of its type would be refused
    "attendance.departed_at": datetime(2025, 3, 5, 2, tzinfo=UTC),
    "facilitators.1.licence": "OR 1",
    "facilitators.1.npi": "1669402937",
    "session.time_zone": "America/Denver",
}
_CHANGEABLE = [path for path in _LEAVES if path != ("signature", "meaning")]  # one word, so far


class TestBytes:
    def test_they_are_those_of_the_published_format(self, golden: Golden) -> None:
        signed = canonical_bytes(signed_content())

        golden.check("note.v2.json", signed.decode() + "\n")

    def test_the_first_format_is_written_and_read_as_ever(self, golden: Golden) -> None:
        old = in_first_format(signed_content())

        golden.check("note.v1.json", canonical_bytes(old).decode() + "\n")
        assert parse(canonical_bytes(old)) == old

    def test_any_json_reader_finds_each_value_under_its_name(self) -> None:
        tree = json.loads(canonical_bytes(signed_content()))

        assert tree["client"]["mrn"] == "RV-10442"
        assert tree["session"]["starts_at"] == "2025-03-05T01:00:00Z"
        assert tree["attendance"]["departed_at"] is None
        assert tree["individual"]["progress"][0]["rating"] == "improving"

    @given(contents())
    def test_they_are_canonical_json_by_another_implementation(
        self, content: SignedContent
    ) -> None:
        signed = canonical_bytes(content)

        assert signed == rfc8785.dumps(json.loads(signed))

    @pytest.mark.parametrize("code", [*range(1, 0x21), 0x22, 0x5C, 0x7F, 0x2028, 0xFFFF, 0x1F642])
    def test_each_special_character_is_written_as_canonical_json_asks(self, code: int) -> None:
        content = signed_content(shared={"dynamics": f"a{chr(code)}b"})

        assert rfc8785.dumps(f"a{chr(code)}b") in canonical_bytes(content)
        assert parse(canonical_bytes(content)) == content

    def test_they_hold_no_fraction(self) -> None:
        kinds = {type(value_in(_TREE, path)) for path in leaves(_TREE)}

        assert float not in kinds

    @given(contents())
    def test_reading_them_back_gives_the_same_content(self, content: SignedContent) -> None:
        signed = canonical_bytes(content)

        assert parse(signed) == content
        assert canonical_bytes(parse(signed)) == signed

    @pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
    def test_text_stays_as_typed_in_any_unicode_form(self, form: str) -> None:
        typed = unicodedata.normalize(form, "Nguyễn ﬁnds Å, não №7")  # type: ignore[arg-type]

        signed = canonical_bytes(signed_content(individual={"response": typed}))

        assert typed.encode() in signed
        assert parse(signed).individual.response == typed

    def test_white_space_and_line_ends_stay_as_typed(self) -> None:
        typed = "  one\r\ntwo\n\n\tthree\u00a0\u200d  "

        signed = canonical_bytes(signed_content(shared={"dynamics": typed}))

        assert parse(signed).shared.dynamics == typed

    def test_microseconds_of_the_signature_stay(self) -> None:
        moment = datetime(2025, 3, 5, 3, 4, 17, 60, tzinfo=UTC)

        signed = canonical_bytes(signed_content(signature={"signed_at": moment}))

        assert b'"2025-03-05T03:04:17.000060Z"' in signed
        assert parse(signed).signature.signed_at == moment


class TestDigest:
    def test_it_is_the_plain_sha_256_of_the_bytes(self) -> None:
        signed = canonical_bytes(signed_content())

        assert digest(signed) == hashlib.sha256(signed).hexdigest()

    @pytest.mark.parametrize("path", _CHANGEABLE, ids=name)
    def test_it_changes_with_any_single_field(self, path: Path) -> None:
        content = signed_content()

        new = _CHOSEN.get(name(path)) or _other(part_of(content, path))
        changed = with_part(content, path, new)

        assert digest(canonical_bytes(changed)) != digest(canonical_bytes(content))

    @given(st.data())
    def test_two_contents_share_it_only_when_they_are_equal(self, data: st.DataObject) -> None:
        one, two = data.draw(contents()), data.draw(contents())

        same = digest(canonical_bytes(one)) == digest(canonical_bytes(two))

        assert same == (one == two)

    def test_it_changes_when_a_character_moves_to_the_next_field(self) -> None:
        one = signed_content(shared={"topic": "anger", "dynamics": "calm"})
        two = signed_content(shared={"topic": "ange", "dynamics": "rcalm"})

        assert digest(canonical_bytes(one)) != digest(canonical_bytes(two))

    def test_it_changes_when_a_list_is_cut_elsewhere(self) -> None:
        one = signed_content(shared={"interventions": ("a", "b,c")})
        two = signed_content(shared={"interventions": ("a,b", "c")})

        assert digest(canonical_bytes(one)) != digest(canonical_bytes(two))

    def test_it_tells_an_unknown_npi_from_an_empty_one(self) -> None:
        one = signed_content(signature={"npi": None})
        two = signed_content(signature={"npi": ""})

        assert digest(canonical_bytes(one)) != digest(canonical_bytes(two))


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "named"),
        [("a\0b", "NUL"), ("a\ud800b", "surrogate (U+D800)"), ("\udfff", "surrogate (U+DFFF)")],
        ids=["nul", "high", "low"],
    )
    def test_it_names_the_field_and_the_character_that_cannot_be_signed(
        self, text: str, named: str
    ) -> None:
        with pytest.raises(ContentError) as refused:
            canonical_bytes(signed_content(individual={"response": text}))

        assert refused.value.field == "individual.response"
        assert named in refused.value.reason

    @pytest.mark.parametrize(
        "values", [{"street": None}, {"address": "1 Elm St"}], ids=["a part", "both"]
    )
    def test_an_address_is_whole_and_there_once(self, values: dict[str, Any]) -> None:
        with pytest.raises(ContentError, match="address"):
            signed_content(practice=values)

    @pytest.mark.parametrize("new", [False, True], ids=["first", "newest"])
    def test_each_format_has_its_own_address(self, *, new: bool) -> None:
        content = in_first_format(signed_content())
        values = {"format": FORMAT} if new else {"practice": signed_content().practice}

        with pytest.raises(ContentError, match="address"):
            dataclasses.replace(content, **values)

    def test_it_names_the_place_in_a_list(self) -> None:
        content = signed_content(shared={"interventions": ("a", "b\0")})

        with pytest.raises(ContentError) as refused:
            canonical_bytes(content)

        assert refused.value.field == "shared.interventions.1"

    def test_no_refusal_repeats_what_was_written(self) -> None:
        with pytest.raises(ContentError) as refused:
            canonical_bytes(signed_content(individual={"response": "canary\0"}))

        assert "canary" not in str(refused.value)

    @pytest.mark.parametrize(
        ("part", "values"),
        [
            ("session", {"participants": 2.5}),
            ("session", {"participants": True}),
            ("session", {"participants": 2**53}),
            ("session", {"date": datetime(2025, 3, 4, tzinfo=UTC)}),
            ("session", {"modality": "in_person"}),
            ("client", {"id": str(CLIENT_ID)}),
            ("client", {"mrn": None}),
            ("client", {"mrn": b"7"}),
            ("client", {"birth_date": "1991-07-23"}),
            ("client", {"coverage": {"payer": "x", "member_id": "y"}}),
            ("shared", {"interventions": ["a"]}),
            ("shared", {"interventions": (1,)}),
            ("individual", {"risk_level": "none"}),
            ("individual", {"progress": (None,)}),
            ("signature", {"signed_at": datetime(2025, 3, 5)}),  # noqa: DTZ001
            ("signature", {"signed_at": datetime(2025, 3, 5, tzinfo=timezone(timedelta(hours=1)))}),
            ("signature", {"signed_at": date(2025, 3, 5)}),
        ],
    )
    def test_a_value_of_another_type_is_not_signed(self, part: str, values: dict[str, Any]) -> None:
        content = signed_content(**{part: values})

        with pytest.raises(ContentError) as refused:
            canonical_bytes(content)

        assert refused.value.field.startswith(f"{part}.{next(iter(values))}")

    @pytest.mark.parametrize(
        ("part", "values", "field"),
        [
            ("session", {"ends_at": _START}, "session"),
            ("session", {"ends_at": _START - timedelta(hours=1)}, "session"),
            ("session", {"starts_at": datetime(2025, 3, 5, 1)}, "session"),  # noqa: DTZ001
            ("session", {"time_zone": "Portland"}, "session.time_zone"),
            ("session", {"time_zone": "../etc/passwd"}, "session.time_zone"),
            ("session", {"time_zone": ""}, "session.time_zone"),
            ("session", {"participants": 0}, "session.participants"),
            ("attendance", {"minutes": 91}, "attendance.minutes"),
            ("attendance", {"minutes": -1}, "attendance.minutes"),
            ("attendance", {"departed_at": _START}, "attendance"),
        ],
    )
    def test_a_session_that_cannot_have_been_is_not_signed(
        self, part: str, values: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(ContentError) as refused:
            signed_content(**{part: values})

        assert refused.value.field == field

    def test_signed_content_cannot_be_altered(self) -> None:
        with pytest.raises(dataclasses.FrozenInstanceError):
            signed_content().encounter = "another"  # type: ignore[misc]


class TestPrivacy:
    def test_no_identifier_joins_the_notes_of_one_session(self) -> None:
        ids = {name(path) for path in _LEAVES if isinstance(part_of(signed_content(), path), UUID)}

        assert ids == {"client.id", "signature.signer_id"}

    def test_nothing_but_a_number_is_said_about_the_other_members(self) -> None:
        names = {str(path[-1]) for path in _LEAVES}

        assert not names & {"session_id", "group_id", "roster", "members", "attendees", "clients"}
        assert type(signed_content().session.participants) is int

    def test_two_members_of_one_session_share_no_identifier_of_their_own(self) -> None:
        mine = signed_content()
        theirs = dataclasses.replace(
            mine,
            encounter="C0XD-7K3M-2HTV",
            client=dataclasses.replace(
                mine.client,
                id=UUID(int=CLIENT_ID.int + 1),
                coverage=Coverage(payer="Harborview Health Plan", member_id="HHP 8"),
            ),
        )

        shared = {ENCOUNTER, str(CLIENT_ID)} & _texts(canonical_bytes(theirs))

        assert shared == set()
        assert str(SIGNER_ID) in _texts(canonical_bytes(theirs))


def _texts(signed: bytes) -> set[str]:
    tree = json.loads(signed)
    return {str(value_in(tree, path)) for path in leaves(tree)}
