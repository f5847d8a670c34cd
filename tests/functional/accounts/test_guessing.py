"""Guessing passwords: it costs the same for every name, and is counted for all workers alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.accounts import passwords, rate_limits
from groupnotes.accounts.models import RateLimit
from groupnotes.accounts.rate_limits import CONFIRM, SIGN_IN_ADDRESS, SIGN_IN_ALL, SIGN_IN_PAIR
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.core.errors import TooManyTries
from groupnotes.web.cookies import SIGN_IN
from tests.support import factories
from tests.support.cast import Cast
from tests.support.databases import application
from tests.support.site import BASE, Site, fields_of, one

WRONG = "a guess"


@pytest.fixture
def elsewhere(app: Flask, database_url: str) -> Iterator[Flask]:
    """Another worker of the same practice."""
    other = application(database_url)
    yield other
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _within_one_window() -> Iterator[None]:
    with time_machine.travel(clock.now(), tick=False):
        yield


def guess(site: Site, name: str, password: str = WRONG, *, status: int = 422) -> BeautifulSoup:
    page = site.get("/sign-in")
    return site.submit(page, "#sign-in", sign_in_name=name, password=password, status=status)


class TestWhatItCosts:
    @pytest.mark.parametrize("who", ["fiona", "nobody", "nora"])
    def test_one_hash_whoever_it_is(
        self, app: Flask, cast: Cast, site: Site, who: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compared: list[str | None] = []
        matches = passwords.matches

        def watched(stored: str | None, typed: str) -> bool:
            compared.append(stored)
            return matches(stored, typed)

        with app.app_context():
            factories.user("Nora Noon", active=False)
            db.session.commit()
        monkeypatch.setattr(passwords, "matches", watched)

        page = guess(site, f"{who}@example.org", factories.PASSWORD if who == "nora" else WRONG)

        assert len(compared) == 1
        assert "do not belong together" in page.text


class TestHowOften:
    def test_tries_are_counted_for_all_workers_together(
        self, app: Flask, elsewhere: Flask, cast: Cast
    ) -> None:
        workers = [Site(app), Site(elsewhere)]
        for tries in range(SIGN_IN_PAIR.tries):
            guess(workers[tries % 2], "fiona@example.org")

        for worker in workers:
            page = guess(worker, "fiona@example.org", factories.PASSWORD, status=429)
            assert "Wait 5 minutes" in page.text

    @pytest.mark.parametrize(
        "limit", [SIGN_IN_PAIR, SIGN_IN_ADDRESS, CONFIRM], ids=lambda limit: limit.name
    )
    def test_each_limit_holds_to_the_try(
        self, app: Flask, elsewhere: Flask, limit: rate_limits.Limit
    ) -> None:
        for tries in range(limit.tries):
            count((app, elsewhere)[tries % 2], limit)

        for worker in (app, elsewhere):
            with pytest.raises(TooManyTries):
                count(worker, limit)

    def test_who_sits_elsewhere_is_not_locked_out(self, cast: Cast, site: Site) -> None:
        for _ in range(SIGN_IN_PAIR.tries):
            guess(site, "fiona@example.org")
        guess(site, "fiona@example.org", status=429)

        page = site.get("/sign-in")
        sent = fields_of(one(page, "#sign-in")) | {
            "sign_in_name": "fiona@example.org",
            "password": factories.PASSWORD,
        }
        answer = site.client.post(
            "/sign-in", data=sent, base_url=BASE, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}
        )

        assert answer.status_code == 303

    def test_one_address_cannot_go_on_with_other_names(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        for _ in range(SIGN_IN_ADDRESS.tries):
            count(app, SIGN_IN_ADDRESS, "127.0.0.1")

        guess(site, "fiona@example.org", factories.PASSWORD, status=429)

    def test_all_addresses_together_cannot_either(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            count(app, SIGN_IN_ALL, "everybody")
            db.session.execute(sa.update(RateLimit).values(count=SIGN_IN_ALL.tries))
            db.session.commit()

        guess(site, "fiona@example.org", factories.PASSWORD, status=429)

    def test_the_next_window_begins_anew(self, app: Flask, cast: Cast, site: Site) -> None:
        for _ in range(SIGN_IN_ADDRESS.tries):
            count(app, SIGN_IN_ADDRESS, "127.0.0.1")
        guess(site, "fiona@example.org", status=429)

        with time_machine.travel(clock.now().timestamp() + rate_limits.WINDOW, tick=False):
            guess(site, "fiona@example.org")

    def test_a_right_password_uses_up_no_try(self, cast: Cast, site: Site) -> None:
        for _ in range(SIGN_IN_PAIR.tries + 1):
            guess(site, "fiona@example.org", factories.PASSWORD, status=303)
            site.client.delete_cookie(SIGN_IN)

    def test_who_never_came_back_is_forgotten(self, app: Flask, cast: Cast, site: Site) -> None:
        count(app, SIGN_IN_ADDRESS, "198.51.100.9")

        with time_machine.travel(clock.now().timestamp() + 5 * rate_limits.WINDOW, tick=False):
            guess(site, "fiona@example.org")

            with app.app_context():
                assert len(set(db.session.scalars(sa.select(RateLimit.window)))) == 1

    def test_the_file_alone_does_not_tell_which_address_tried(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        guess(site, "fiona@example.org")

        with app.app_context():
            buckets = set(db.session.scalars(sa.select(RateLimit.bucket)))
        tried = f"{SIGN_IN_ADDRESS.name}\0{'127.0.0.1'}".encode()
        assert len(buckets) == 3
        assert hashlib.sha256(tried).digest() not in buckets


def count(app: Flask, limit: rate_limits.Limit, who: str = "192.0.2.1") -> None:
    with app.app_context():
        rate_limits.count(limit, who)
        db.session.commit()
