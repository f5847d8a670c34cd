"""Passwords: Argon2id, checked two at a time at most, and never faster for a stranger."""

from __future__ import annotations

import contextlib
import fcntl
import re
import secrets
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from groupnotes.accounts import rate_limits
from groupnotes.core import typed_text
from groupnotes.core.errors import Invalid

SHORTEST = 15  # characters, while the password is the only factor (ASVS 6.2.9)
LONGEST = 256
FEWEST = 5  # different characters besides what anybody would try

# ASVS 5.0 appendix C: t=2, m=64 MiB, p=1.
_HASHER = PasswordHasher(time_cost=2, memory_cost=64 * 1024, parallelism=1)
_SLOTS = threading.BoundedSemaphore(2)  # 64 MiB each: more would be a way to exhaust memory
# The workers of one machine share them by the locks of two files that all of them have.
_FILES = (__file__, rate_limits.__file__)
_SPOKEN = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike
_WORD = re.compile(r"\w{3,}")
_TOO_COMMON = ("password", "groupnotes", "123456", "qwerty", "letmein", "iloveyou")


def one_time() -> str:
    """Return a fresh password that can be read out on the telephone: 99 bits in five groups."""
    letters = "".join(secrets.choice(_SPOKEN) for _ in range(20))
    return "-".join(letters[at : at + 4] for at in range(0, 20, 4))


def hashed(password: str) -> str:
    """Return the hash to store for ``password``, exactly as typed."""
    with _slot():
        return _HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Say whether ``password`` is the one that was stored.

    With nothing stored (an unknown name) it takes as long and says no.
    """
    typed = password.encode("utf-8", "surrogatepass")  # half a character is nobody's password
    with _slot():
        try:
            _HASHER.verify(nobodys() if stored is None else stored, typed)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
    return stored is not None


def require_strong(field: str, password: str, *, words: Iterable[str] = ()) -> None:
    """Raise Invalid, naming ``field``, unless ``password`` may be used.

    ``words`` are what anybody would try first: the names of the person and of the practice.
    """
    if len(password) < SHORTEST:
        raise Invalid({field: f"Choose at least {SHORTEST} characters; a sentence is fine."})
    if len(password) > LONGEST:
        raise Invalid({field: f"Choose at most {LONGEST} characters."})
    if sentence := typed_text.refusal(password, lines=False):
        raise Invalid({field: sentence})
    left = password.casefold()
    for word in (*_TOO_COMMON, *_WORD.findall(" ".join(words).casefold())):
        left = left.replace(word, "")
    if len(set(left)) < FEWEST:
        raise Invalid(
            {field: "This is too easy to guess. Choose something longer and less common."}
        )


@contextlib.contextmanager
def _slot() -> Iterator[None]:
    """Wait for a slot among the threads of this process, then among its fellows."""
    with _SLOTS, contextlib.ExitStack() as files:
        locks = [files.enter_context(Path(name).open("rb")) for name in _FILES]
        with contextlib.suppress(OSError):  # a file system without locks: each counts its own
            if not any(map(_is_free, locks)):
                fcntl.flock(secrets.choice(locks), fcntl.LOCK_EX)
        yield


def _is_free(lock: BinaryIO) -> bool:
    """Take the lock if nobody has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def nobodys() -> str:
    """Return a hash that no password has, and that takes as long to try as one that was stored.

    It is not hashed itself: the first stranger after a start would wait twice as long.
    """
    cost = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    salt, tag = "A" * 22, "A" * 43  # 16 and 32 bytes of zero in base64
    return f"$argon2id$v=19${cost}${salt}${tag}"
