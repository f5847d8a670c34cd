"""Everybody asks for everything: each route, method, person and object gives what is declared."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.support import pdf
from tests.support.authorization import CASES, UNSAFE, WHO, Case, forbidden_words
from tests.support.site import BASE
from tests.support.world import NOBODY, World
from tests.support.worlds import world_on_sqlite

UNDECLARED_METHODS = ("PUT", "PATCH", "DELETE", "TRACE")


def _ask(world: World, who: str, method: str, address: str) -> TestResponse:
    data = {"csrf_token": world.token(who)} if method in UNSAFE else None
    answer = world.site(who).client.open(address, method=method, data=data, base_url=BASE)
    answer.get_data()
    answer.close()
    if any(c.startswith("__Host-signin=;") for c in answer.headers.getlist("Set-Cookie")):
        world.forget(who)
    return answer


def _answers(world: World, method: str, address: str) -> list[int]:
    """Let everybody ask; return the statuses in the table's order."""
    statuses = []
    for who in WHO:
        answer = _ask(world, who, method, address)
        body = _text(answer)
        told = [word for word in forbidden_words(who) if word in body]
        assert not told, f"{method} {address} tells {who}: {told}"
        statuses.append(answer.status_code)
    return statuses


def _text(answer: TestResponse) -> str:
    if answer.mimetype == "application/pdf":
        return pdf.flowing(answer.data)
    return answer.get_data(as_text=True)


def _of_missing(statuses: list[int]) -> list[int]:
    """Return what a missing object gives to those to whom ``statuses`` are given for their own."""
    return [
        status if who == NOBODY or status == 403 else 404
        for who, status in zip(WHO, statuses, strict=True)
    ]


@pytest.mark.parametrize("case", CASES, ids=str)
class TestEveryRoute:
    def test_it_answers_everybody_as_declared(self, world: World, case: Case) -> None:
        for half, declared in case.statuses.items():
            address = case.address(case.objects(world, half))

            assert _answers(world, case.method, address) == declared, f"{half}: {address}"

    @world_on_sqlite
    def test_a_missing_object_is_answered_like_one_of_others(
        self, world: World, case: Case
    ) -> None:
        if not case.arguments:
            return
        missing = {name: uuid.uuid4() for name in case.arguments}

        answers = _answers(world, case.method, case.address(missing))

        assert answers == _of_missing(case.statuses["own"])


@world_on_sqlite
@pytest.mark.parametrize("case", [c for c in CASES if len(c.arguments) > 1], ids=str)
class TestAddressesOfTwoObjects:
    def test_they_must_belong_together(self, world: World, case: Case) -> None:
        own, other = case.objects(world, "own"), case.objects(world, "other")
        last = case.arguments[-1]

        for mixed in (own | {last: other[last]}, other | {last: own[last]}):
            answers = _answers(world, case.method, case.address(mixed))

            expected = _of_missing(case.statuses["own"])
            stale = [409 if status == 409 else 404 for status in answers]  # said before that
            assert answers == [s if e == 404 else e for s, e in zip(stale, expected, strict=True)]


@world_on_sqlite
class TestTheTable:
    def test_every_route_has_a_row(self, world: World) -> None:
        declared = {(case.url, case.method) for case in CASES}

        assert {(rule.rule, method) for rule, method in _routes(world.app)} == declared

    def test_other_methods_are_refused(self, world: World) -> None:
        for case in CASES:
            address = case.address(case.objects(world, "own"))
            for method in UNDECLARED_METHODS:
                answer = _ask(world, "fiona", method, address)

                assert answer.status_code == 405, f"{method} {address}"
                assert answer.headers["Allow"]

    def test_head_tells_no_more_than_get(self, world: World) -> None:
        for case in (case for case in CASES if case.method == "GET"):
            for half, declared in case.statuses.items():
                address = case.address(case.objects(world, half))
                for who, status in zip(WHO, declared, strict=True):
                    answer = _ask(world, who, "HEAD", address)

                    assert answer.status_code == status, f"HEAD {address} by {who}"
                    assert not answer.data

    def test_options_lets_in_whom_the_role_lets_in(self, world: World) -> None:
        for url in {case.url for case in CASES}:
            rows = [case for case in CASES if case.url == url]
            address = rows[0].address(rows[0].objects(world, "own"))
            for at, who in enumerate(WHO):
                answer = _ask(world, who, "OPTIONS", address)

                asked = {row.statuses["own"][at] for row in rows}
                expected = 403 if asked == {403} else 303 if asked & {303, 401} else 200
                assert answer.status_code == (expected if who == NOBODY or expected == 403 else 200)
                assert not answer.data or expected == 403


def _routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield rule, method
