"""What a served installation prints: where something failed, and no word of anybody's."""

from __future__ import annotations

import contextlib
import http.client
import signal
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from groupnotes.clients.models import Client
from groupnotes.core.db import db
from groupnotes.web.cookies import SIGN_IN
from tests.support import canaries, faults
from tests.support.forms import FoundForm, every_form
from tests.support.planted import Planted
from tests.support.served import answer_to, port_of, started
from tests.support.site import one
from tests.support.worlds import planted_on_sqlite


@dataclass(frozen=True)
class Browser:
    """Whose sign-in is sent to which port."""

    port: int
    cookie: str

    def ask(
        self, method: str, address: str, data: Mapping[str, object] | None = None
    ) -> tuple[int, str]:
        """Return the status and the text of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request(
                method,
                address,
                urlencode(data, doseq=True) if data is not None else None,
                {
                    "Cookie": f"{SIGN_IN}={self.cookie}",
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def token(self) -> str:
        """Return the anti-forgery token of this sign-in."""
        page = BeautifulSoup(self.ask("GET", "/account/password")[1], "html.parser")
        return str(one(page, "meta[name=csrf-token]")["content"])


@pytest.fixture(scope="module")
def printed(planted: Planted) -> str:
    """Everything that the server printed while all that was typed came to nothing."""
    forms = [form for form in every_form(planted) if form.method == "post"]
    with (
        started(planted.app.config["SQLALCHEMY_DATABASE_URI"], "--port", "0") as server,
        ThreadPoolExecutor() as pool,
    ):
        port = port_of(server)
        assert server.stdout is not None
        assert server.stderr is not None
        # Read all the while: a server whose words nobody takes stops when the pipe is full.
        words = [pool.submit(stream.read) for stream in (server.stdout, server.stderr)]
        try:
            browsers = {who: Browser(port, cookie) for who, cookie in _cookies(planted)}
            _send_in_vain(planted, browsers, forms)
            _send_what_is_no_request(planted, port)
            _read_what_was_altered(planted, browsers["fiona"])
        finally:
            server.send_signal(signal.SIGTERM)
        return "".join(word.result() for word in words)


def _cookies(planted: Planted) -> Iterator[tuple[str, str]]:
    for who in ("fiona", "carl", "adam"):
        cookie = planted.site(who).client.get_cookie(SIGN_IN)
        assert cookie is not None
        yield who, cookie.value


def _send_in_vain(
    planted: Planted, browsers: Mapping[str, Browser], forms: list[FoundForm]
) -> None:
    tokens = {who: browser.token() for who, browser in browsers.items()}
    with faults.refusing(planted.app, "INSERT", "audit_events"):
        for form in forms:
            who = form.who if form.who in browsers else "fiona"
            typed = form.untouched | planted.canaries.fill(form.element, form.action, {})
            for token in ("forged", tokens[who]):
                status, _ = browsers[who].ask("POST", form.action, typed | {"csrf_token": token})
                assert status >= 400, form


def _send_what_is_no_request(planted: Planted, port: int) -> None:
    """Send words where only the server itself reads them."""
    planted.canaries.note("a line of a request", word := planted.canaries.word())
    for lines in (
        [f"{word} / HTTP/1.1", "Host: 127.0.0.1"],
        [f"GET /{word} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"],
        [f"GET / HTTP/1.1{word}", "Host: 127.0.0.1"],
        ["GET / HTTP/1.1", f"Host: {word}"],
        ["GET / HTTP/1.1", "Host: 127.0.0.1", f"{word} {word}"],
        ["POST / HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {word}"],
    ):
        assert answer_to(port, *lines).startswith("HTTP/1.")


def _read_what_was_altered(planted: Planted, browser: Browser) -> None:
    client = planted.ids["client"]
    with planted.app.app_context():
        db.session.execute(
            sa.update(Client).where(Client.id == client).values(mrn_sealed=b"altered")
        )
        db.session.commit()
    assert browser.ask("GET", f"/clients/{client}")[0] == 500


@planted_on_sqlite
class TestWhatItPrints:
    def test_it_says_where_something_failed(self, planted: Planted, printed: str) -> None:
        client = planted.ids["client"]

        assert f"crypto.auth_failed: clients.mrn of {client} is not a sealed value" in printed
        assert "unhandled IntegrityError" in printed

    def test_it_says_nobodys_words(self, planted: Planted, printed: str) -> None:
        assert not canaries.found(planted.canaries.texts(), printed.encode())
