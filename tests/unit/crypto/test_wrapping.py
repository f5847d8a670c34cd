"""Keys sealed by keys, and the one key that comes from outside the database."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from groupnotes.crypto import wrapping
from groupnotes.crypto.wrapping import NoKey, WrongKey

KEK = bytes(range(32))
KEY = bytes.fromhex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f")
CHECK = wrapping.check_value(KEY)


class TestWrapping:
    def test_it_is_the_key_wrap_of_rfc_3394(self) -> None:
        expected = (
            "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"
        )

        assert wrapping.wrap(KEK, KEY).hex() == expected  # section 4.6

    def test_a_wrapped_key_opens(self) -> None:
        assert wrapping.unwrap(KEK, wrapping.wrap(KEK, KEY), CHECK, "data key 2") == KEY

    def test_another_key_opens_nothing_and_says_what(self) -> None:
        with pytest.raises(WrongKey, match="data key 2 does not open with this key"):
            wrapping.unwrap(bytes(32), wrapping.wrap(KEK, KEY), CHECK, "data key 2")

    def test_no_altered_byte_opens(self) -> None:
        wrapped = wrapping.wrap(KEK, KEY)

        for at in range(len(wrapped)):
            altered = wrapped[:at] + bytes((wrapped[at] ^ 1,)) + wrapped[at + 1 :]
            with pytest.raises(WrongKey):
                wrapping.unwrap(KEK, altered, CHECK, "data key 2")

    def test_a_shorter_wrapped_key_does_not_open(self) -> None:
        wrapped = wrapping.wrap(KEK, KEY)

        for length in range(len(wrapped)):
            with pytest.raises(WrongKey):
                wrapping.unwrap(KEK, wrapped[:length], CHECK, "data key 2")

    def test_a_key_that_opens_but_is_another_is_found(self) -> None:
        other = wrapping.wrap(KEK, bytes(32))

        with pytest.raises(WrongKey, match="not the expected one"):
            wrapping.unwrap(KEK, other, CHECK, "data key 2")

    def test_the_check_value_tells_keys_apart_and_is_no_part_of_them(self) -> None:
        assert wrapping.check_value(KEY) != wrapping.check_value(KEK)
        assert len(CHECK) == 8
        assert CHECK not in KEY

    def test_new_keys_are_never_the_same(self) -> None:
        keys = {wrapping.new_key() for _ in range(1000)}

        assert len(keys) == 1000
        assert {len(key) for key in keys} == {32}


class TestTheKeyFromTheEnvironment:
    def test_it_is_64_hexadecimal_digits(self) -> None:
        assert wrapping.key_encryption_key({"GROUPNOTES_KEK": KEK.hex()}) == KEK
        assert wrapping.key_encryption_key({"GROUPNOTES_KEK": f" {KEK.hex().upper()}\n"}) == KEK

    @pytest.mark.parametrize("text", ["x", "00" * 31, "00" * 33, "zz" * 32, "key " * 16])
    def test_anything_else_is_refused_without_repeating_it(self, text: str) -> None:
        with pytest.raises(NoKey) as caught:
            wrapping.key_encryption_key({"GROUPNOTES_KEK": text})

        assert str(caught.value) == "The key-encryption key must be 64 hexadecimal digits."

    def test_without_one_the_ways_to_give_it_are_named(self) -> None:
        with pytest.raises(NoKey, match="set GROUPNOTES_KEK or GROUPNOTES_KEK_FILE"):
            wrapping.key_encryption_key({})


class TestTheKeyFile:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "key"
        path.write_text(KEK.hex() + "\n")
        return path

    @pytest.mark.parametrize("mode", [0o400, 0o600])
    def test_its_owner_alone_may_read_it(self, path: Path, mode: int) -> None:
        path.chmod(mode)

        assert wrapping.key_encryption_key({"GROUPNOTES_KEK_FILE": str(path)}) == KEK

    @pytest.mark.parametrize("mode", [0o644, 0o440, 0o404, 0o620, 0o602, 0o410])
    def test_it_is_refused_when_others_may_use_it(self, path: Path, mode: int) -> None:
        path.chmod(mode)

        with pytest.raises(NoKey, match=r"Others may read the key file .* run chmod 0400 on it"):
            wrapping.key_encryption_key({"GROUPNOTES_KEK_FILE": str(path)})

    def test_a_missing_one_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(NoKey, match=r"There is no key-encryption key.*/none"):
            wrapping.key_encryption_key({"GROUPNOTES_KEK_FILE": str(tmp_path / "none")})

    def test_a_folder_is_no_key(self, tmp_path: Path) -> None:
        with pytest.raises(NoKey):
            wrapping.key_encryption_key({"GROUPNOTES_KEK_FILE": str(tmp_path)})

    def test_the_environment_goes_before_the_file(self, path: Path) -> None:
        settings = {"GROUPNOTES_KEK": KEY.hex(), "GROUPNOTES_KEK_FILE": str(path)}

        assert wrapping.key_encryption_key(settings) == KEY


class TestMakingAKeyFile:
    def test_it_can_be_used_at_once(self, tmp_path: Path) -> None:
        path = tmp_path / "keys" / "key"

        wrapping.write_key_file(path)

        assert len(wrapping.key_encryption_key({"GROUPNOTES_KEK_FILE": str(path)})) == 32
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    def test_an_existing_key_is_never_overwritten(self, tmp_path: Path) -> None:
        path = tmp_path / "key"
        wrapping.write_key_file(path)
        before = path.read_text()

        with pytest.raises(FileExistsError):
            wrapping.write_key_file(path)

        assert path.read_text() == before
