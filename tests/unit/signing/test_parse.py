"""Only the very bytes that were signed are read back as signed content."""

import json
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.signing.canonical import canonical_bytes, parse, parse_entry
from groupnotes.signing.content import ContentError
from groupnotes.signing.entry import FIRST_FORMAT, SignedEntry
from tests.support.signed import signed_content, signed_entries
from tests.support.trees import Path, leaves, name, without

_SIGNED = canonical_bytes(signed_content())
_TREE = json.loads(_SIGNED)


class TestParsing:
    @pytest.mark.parametrize("path", list(leaves(_TREE)), ids=name)
    def test_it_refuses_a_missing_field(self, path: Path) -> None:
        with pytest.raises(ContentError):
            parse(json.dumps(without(_TREE, path)).encode())

    @pytest.mark.parametrize("part", ["", "client", "session", "individual", "signature"])
    def test_it_refuses_an_unknown_field_by_name(self, part: str) -> None:
        tree = json.loads(json.dumps(_TREE))
        (tree[part] if part else tree)["roster"] = "x"

        with pytest.raises(ContentError, match="is unknown") as refused:
            parse(json.dumps(tree).encode())

        assert refused.value.field == f"{part}.roster".lstrip(".")

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b'{"attendance"', b'{ "attendance"'),
            (b'"minutes":78', b'"minutes":78.0'),
            (b'"minutes":78', b'"minutes":7.8e1'),
            (b'"minutes":78', b'"minutes":NaN'),
            (b'"minutes":78', b'"minutes":"78"'),
            (b'"minutes":78', b'"minutes":78,"minutes":78'),
            (b'"minutes":78', b'"minutes":' + b"9" * 5000),
            (b'"late"', b'"no_show"'),
            (b'"improving"', b'"better"'),
            (b'"improving"', b"7"),
            (b"2025-03-05T01:00:00Z", b"2025-03-05T01:00:00+00:00"),
            (b"2025-03-05T01:00:00Z", b"2025-03-04T17:00:00-08:00"),
            (b"2025-03-05T01:00:00Z", b"2025-03-05T01:00:00"),
            (b"2025-03-05T01:00:00Z", b"0001-01-01T00:00:00+23:00"),
            (b"2025-03-05T01:00:00Z", b"soon"),
            (b"1991-07-23", b"19910723"),
            (b"01940b7d-1c00", b"01940B7D-1C00"),
            (b"RV-10442", b"RV\\u002d10442"),
            (b"RV-10442", b"RV\\ud80010442"),
            (b"RV-10442", b"RV\xff10442"),
            (b"groupnotes.note/2", b"groupnotes.note/1"),
            (b"groupnotes.note/2", b"groupnotes.note/3"),
            (b'"facilitators":[', b'"facilitators":{},"x":['),
        ],
    )
    def test_it_refuses_the_same_content_in_other_bytes(self, old: bytes, new: bytes) -> None:
        signed = canonical_bytes(signed_content())
        assert old in signed

        with pytest.raises(ContentError):
            parse(signed.replace(old, new, 1))

    @pytest.mark.parametrize(
        "garbage",
        [b"", b"null", b"[]", b"7", b'"note"', b"{}", b"\xef\xbb\xbf{}", b"[" * 100_000],
        ids=["empty", "null", "list", "number", "text", "object", "bom", "deep"],
    )
    def test_it_refuses_what_is_no_note_at_all(self, garbage: bytes) -> None:
        with pytest.raises(ContentError):
            parse(garbage)

    @given(st.binary(max_size=200))
    def test_it_never_fails_in_another_way(self, noise: bytes) -> None:
        with pytest.raises(ContentError):
            parse(noise)

    @given(st.integers(0, len(canonical_bytes(signed_content())) - 1), st.integers(1, 255))
    def test_one_changed_byte_is_refused_or_is_another_content(self, at: int, flip: int) -> None:
        signed = canonical_bytes(signed_content())
        altered = signed[:at] + bytes([signed[at] ^ flip]) + signed[at + 1 :]

        try:
            content = parse(altered)
        except ContentError:
            return
        assert content != signed_content()


class TestEntries:
    @pytest.mark.parametrize("entry", signed_entries(), ids=lambda entry: entry.kind.value)
    def test_an_entry_is_read_back(self, entry: SignedEntry) -> None:
        signed = canonical_bytes(entry)

        assert rfc8785.dumps(json.loads(signed)) == signed
        assert parse_entry(signed) == entry

    def test_neither_is_read_as_the_other(self) -> None:
        [entry, *_] = signed_entries()

        with pytest.raises(ContentError):
            parse(canonical_bytes(entry))
        with pytest.raises(ContentError):
            parse_entry(_SIGNED)

    def test_an_entry_of_another_format_is_refused(self) -> None:
        signed = canonical_bytes(signed_entries()[0])

        with pytest.raises(ContentError) as refused:
            parse_entry(signed.replace(b"groupnotes.entry/2", b"groupnotes.entry/3"))

        assert refused.value.field == "format"

    def test_an_entry_of_the_first_format_reads_as_ever(self) -> None:
        old = replace(signed_entries()[0], format=FIRST_FORMAT, mark=None)

        assert parse_entry(canonical_bytes(old)) == old

    @pytest.mark.parametrize("mark", [None, "", "f" * 31, "F" * 32])
    def test_a_mark_is_whole(self, mark: str | None) -> None:
        with pytest.raises(ContentError, match="mark"):
            replace(signed_entries()[0], mark=mark)

    def test_the_first_format_has_none(self) -> None:
        with pytest.raises(ContentError, match="mark"):
            replace(signed_entries()[0], format=FIRST_FORMAT)
