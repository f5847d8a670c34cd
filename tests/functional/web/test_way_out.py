"""The page of a conflict leads back to what was to be changed, with what was typed on it."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.core.errors import Conflict, TooManyTries
from tests.support import authorization, factories, failing
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.site import BASE, Site, one
from tests.support.world import World
from tests.support.worlds import world_on_sqlite

# Where each change leads, by the address it is sent to; every other leads to its own form.
THINGS = {
    r"/clients/ID/.+": "/clients/ID",
    r"/groups/ID/.+": "/groups/ID",
    r"/notes/ID/.+": "/notes/ID",
    r"/plans/ID/.+": "/plans/ID",
    r"/psychotherapy-notes/ID/.+": "/psychotherapy-notes/ID",
    r"/retention/purges/ID/.+": "/retention/purges/ID",
    r"/sessions/ID/.+": "/sessions/ID",
    r"/staff/ID/.+": "/staff/ID",
    r"/practice/interventions/ID/.+": "/practice/interventions/ID",
}
NOWHERE = {  # not pages
    "/emergency/<uuid:access_id>/acknowledge",
    "/emergency/end",
    "/practice/interventions",
    "/sign-out",
    "/stay-signed-in",
}
CHANGES = [
    case
    for case in authorization.CASES
    if case.method == "POST" and not {401, 403, 404} >= set(case.statuses["own"])
]


@world_on_sqlite
@pytest.mark.parametrize("case", CHANGES, ids=str)
def test_every_change_leads_to_a_page_that_is_there(
    world: World, case: authorization.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = zip(authorization.WHO, case.statuses["own"], strict=True)
    who = next(name for name, status in answers if status not in {401, 403, 404})
    address = case.address(case.objects(world, "own"))
    endpoint, _ = world.app.url_map.bind("").match(address, method="POST")
    monkeypatch.setitem(world.app.view_functions, endpoint, world.app.view_functions[endpoint])
    failing.crash(world.app, endpoint, Conflict("Somebody was quicker."))

    sent = {"csrf_token": world.token(who), "text": "Typed on."}
    answer = world.site(who).send(address, sent)

    leads_to = _button(answer.text)
    assert answer.status_code == 409
    assert "Typed on." in answer.text
    assert leads_to == ("/" if case.url in NOWHERE else _thing(address))
    there = world.site(who).client.get(leads_to, base_url=BASE, follow_redirects=True)
    assert there.status_code == 200


@on_sqlite
class TestAPageThatCannotBeShown:
    def test_the_edit_page_of_a_locked_session_leads_to_the_session(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        failing.crash(app, "sessions.edit", Conflict("A note of this session is signed."))

        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}/edit", status=409)

        assert one(page, "main a.button")["href"] == f"/sessions/{cast.session}"
        assert one(page, "main a.button").text == "See it as it is now"

    def test_a_page_that_conflicts_with_itself_leads_to_today(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        failing.crash(app, "reports.group", Conflict("No."))

        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}", status=409)

        assert one(page, "main a.button")["href"] == "/"


@on_sqlite
class TestOtherRefusals:
    def test_too_many_tries_lead_back_to_the_form(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.get("/sign-in")
        failing.crash(app, "accounts.sign_in_submit", TooManyTries("Wait 5 minutes."))

        page = site.submit(page, "#sign-in", password=factories.PASSWORD, status=429)

        assert one(page, "main a.button")["href"] == "/sign-in"
        assert one(page, "main a.button").text == "Open it again"

    def test_an_outdated_form_leads_back_to_it(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)

        page = site.post(f"/groups/{cast.group}/edit", {"name": "Later"}, status=400)

        assert one(page, "main a.button")["href"] == f"/groups/{cast.group}"
        assert "Later" in page.text

    def test_what_one_may_not_see_leads_to_today(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.olga).get(f"/groups/{cast.group}/edit", status=404)

        assert one(page, "main a.button")["href"] == "/"

    def test_a_name_that_is_not_ours_gets_a_page_without_addresses(self, site: Site) -> None:
        answer = site.client.post("/groups/new", base_url=BASE, headers={"Host": "evil.example"})

        assert answer.status_code == 400
        assert "href" not in answer.text.split("<main>")[1]


def _thing(address: str) -> str:
    ids = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
    for pattern, thing in THINGS.items():
        if re.fullmatch(pattern.replace("ID", ids.pattern), address):
            first = ids.search(address)
            assert first is not None
            return thing.replace("ID", first[0])
    return address


def _button(page: str) -> str:
    return str(one(BeautifulSoup(page, "html.parser"), "main a.button")["href"])
