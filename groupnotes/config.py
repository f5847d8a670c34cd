"""Settings from the environment, or from the file that NAME_FILE names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from groupnotes.core.pool import ApartPool
from groupnotes.crypto import wrapping

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"
DEFAULT_DATABASE = f"sqlite:///{INSTANCE / 'database' / 'groupnotes.sqlite3'}"
DEFAULT_KEY_FILE = INSTANCE / "keys" / "key-encryption-key"

MEGABYTE = 1024 * 1024
REQUEST_LIMIT = 12 * MEGABYTE  # bytes: a fan-out of 200 with a text of 1 MB, percent-encoded


class Unsafe(RuntimeError):  # noqa: N818 - reads as why the start was refused
    """A setting would put records at risk; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What this installation runs with."""

    database_url: str
    key_encryption_key: bytes
    trusted_hosts: list[str]
    proxies: int

    def flask(self) -> dict[str, object]:
        """Return the settings as Flask and its extensions name them."""
        return {
            "SECRET_KEY": _derived(self.key_encryption_key, b"groupnotes flash cookie v1"),
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": engine_options(self.database_url),
            "SESSION_COOKIE_NAME": "__Host-flash",
            "SESSION_COOKIE_SECURE": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "TRUSTED_HOSTS": self.trusted_hosts,
            "MAX_CONTENT_LENGTH": REQUEST_LIMIT,
            "MAX_FORM_MEMORY_SIZE": REQUEST_LIMIT,
            "PROXIES": self.proxies,
        }


def engine_options(database_url: str) -> dict[str, object]:
    """Return how SQLAlchemy connects to ``database_url``."""
    options: dict[str, object] = {"hide_parameters": True}  # a failed INSERT is logged
    if database_url.startswith("postgresql"):
        options |= {
            "pool_pre_ping": True,
            "connect_args": {
                "options": "-c statement_timeout=15s -c lock_timeout=5s"
                " -c idle_in_transaction_session_timeout=30s"
            },
        }
    elif database_url.startswith("sqlite:///"):  # not one in memory, which is one connection
        # As many of each kind as there are threads, and some more.
        options |= {"poolclass": ApartPool, "pool_size": 10, "max_overflow": 5}
    return options


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raise Unsafe or NoKey when they are not safe to run with."""
    keys = dict(environment)
    keys.setdefault("GROUPNOTES_KEK_FILE", str(DEFAULT_KEY_FILE))
    return Settings(
        database_url=database_url(environment),
        key_encryption_key=wrapping.key_encryption_key(keys),
        trusted_hosts=_hosts(_setting(environment, "GROUPNOTES_HOSTS", "127.0.0.1,localhost")),
        proxies=_proxies(_setting(environment, "GROUPNOTES_PROXIES", "0")),
    )


def database_url(environment: Mapping[str, str] = os.environ) -> str:
    """Read where the database is, as SQLAlchemy names it."""
    url = _setting(environment, "DATABASE_URL", DEFAULT_DATABASE)
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise Unsafe("DATABASE_URL must be sqlite:///… or postgresql://…")
    return url


def _setting(environment: Mapping[str, str], name: str, default: str) -> str:
    file = environment.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text().strip()
        except OSError as error:
            raise Unsafe(f"{name}_FILE names a file that cannot be read: {error}.") from error
    return environment.get(name) or default


def _hosts(text: str) -> list[str]:
    hosts = [host.strip() for host in text.split(",") if host.strip()]
    if not hosts:  # an empty list would let the site answer to every name
        raise Unsafe("GROUPNOTES_HOSTS must name at least one host that the site answers to.")
    return hosts


def _proxies(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise Unsafe("GROUPNOTES_PROXIES must be a number: how many proxies stand in front.")
    return int(text)


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(key)
