"""Everybody asks for everything: each route, method, person and object gives what is declared."""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.support import pdf
from tests.support.site import BASE
from tests.support.world import NOBODY, WORDS, World

TABLE = Path(__file__).parents[2] / "support" / "authorization.toml"
DECLARED: dict[str, Any] = tomllib.loads(TABLE.read_text())
WHO = tuple(DECLARED["never"])
UNSAFE = frozenset({"POST"})
UNDECLARED_METHODS = ("PUT", "PATCH", "DELETE", "TRACE")
# Which of the world's objects stands for an argument, unless the row says `object`.
OBJECT = {
    "client_id": "client",
    "diagnosis_id": "diagnosis",
    "enrolment_id": "enrolment",
    "entry_id": "entry",
    "facilitation_id": "facilitation",
    "group_id": "group",
    "intervention_id": "intervention",
    "note_id": "signed",
    "objective_id": "objective",
    "plan_id": "plan",
    "session_id": "session",
    "supervision_id": "supervision",
    "user_id": "user",
}


@dataclass(frozen=True)
class Case:
    """One row of the table for one method."""

    url: str
    method: str
    kind: str | None
    statuses: dict[str, list[int]]  # of "own" and "other"
    args: dict[str, str]

    def __str__(self) -> str:
        kind = f" ({self.kind})" if self.kind else ""
        return f"{self.method} {self.url}{kind}"

    @property
    def arguments(self) -> list[str]:
        """The names of the ids in the address."""
        return re.findall(r"<uuid:(\w+)>", self.url)

    def address(self, ids: dict[str, uuid.UUID]) -> str:
        """Return the address of the objects ``ids`` by argument."""
        address = re.sub(r"<uuid:(\w+)>", lambda found: str(ids[found[1]]), self.url)
        return re.sub(r"<[^>]*:(\w+)>", lambda found: self.args[found[1]], address)

    def objects(self, world: World, half: str) -> dict[str, uuid.UUID]:
        """Return the objects of one half by argument."""
        found = getattr(world, half)
        kinds = {name: OBJECT[name] for name in self.arguments}
        if self.kind is not None:
            kinds[self.arguments[0]] = self.kind
        return {name: found[kind] for name, kind in kinds.items()}


def _cases() -> Iterator[Case]:
    for row in DECLARED["route"]:
        for method in ("GET", *sorted(UNSAFE)):
            if method in row:
                yield Case(row["url"], method, row.get("object"), row[method], row.get("args", {}))


CASES = list(_cases())
# What does not depend on the database is asked once.
on_sqlite = pytest.mark.parametrize("world", ["sqlite"], indirect=True, scope="module")


def _ask(world: World, who: str, method: str, address: str) -> TestResponse:
    data = {"csrf_token": world.token(who)} if method in UNSAFE else None
    answer = world.site(who).client.open(address, method=method, data=data, base_url=BASE)
    answer.get_data()
    answer.close()
    if any(c.startswith("__Host-signin=;") for c in answer.headers.getlist("Set-Cookie")):
        world.forget(who)
    return answer


def _forbidden_words(who: str) -> Iterator[str]:
    for entry in DECLARED["never"][who]:
        half, kind = entry.split(".")
        for name, words in WORDS[half].items():
            if kind in {"*", name}:
                yield from words


def _answers(world: World, method: str, address: str) -> list[int]:
    """Let everybody ask; return the statuses in the table's order."""
    statuses = []
    for who in WHO:
        answer = _ask(world, who, method, address)
        body = _text(answer)
        told = [word for word in _forbidden_words(who) if word in body]
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

    @on_sqlite
    def test_a_missing_object_is_answered_like_one_of_others(
        self, world: World, case: Case
    ) -> None:
        if not case.arguments:
            return
        missing = {name: uuid.uuid4() for name in case.arguments}

        answers = _answers(world, case.method, case.address(missing))

        assert answers == _of_missing(case.statuses["own"])


@on_sqlite
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


@on_sqlite
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
