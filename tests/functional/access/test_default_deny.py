"""A page that says nothing about who may see it is a page nobody gets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Blueprint

from groupnotes import features
from groupnotes.access.policy import Permission
from groupnotes.accounts.models import UserRole
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.web.routes import RouteWithoutPolicy, needs, public
from tests.support import factories
from tests.support.cast import Cast
from tests.support.databases import application, on_sqlite
from tests.support.site import Site

Declaration = Callable[[Callable[[], str]], Callable[[], str]]

IN_MEMORY = "sqlite://"


def undecided() -> Callable[[], str]:
    """Return a page of which nobody said who may see it."""

    def page() -> str:
        return "the clients’ names"

    return page


def with_page(monkeypatch: pytest.MonkeyPatch, blueprint: Blueprint) -> None:
    """Let the application have one page more."""
    more = [*features.blueprints(), blueprint]
    monkeypatch.setattr(features, "blueprints", lambda: more)


class TestARouteWithoutPolicy:
    def test_it_stops_the_start(self, monkeypatch: pytest.MonkeyPatch) -> None:
        extra = Blueprint("extra", __name__)
        extra.get("/extra")(undecided())
        with_page(monkeypatch, extra)

        with pytest.raises(RouteWithoutPolicy, match=r"extra\.page declares no policy"):
            application(IN_MEMORY)

    @pytest.mark.parametrize("declare", [public, needs(Permission.TODAY)])
    def test_with_one_it_starts(
        self, monkeypatch: pytest.MonkeyPatch, declare: Declaration
    ) -> None:
        extra = Blueprint("extra", __name__)
        extra.get("/extra")(declare(undecided()))
        with_page(monkeypatch, extra)

        assert "extra" in application(IN_MEMORY).blueprints


@on_sqlite
class TestARole:
    def test_a_person_without_any_is_let_into_nothing(self, cast: Cast, site: Site) -> None:
        with site.app.app_context():
            db.session.execute(db.delete(UserRole).where(UserRole.user_id == cast.fiona))
            factories.vouch_for_everybody()
            db.session.commit()

        page = site.sign_in(cast.fiona).get("/", status=403)

        assert "Coping skills" not in page.text

    def test_what_a_role_gave_ends_with_it(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")
        with site.app.app_context():
            db.session.execute(
                db.delete(UserRole).where(
                    UserRole.user_id == cast.fiona, UserRole.role == Role.FACILITATOR
                )
            )
            factories.vouch_for_everybody()
            db.session.commit()

        site.get(f"/sessions/{cast.session}", status=403)
