"""Accounts, supervisions and data keys are sealed as they are when they first get a seal."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import Migrate, downgrade, upgrade

from groupnotes.accounts.models import User
from groupnotes.cli.setup import MIGRATIONS
from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.crypto import keyring
from groupnotes.crypto.keyring import KeyRing
from groupnotes.retention.models import Purge
from tests.support import factories, faults
from tests.support.cast import Cast
from tests.support.databases import KEY
from tests.support.site import Site, one

HERE = str(MIGRATIONS)
BEFORE = "0012"


@pytest.fixture
def migrated(app: Flask, cast: Cast) -> Flask:
    """The application after its rows went without seals and got new ones."""
    with app.app_context():
        factories.supervise(cast.sam, cast.carl)
        factories.supervise(cast.sam, cast.olga, ended_on=factories.LONG_AGO)
        changed = sa.update(User).where(User.id == cast.finn)
        db.session.execute(changed.values(one_time_until=clock.now()))
        zoe = db.session.get_one(Client, cast.zoe)
        purge = factories.purge(zoe, proposed_by_id=cast.rita)
        factories.destruction(purge, zoe, confirmed_by_id=cast.adam)
        db.session.commit()
        Migrate(app, db, directory=HERE)
        downgrade(directory=HERE, revision=BEFORE)
        upgrade(directory=HERE)
        keyring.bind(db.engine, KeyRing(KEY))  # a process that starts after it
    return app


def test_everybody_is_who_they_were(migrated: Flask, cast: Cast, site: Site) -> None:
    site.sign_in_by_form("fiona")

    adam = Site(migrated).sign_in(cast.adam)

    assert one(site.follow(), "h1").text == "Today"
    assert adam.get("/").select("[aria-labelledby=altered-accounts-title]") == []
    with migrated.app_context():
        assert db.session.get_one(Client, cast.ana).first_name == "Ana"


def test_a_certificate_says_what_it_said(migrated: Flask, cast: Cast) -> None:
    with migrated.app_context():
        purge = db.session.scalars(sa.select(Purge.id)).one()

    rita = Site(migrated).sign_in(cast.rita)

    assert f"Client {cast.zoe}" in rita.get(f"/retention/purges/{purge}").text


def test_nobody_stays_signed_in(app: Flask, cast: Cast, site: Site) -> None:
    site.sign_in(cast.fiona).get("/")
    with app.app_context():
        Migrate(app, db, directory=HERE)
        downgrade(directory=HERE, revision=BEFORE)
        upgrade(directory=HERE)

    site.get("/", status=303)


def test_what_is_changed_afterwards_is_found(migrated: Flask, cast: Cast) -> None:
    faults.as_owner(migrated, "UPDATE supervisions SET co_signs = NOT co_signs")

    page = Site(migrated).sign_in(cast.adam).get("/")

    told = one(page, "[aria-labelledby=altered-accounts-title]")
    assert {link.text for link in told.select("a")} == {"Fiona Field", "Carl Clement", "Olga Other"}
