"""Every page is drawn for everyone who may see it, and every way on from it is open to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.access.policy import Permission, holds
from groupnotes.accounts.models import Supervision
from groupnotes.clients.models import CaseloadEntry
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.groups.models import Enrolment, FacilitatorRole, Group, GroupFacilitator
from groupnotes.web.routes import policy_of
from tests.support import factories, journey
from tests.support.authorization import CASES, WHO
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.forms import every_page
from tests.support.planted import Planted
from tests.support.site import BASE, Site, check_page
from tests.support.world import NOBODY, World
from tests.support.worlds import planted_on_sqlite, world_on_sqlite

STAFF = [who for who in WHO if who != NOBODY]
ENDED = factories.SESSION_DAY + dt.timedelta(days=1)
TOKENLESS = 400  # what a form without its token gets from whoever may send it


def dead_ends(site: Site, starts: Iterable[str]) -> list[str]:
    """Go wherever the pages lead from ``starts``; return what was refused, and from where.

    A form is sent without its token: who may not send it is told so before that is missed.
    """
    found, seen = [], set()
    ahead = [(address, "") for address in starts]
    while ahead:
        address, source = ahead.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = site.client.get(address, base_url=BASE)
        if answer.status_code not in {200, 303}:
            found.append(f"{source} leads to {address}: {answer.status_code}")
        if answer.location:
            ahead.append((answer.location, address))
        if answer.mimetype != "text/html" or not answer.text.startswith("<!doctype"):
            continue
        page = BeautifulSoup(answer.text, "html.parser")
        check_page(page)
        ahead += [(link, address) for link in _links(page, address)]
        found += _refused_forms(site, page, address, seen)
    return found


def _links(page: BeautifulSoup, address: str) -> list[str]:
    hrefs = [str(link["href"]) for link in page.select("a[href]")]
    return [urldefrag(urljoin(address, href)).url for href in hrefs]


def _refused_forms(site: Site, page: BeautifulSoup, address: str, seen: set[str]) -> list[str]:
    actions = {str(form["action"]) for form in page.select("form[method=post]")}
    new = {f"POST {action}" for action in actions} - seen
    seen |= new
    sent = {one: site.send(one.removeprefix("POST "), {}).status_code for one in new}
    return [f"{address} offers {one}: {got}" for one, got in sent.items() if got != TOKENLESS]


@world_on_sqlite
class TestAFullPractice:
    @pytest.mark.parametrize("who", STAFF)
    def test_no_way_ends_in_a_refusal(self, world: World, who: str) -> None:
        at = WHO.index(who)
        starts = {
            case.address(case.objects(world, half))
            for case in CASES
            for half, statuses in case.statuses.items()
            if case.method == "GET" and statuses[at] == 200 and "<path:" not in case.url
        }

        assert len(starts) > 8
        assert dead_ends(world.site(who), {"/", *starts}) == []

    def test_nor_does_one_of_a_stranger(self, world: World) -> None:
        assert dead_ends(Site(world.app), ["/", "/sign-in", "/sign-in?ended=1"]) == []


@planted_on_sqlite
class TestEveryStateOfASession:
    @pytest.mark.parametrize("who", ["fiona", "sam", "rita"])
    def test_no_way_ends_in_a_refusal(self, planted: Planted, who: str) -> None:
        site = planted.site(who)
        pages = {address for _, address in every_page(planted)}
        open_to_them = {
            page for page in pages if site.client.get(page, base_url=BASE).status_code == 200
        }

        assert len(open_to_them) > 8
        assert dead_ends(site, open_to_them) == []


@on_sqlite
class TestHalfARight:
    """Who may read a note, and may not open what usually surrounds it."""

    def test_an_author_who_has_left_group_and_client_finds_no_dead_end(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        signed = journey.signed_note(site.sign_in(cast.fiona), cast)
        draft = journey.note_of(site, cast, "Cleo")
        with app.app_context():
            for model in (GroupFacilitator, CaseloadEntry, Supervision, Enrolment):
                db.session.execute(db.update(model).values(ended_on=ENDED))
            factories.vouch_for_everybody()
            db.session.commit()

        starts = ["/", f"/notes/{signed}/signed", f"/notes/{draft}", f"/notes/{draft}/sign"]
        assert dead_ends(site, starts) == []
        for page in starts:
            site.get(page)

    def test_nor_does_a_clinician_who_only_assists_in_the_group(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        signed = journey.signed_note(site.sign_in(cast.fiona), cast)
        with app.app_context():
            cora = factories.user("Cora Cole", Role.FACILITATOR, Role.CLINICIAN)
            group = db.session.get_one(Group, cast.group)
            factories.facilitate(group, cora, role=FacilitatorRole.CO)
            db.session.commit()
            cora_id = cora.id

        page = site.sign_in(cora_id).get(f"/notes/{signed}/signed")

        assert "Electronically signed" in page.text
        assert dead_ends(site, ["/", f"/notes/{signed}/signed", f"/sessions/{cast.session}"]) == []

    def test_nor_does_who_supervises_an_author_and_nobody_near_the_client(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        signed = journey.signed_note(site.sign_in(cast.fiona), cast)
        with app.app_context():
            db.session.execute(db.update(GroupFacilitator).values(ended_on=ENDED))
            db.session.execute(db.update(CaseloadEntry).values(ended_on=ENDED))
            db.session.commit()

        assert dead_ends(site.sign_in(cast.sam), ["/", f"/notes/{signed}/signed"]) == []


@on_sqlite
class TestAPracticeJustSetUp:
    @pytest.mark.parametrize("role", [*Role, None])
    def test_its_pages_are_drawn_and_lead_on(
        self, app: Flask, site: Site, role: Role | None
    ) -> None:
        roles = frozenset(Role if role is None else {role})
        with app.app_context():
            factories.practice()
            user = factories.user("Una Uhl", *roles)
            db.session.commit()
            user_id = user.id
        site.sign_in(user_id)
        actor = Actor(new_id(), None, roles)
        statuses = {}

        for rule in app.url_map.iter_rules():
            policy = policy_of(app, rule.endpoint)
            if (
                "GET" in (rule.methods or ())
                and not rule.arguments
                and isinstance(policy, Permission)
            ):
                statuses[rule.rule] = 200 if holds(actor, policy) else 403
                site.get(rule.rule, status=statuses[rule.rule])

        assert len(statuses) > 10
        assert dead_ends(site, [page for page, status in statuses.items() if status == 200]) == []
