"""The chain of audit events: no two events look alike, and no change goes unseen."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from groupnotes.audit.chain import (
    GENESIS,
    Break,
    Event,
    Head,
    canonical,
    canonical_head,
    chained,
    link,
    read,
)
from groupnotes.audit.proof import walk

AT = dt.datetime(2026, 3, 3, 22, 0, tzinfo=dt.UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
IDS = st.none() | st.uuids()
MOMENTS = st.datetimes(
    dt.datetime(1, 1, 2),  # noqa: DTZ001 - the zone is given beside it
    dt.datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-5))]),
)
EVENTS = st.builds(
    Event,
    sequence=st.integers(0, 2**63 - 1),
    at=MOMENTS,
    actor_id=IDS,
    sign_in_id=IDS,
    tag=TEXT,
    outcome=TEXT,
    client_id=IDS,
    object_type=st.none() | TEXT,
    object_id=IDS,
    detail=st.none() | TEXT,
)

HEADS = st.builds(
    Head,
    sequence=st.integers(0, 2**63 - 1),
    hash=st.binary(max_size=40),
    checkpointed=st.none() | st.integers(0, 2**63 - 1),
    checkpointed_at=st.none() | MOMENTS,
)


def event(sequence: int = 1, **values: Any) -> Event:
    defaults: dict[str, Any] = {
        "at": AT,
        "actor_id": uuid.UUID(int=1),
        "sign_in_id": uuid.UUID(int=2),
        "tag": "note:read",
        "outcome": "success",
        "client_id": uuid.UUID(int=3),
        "object_type": "individual_notes",
        "object_id": uuid.UUID(int=4),
        "detail": None,
    }
    return Event(sequence=sequence, **defaults | values)


def altered(one: Event, **values: Any) -> Event:
    return one._replace(**values)


def log(count: int) -> list[tuple[Event, bytes]]:
    """Return ``count`` events as they are stored, each with its hash."""
    return list(
        chained(GENESIS, [event(n, object_id=uuid.UUID(int=n)) for n in range(1, count + 1)])
    )


def first_break(links: Iterable[tuple[Event, bytes]], head: tuple[int, bytes]) -> Break | None:
    return walk(links, head).broken


def head_of(links: list[tuple[Event, bytes]]) -> tuple[int, bytes]:
    return links[-1][0].sequence, links[-1][1]


class TestTheBytesOfAnEvent:
    @given(EVENTS, EVENTS)
    def test_two_events_never_have_the_same(self, one: Event, other: Event) -> None:
        assert (canonical(one) == canonical(other)) == (one == other)

    @given(EVENTS, st.sampled_from(Event._fields), st.data())
    def test_a_change_of_any_field_changes_them(
        self, one: Event, field: str, data: st.DataObject
    ) -> None:
        other = data.draw(EVENTS)
        assume(getattr(one, field) != getattr(other, field))
        changed = altered(one, **{field: getattr(other, field)})

        assert canonical(changed) != canonical(one)

    @given(TEXT, st.integers(0, 12))
    def test_letters_cannot_be_shifted_into_the_next_field(self, text: str, at: int) -> None:
        assume(0 < at < len(text))
        pairs = [("tag", "outcome"), ("object_type", "detail")]

        for left, right in pairs:
            whole = altered(event(), **{left: text, right: ""})
            shifted = altered(event(), **{left: text[:at], right: text[at:]})
            assert canonical(whole) != canonical(shifted)

    @pytest.mark.parametrize("field", ["object_type", "detail"])
    def test_nothing_is_not_an_empty_text(self, field: str) -> None:
        absent = altered(event(), **{field: None})
        empty = altered(event(), **{field: ""})

        assert canonical(absent) != canonical(empty)

    def test_the_same_moment_is_the_same_in_every_time_zone(self) -> None:
        in_albany = AT.astimezone(dt.timezone(dt.timedelta(hours=-5)))

        assert canonical(event(at=in_albany)) == canonical(event())

    def test_they_never_change(self) -> None:
        # What was chained once must verify for as long as the record is kept.
        assert link(GENESIS, event()).hex() == (
            "0889b0c2d46245aab310c8f3d432942810f6051523d69e2cb288c65e74f5e7e5"
        )

    def test_an_id_may_be_given_as_its_bytes(self) -> None:
        one = event()
        ids = ("actor_id", "sign_in_id", "client_id", "object_id")

        assert canonical(altered(one, **{name: getattr(one, name).bytes for name in ids})) == (
            canonical(one)
        )


class TestReadingThem:
    @given(EVENTS.filter(lambda one: 1000 < one.at.year < 9999))
    def test_the_event_is_the_one_that_was_written(self, one: Event) -> None:
        assert read(canonical(one)) == one

    @given(st.data())
    def test_no_byte_can_be_another_unless_the_event_is(self, data: st.DataObject) -> None:
        written = bytearray(canonical(event(detail="word")))
        at = data.draw(st.integers(0, len(written) - 1))
        written[at] ^= data.draw(st.integers(1, 255))

        try:
            found = read(bytes(written))
        except ValueError:
            return
        assert canonical(found) == written
        assert found != event(detail="word")

    @given(st.binary(max_size=80) | st.integers(0, 300).map(lambda n: canonical(event())[:n]))
    def test_other_bytes_are_refused(self, written: bytes) -> None:
        assume(written != canonical(event()))

        with pytest.raises(ValueError):  # noqa: PT011 - whatever is said of it
            read(written)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"event 1", b"event 2"),
            (b"\x00\x00\x00\x011", b"\xff\xff\xff\xff"),
            (b"\x00\x00\x00\x011", b"\x00\x00\x00\x02+1"),
            (b"2026-03-03T22:00:00.000000Z", b"0001-01-01T00:00:00+09:00  "),
            (b"2026-03-03T22:00:00.000000Z", b"0001-01-01T00:00:00.0+09:00"),
            (b"note:read", b"note:rea\xff"),
        ],
    )
    def test_a_value_that_no_event_has_is_refused(self, old: bytes, new: bytes) -> None:
        written = canonical(event())
        assert old in written

        with pytest.raises(ValueError):  # noqa: PT011
            read(written.replace(old, new))


class TestTheChain:
    @given(st.integers(0, 8))
    def test_what_was_written_holds(self, count: int) -> None:
        links = log(count)

        assert first_break(links, head_of(links) if links else (0, GENESIS)) is None

    def test_it_can_be_continued(self) -> None:
        first, second = event(1), event(2)
        [(_, digest)] = chained(GENESIS, [first])

        assert [*chained(GENESIS, [first]), *chained(digest, [second])] == list(
            chained(GENESIS, [first, second])
        )

    @pytest.mark.parametrize("at", range(5))
    @pytest.mark.parametrize("field", Event._fields)
    def test_an_edited_field_is_found(self, at: int, field: str) -> None:
        other: dict[str, Any] = {
            "sequence": 99,
            "at": AT + dt.timedelta(microseconds=1),
            "tag": "note:edit",
            "outcome": "refused",
            "object_type": "clients",
            "detail": "",
        }
        links = log(5)
        edited = altered(links[at][0], **{field: other.get(field, uuid.uuid4())})
        forged = [*links[:at], (edited, links[at][1]), *links[at + 1 :]]

        found = first_break(forged, head_of(links))

        assert found is not None
        assert found.sequence == at + 1

    @pytest.mark.parametrize("at", range(5))
    def test_an_edited_hash_is_found(self, at: int) -> None:
        links = log(5)
        forged = [*links[:at], (links[at][0], bytes(32)), *links[at + 1 :]]

        assert first_break(forged, head_of(links)) == Break(
            at + 1, "an event is not what was written"
        )

    @pytest.mark.parametrize("at", range(4))
    def test_a_removed_event_is_found(self, at: int) -> None:
        links = log(5)

        assert first_break([*links[:at], *links[at + 1 :]], head_of(links)) == Break(
            at + 1, "an event is missing or out of order"
        )

    def test_an_added_event_is_found(self) -> None:
        links = log(5)
        added = (event(3), bytes(32))

        found = first_break([*links[:2], added, *links[2:]], head_of(links))

        assert found == Break(3, "an event is not what was written")

    def test_events_in_another_order_are_found(self) -> None:
        one, two, three = log(3)

        assert first_break([one, three, two], head_of([one, two, three])) == Break(
            2, "an event is missing or out of order"
        )

    @pytest.mark.parametrize("left", range(5))
    def test_a_log_that_was_cut_off_is_found(self, left: int) -> None:
        links = log(5)

        assert first_break(links[:left], head_of(links)) == Break(
            left + 1, "the end of the log is not what was written"
        )

    def test_an_event_beyond_the_head_is_found(self) -> None:
        links = log(5)

        assert first_break(links, head_of(links[:4])) == Break(
            6, "the end of the log is not what was written"
        )

    def test_another_head_is_found(self) -> None:
        assert first_break(log(5), (5, bytes(32))) is not None

    def test_an_edit_with_every_later_hash_made_anew_is_found_by_the_head(self) -> None:
        links = log(5)
        events = [links[0][0], event(2, detail="forged"), *(e for e, _ in links[2:])]

        assert first_break(chained(GENESIS, events), head_of(links)) is not None


class TestTheBytesOfAHead:
    @given(HEADS, HEADS)
    def test_no_two_heads_have_the_same(self, one: Head, other: Head) -> None:
        assert (one == other) is (canonical_head(one) == canonical_head(other))

    @given(HEADS, EVENTS)
    def test_they_are_those_of_no_event(self, head: Head, of: Event) -> None:
        assert canonical_head(head) != canonical(of)

    def test_they_stay_as_they_are(self) -> None:
        """What was sealed with them is verified for good."""
        assert canonical_head(Head(7, b"\xab\xcd", None, AT)) == (
            b"\0\0\0\x17groupnotes audit head 1\0\0\0\x017\0\0\0\x02\xab\xcd\xff\xff\xff\xff"
            b"\0\0\0\x1b2026-03-03T22:00:00.000000Z"
        )
