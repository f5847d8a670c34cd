"""The sessions of the cast's group as the database has them, and how pages schedule them."""

from __future__ import annotations

import uuid

from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.core.db import db
from groupnotes.groups.models import FacilitatorRole
from groupnotes.sessions.models import GroupSession, SessionFacilitator
from tests.support.cast import Cast
from tests.support.factories import ZONE
from tests.support.site import Site, one


def schedule(site: Site, cast: Cast, until: str, *, status: int = 303) -> BeautifulSoup:
    page = site.get(f"/groups/{cast.group}/sessions/new")
    return site.submit(page, "#schedule", until=until, status=status)


def coming(app: Flask, cast: Cast) -> list[GroupSession]:
    with app.app_context():
        query = db.select(GroupSession).where(
            GroupSession.group_id == cast.group, GroupSession.id != cast.session
        )
        return list(db.session.scalars(query.order_by(GroupSession.starts_at)))


def local(session: GroupSession) -> str:
    return f"{session.starts_at.astimezone(ZONE):%m-%d %H:%M}"


def team(app: Flask, session: GroupSession) -> dict[uuid.UUID, FacilitatorRole]:
    with app.app_context():
        query = db.select(SessionFacilitator).where(SessionFacilitator.session_id == session.id)
        return {row.user_id: row.role for row in db.session.scalars(query)}


def refusal(page: BeautifulSoup, field: str) -> str:
    assert one(page, f".govuk-error-summary a[href='#{field}']")
    return one(page, f"#{field}-error").text


def edit_url(session: GroupSession) -> str:
    return f"/sessions/{session.id}/edit"
