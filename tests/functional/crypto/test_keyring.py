"""The practice's keys in a real database: opened when needed, and refused when wrong."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.core import clock, triggers
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.crypto import wrapping
from groupnotes.crypto.blob import CannotOpen, Place
from groupnotes.crypto.keyring import PRACTICE_KEY, KeyDestroyed, KeyRing, NoSuchKey
from groupnotes.crypto.models import DataKey, KeyScope, PracticeKey
from groupnotes.crypto.wrapping import WrongKey
from tests.support.databases import KEY
from tests.support.root_keys import add_second_generation

PLACE = Place("clients", "first_name")
ROW = new_id()


@pytest.fixture(autouse=True)
def _inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def ring() -> KeyRing:
    """A key ring that has opened nothing yet."""
    return KeyRing(KEY)


def new_data_key(ring: KeyRing) -> int:
    number = ring.add_data_key(db.session(), KeyScope.CLIENT, new_id())
    db.session.commit()
    return number


@contextlib.contextmanager
def questions() -> Iterator[list[str]]:
    """Collect the statements that reach the database."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(db.engine, "before_cursor_execute", note)


class TestDataKeys:
    def test_what_one_process_seals_another_opens(self, ring: KeyRing) -> None:
        number = new_data_key(ring)

        value = ring.seal(number, PLACE, ROW, "Ana Sofía 🌱")

        assert KeyRing(KEY).open(PLACE, ROW, value) == "Ana Sofía 🌱"

    def test_each_client_has_a_key_of_their_own(self, ring: KeyRing) -> None:
        mine, yours = new_data_key(ring), new_data_key(ring)
        value = ring.seal(mine, PLACE, ROW, "Ana")
        claimed = value[:4] + yours.to_bytes(4, "big") + value[8:]

        with pytest.raises(CannotOpen):
            ring.open(PLACE, ROW, claimed)

    def test_many_are_opened_with_one_question(self, ring: KeyRing) -> None:
        numbers = {new_data_key(ring) for _ in range(20)}
        other = KeyRing(KEY)
        other.verify(db.session())

        with questions() as asked:
            other.load(numbers)
            other.load(numbers)
            for number in numbers:
                other.seal(number, PLACE, ROW, "Ana")

        assert len(asked) == 1

    def test_a_number_that_nobody_has_seals_nothing(self, ring: KeyRing) -> None:
        ring.load({999_999})

        with pytest.raises(NoSuchKey, match="there is no data key 999999"):
            ring.seal(999_999, PLACE, ROW, "Ana")

    @pytest.mark.parametrize("number", [0, 999_999, 2**31, 2**32 - 1])
    def test_a_value_that_names_no_key_does_not_open(self, ring: KeyRing, number: int) -> None:
        value = ring.seal(PRACTICE_KEY, PLACE, ROW, "Ana")
        rewritten = value[:4] + number.to_bytes(4, "big") + value[8:]

        with pytest.raises(CannotOpen, match=f"first_name of {ROW} was altered: it names no key"):
            ring.open(PLACE, ROW, rewritten)

    def test_a_number_that_is_taken_is_not_given_again(
        self, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        draws = iter([5, 5, 6])
        monkeypatch.setattr(secrets, "randbelow", lambda _limit: next(draws))

        assert [new_data_key(ring), new_data_key(ring)] == [7, 8]

    def test_a_key_that_was_rolled_back_is_nobodys(self, ring: KeyRing) -> None:
        number = ring.add_data_key(db.session(), KeyScope.CLIENT, new_id())
        value = ring.seal(number, PLACE, ROW, "Ana")
        db.session.rollback()

        with pytest.raises(CannotOpen):
            KeyRing(KEY).open(PLACE, ROW, value)


class TestADestroyedKey:
    @pytest.fixture
    def number(self, ring: KeyRing) -> int:
        return new_data_key(ring)

    @pytest.fixture
    def value(self, ring: KeyRing, number: int) -> bytes:
        value = ring.seal(number, PLACE, ROW, "Ana")
        db.session.execute(
            sa.update(DataKey)
            .where(DataKey.number == number)
            .values(wrapped=None, destroyed_at=clock.now())
        )
        db.session.commit()
        return value

    def test_its_texts_are_gone_and_say_so(self, number: int, value: bytes) -> None:
        with pytest.raises(KeyDestroyed, match=f"data key {number} was destroyed"):
            KeyRing(KEY).open(PLACE, ROW, value)

    def test_it_seals_nothing_new(self, number: int, value: bytes) -> None:
        with pytest.raises(KeyDestroyed):
            KeyRing(KEY).seal(number, PLACE, ROW, "Ana")

    def test_it_is_not_opened_among_others(self, number: int, value: bytes) -> None:
        with pytest.raises(KeyDestroyed):
            KeyRing(KEY).load({PRACTICE_KEY, number})

    def test_a_key_marked_destroyed_is_not_used_while_its_bytes_remain(self, ring: KeyRing) -> None:
        number = new_data_key(ring)
        triggers.remove(db.session.connection(), table="data_keys")  # they refuse such a row
        db.session.execute(
            sa.update(DataKey).where(DataKey.number == number).values(destroyed_at=clock.now())
        )

        with pytest.raises(KeyDestroyed):
            KeyRing(KEY).seal(number, PLACE, ROW, "Ana")


class TestAlteredKeys:
    def test_a_wrapped_key_moved_to_another_client_opens_nothing(self, ring: KeyRing) -> None:
        mine, yours = new_data_key(ring), new_data_key(ring)
        value = ring.seal(mine, PLACE, ROW, "Ana")
        columns = sa.select(DataKey.wrapped, DataKey.check_value)
        wrapped, check = db.session.execute(columns.where(DataKey.number == yours)).one()
        change = sa.update(DataKey).where(DataKey.number == mine)

        db.session.execute(change.values(wrapped=wrapped))
        with pytest.raises(WrongKey, match=f"data key {mine} opened to a key that is not"):
            KeyRing(KEY).open(PLACE, ROW, value)

        db.session.execute(change.values(check_value=check))
        with pytest.raises(CannotOpen):
            KeyRing(KEY).open(PLACE, ROW, value)

    def test_an_altered_wrapped_key_is_no_corrupt_note(self, ring: KeyRing) -> None:
        number = new_data_key(ring)
        change = sa.update(DataKey).where(DataKey.number == number)
        db.session.execute(change.values(wrapped=bytes(40)))

        with pytest.raises(WrongKey, match=f"data key {number} does not open"):
            KeyRing(KEY).seal(number, PLACE, ROW, "Ana")


class TestTheOwnerOfAKey:
    def test_it_is_known(self, ring: KeyRing) -> None:
        owner = new_id()
        number = ring.add_data_key(db.session(), KeyScope.AUTHOR, owner)

        assert KeyRing(KEY).owner_of(number) == owner
        assert ring.owner_of(PRACTICE_KEY) is None

    @pytest.mark.parametrize("column", ["owner_id", "scope", "number", "seal"])
    def test_whoever_gives_it_another_closes_what_it_sealed(
        self, ring: KeyRing, column: str
    ) -> None:
        number = ring.add_data_key(db.session(), KeyScope.AUTHOR, new_id())
        ring.add_data_key(db.session(), KeyScope.CLIENT, new_id())
        value = ring.seal(number, PLACE, ROW, "Ana")
        other = {"owner_id": new_id(), "scope": KeyScope.GROUP, "number": 77, "seal": b""}
        changed = sa.update(DataKey).where(DataKey.number == number)
        db.session.execute(changed.values({column: other[column]}))

        with pytest.raises(CannotOpen):
            KeyRing(KEY).open(PLACE, ROW, value)


class TestTheKeyEncryptionKey:
    def test_another_one_opens_nothing(self, ring: KeyRing) -> None:
        value = ring.seal(PRACTICE_KEY, PLACE, ROW, "Ana")

        with pytest.raises(WrongKey, match="practice key 1 does not open with this key"):
            KeyRing(bytes(32)).open(PLACE, ROW, value)
        with pytest.raises(WrongKey):
            KeyRing(bytes(32)).verify(db.session())

    def test_verifying_asks_the_database_each_time(self, ring: KeyRing) -> None:
        assert ring.verify(db.session()) == 1
        db.session.execute(sa.update(PracticeKey).values(wrapped=bytes(40)))

        with pytest.raises(WrongKey):
            ring.verify(db.session())

    def test_a_new_generation_is_noticed_by_a_process_that_runs(self, ring: KeyRing) -> None:
        ring.verify(db.session())
        add_second_generation(wrapping.new_key())
        number = KeyRing(KEY).add_data_key(db.session(), KeyScope.CLIENT, new_id())

        value = ring.seal(number, PLACE, ROW, "Ana")

        assert ring.open(PLACE, ROW, value) == "Ana"
        assert db.session.get_one(DataKey, number).generation == 2


class TestTheBlindIndex:
    @pytest.mark.parametrize("typed", ["mrn-1", " MRN-1 ", "ＭＲＮ-1", "Mrn-1\n"])  # noqa: RUF001
    def test_it_finds_a_value_however_it_is_typed(self, ring: KeyRing, typed: str) -> None:
        known = ring.blind_index("clients.mrn", "MRN-1")

        assert KeyRing(KEY).blind_index("clients.mrn", typed) == known

    def test_it_tells_values_and_columns_apart(self, ring: KeyRing) -> None:
        indexes = {
            ring.blind_index(column, value)
            for column in ("clients.mrn", "users.sign_in_name")
            for value in ("1", "11", "")
        }

        assert len(indexes) == 6
        assert {len(index) for index in indexes} == {32}

    def test_it_cannot_be_made_without_the_key(self, ring: KeyRing) -> None:
        index = ring.blind_index("clients.mrn", "MRN-1")

        root = wrapping.new_key()
        db.session.execute(
            sa.update(PracticeKey).values(
                wrapped=wrapping.wrap(KEY, root), check_value=wrapping.check_value(root)
            )
        )
        other = KeyRing(KEY)

        assert other.blind_index("clients.mrn", "MRN-1") != index


class TestColumns:
    ROWS = (new_id(), new_id(), new_id())

    def sealed(self, ring: KeyRing) -> list[bytes | None]:
        """The column of three rows, of which the second is empty."""
        one, other = new_data_key(ring), new_data_key(ring)
        return [
            ring.seal(one, PLACE, self.ROWS[0], "Ana"),
            None,
            ring.seal(other, PLACE, self.ROWS[2], ""),
        ]

    def test_each_text_opens_whether_or_not_its_key_was_open(self, ring: KeyRing) -> None:
        values = self.sealed(ring)
        another = KeyRing(KEY)

        assert another.open_column(PLACE, self.ROWS, values) == ["Ana", "", ""]
        assert another.open_column(PLACE, self.ROWS, values) == ["Ana", "", ""]

    def test_a_value_moved_to_another_row_is_named(self, ring: KeyRing) -> None:
        first, _, third = self.sealed(ring)

        with pytest.raises(CannotOpen, match=f"of {self.ROWS[1]} was altered or moved"):
            ring.open_column(PLACE, self.ROWS, [first, first, third])

    @pytest.mark.parametrize("value", [b"", b"GN", b"Ana"])
    def test_what_was_never_sealed_is_no_empty_text(self, ring: KeyRing, value: bytes) -> None:
        first, _, third = self.sealed(ring)

        with pytest.raises(CannotOpen, match=f"of {self.ROWS[1]} is not a sealed value"):
            ring.open_column(PLACE, self.ROWS, [first, value, third])
