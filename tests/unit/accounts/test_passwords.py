"""Passwords: how they are hashed, and what a stranger learns from how that goes."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from groupnotes.accounts import passwords

PASSWORD = "correct horse battery staple"
NOBODYS = "the password of nobody"  # whose hash stands in for that of an unknown name
SOON = 0.3  # seconds in which something that is not held back would have happened
LONG = 30  # seconds after which it never will
# ASVS 5.0, appendix C, and RFC 9106 for the form.
STORED = re.compile(r"\$argon2id\$v=19\$m=65536,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}")


class Hasher:
    """The real one, which notes what it is asked and may hold its callers up."""

    def __init__(self) -> None:
        self.real = passwords._HASHER  # noqa: SLF001
        self.verified: list[str] = []
        self.hashed = 0
        self.gate: threading.Barrier | None = None
        self.patience = 0.0
        self.met = 0

    def hash(self, password: str | bytes) -> str:
        """Hash as the real one does."""
        self.hashed += 1
        return self.real.hash(password)

    def __getattr__(self, name: str) -> object:
        return getattr(self.real, name)

    def verify(self, stored: str, password: bytes) -> bool:
        """Verify as the real one does; or, with a gate, only meet others at it."""
        self.verified.append(stored)
        if self.gate is None:
            return self.real.verify(stored, password)
        with contextlib.suppress(threading.BrokenBarrierError):
            self.gate.wait(self.patience)
            self.met += 1
        return True


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Hasher:
    """A hasher that can be watched, in the place of the module's."""
    watched = Hasher()
    monkeypatch.setattr(passwords, "_HASHER", watched)
    return watched


class TestHashing:
    def test_it_is_argon2id_as_strong_as_declared(self) -> None:
        assert STORED.fullmatch(passwords.hashed(PASSWORD))

    def test_each_has_a_salt_of_its_own(self) -> None:
        assert passwords.hashed(PASSWORD) != passwords.hashed(PASSWORD)

    def test_only_what_was_typed_matches(self) -> None:
        stored = passwords.hashed(PASSWORD)

        assert passwords.matches(stored, PASSWORD)
        for other in (PASSWORD.title(), PASSWORD + " ", PASSWORD[:-1], ""):
            assert not passwords.matches(stored, other)

    @pytest.mark.parametrize("stored", ["", "plain", "$argon2id$v=19$m=65536,t=2,p=1$$"])
    def test_what_is_no_hash_matches_nothing(self, stored: str) -> None:
        for typed in (stored, NOBODYS):
            assert not passwords.matches(stored, typed)


class TestAStranger:
    def test_an_unknown_name_costs_what_a_known_one_does(self, hasher: Hasher) -> None:
        known = passwords.hashed(PASSWORD)

        assert not passwords.matches(known, "a guess")
        assert not passwords.matches(None, "a guess")

        assert len(hasher.verified) == 2
        assert hasher.hashed == 1  # the known one's; no stranger waits for another
        assert all(STORED.fullmatch(stored) for stored in hasher.verified)

    def test_no_password_opens_an_account_that_is_not_there(self, hasher: Hasher) -> None:
        assert not passwords.matches(None, NOBODYS)
        assert not passwords.matches(None, "")


class TestHowManyAtOnce:
    @pytest.mark.parametrize(
        ("at_once", "patience", "met"), [(2, LONG, 2), (3, SOON, 0)], ids=["two", "three"]
    )
    def test_two_are_hashed_and_never_three(
        self, hasher: Hasher, at_once: int, patience: float, met: int
    ) -> None:
        stored = passwords.hashed(PASSWORD)
        hasher.gate, hasher.patience = threading.Barrier(at_once), patience

        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(passwords.matches, [stored] * at_once, [PASSWORD] * at_once))

        assert hasher.met == met

    def test_the_workers_of_a_machine_share_the_two(self, hasher: Hasher) -> None:
        fellow = (
            "import fcntl\n"
            "from groupnotes.accounts import passwords\n"
            "held = [open(name, 'rb') for name in passwords._FILES]\n"
            "for lock in held: fcntl.flock(lock, fcntl.LOCK_EX)\n"
            "print('both', flush=True)\n"
            "input()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", fellow], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "both\n"
            hashing = threading.Thread(target=passwords.hashed, args=(PASSWORD,))
            hashing.start()
            hashing.join(SOON)
            assert hasher.hashed == 0

            holder.communicate("go\n")
        hashing.join(LONG)

        assert hasher.hashed == 1
