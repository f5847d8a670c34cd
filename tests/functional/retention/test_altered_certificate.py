"""Whoever writes to the database, and has no key, has no certificate of theirs signed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core import triggers
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.retention import vouched
from groupnotes.retention.models import Destruction, Purge
from tests.support.cast import Cast
from tests.support.retention import Old, destroy
from tests.support.site import Site

LONG_AGO = dt.datetime(2013, 5, 4, tzinfo=dt.UTC)
CERTIFIED = sorted(
    column.name
    for column in Destruction.__table__.columns
    if column.name not in {"id", "client_id", "key_number"}  # others than these cannot be there
)


def forge(app: Flask, *statements: sa.Executable) -> None:
    """Write past the triggers, as the owner of the database can."""
    with app.app_context(), db.engine.begin() as connection:
        for table in ("purges", "destructions"):
            triggers.remove(connection, table=table)
        for statement in statements:
            connection.execute(statement)


def other(cast: Cast, column: str) -> Any:
    """Return another value than the one that is there."""
    if column.endswith("_by_id"):
        return cast.olga
    if column.endswith("_at"):
        return LONG_AGO
    return b"other" if column in {"key_check", "seal"} else 1


def refused(site: Site, purge: str) -> None:
    assert vouched.ALTERED in site.get(f"{purge}/certificate.pdf", status=409).text
    assert vouched.ALTERED in site.get(purge, status=409).text


@pytest.mark.parametrize("column", CERTIFIED)
def test_each_thing_that_it_says_is_held_against_the_seal(
    app: Flask, cast: Cast, old: Old, site: Site, column: str
) -> None:
    purge = destroy(app, cast, old)

    forge(app, sa.update(Destruction).values({column: other(cast, column)}))

    refused(site.sign_in(cast.rita), purge)


@pytest.mark.parametrize("column", ["proposed_by_id", "proposed_at"])
def test_so_is_who_proposed_it_when(
    app: Flask, cast: Cast, old: Old, site: Site, column: str
) -> None:
    purge = destroy(app, cast, old)

    forge(app, sa.update(Purge).values({column: other(cast, column)}))

    refused(site.sign_in(cast.rita), purge)


def test_a_record_that_is_there_has_none(app: Flask, cast: Cast, old: Old, site: Site) -> None:
    destroy(app, cast, old)
    with app.app_context():
        done = db.session.scalars(sa.select(Destruction)).one()
        values = {c.name: getattr(done, c.name) for c in Destruction.__table__.columns}
        key = db.session.get_one(Client, cast.ana).data_key
    made = new_id()
    proposal = {"proposed_by_id": cast.rita, "proposed_at": LONG_AGO, "client_id": cast.ana}
    forged = values | {"id": made, "client_id": cast.ana, "key_number": key}

    forge(
        app,
        sa.insert(Purge).values(id=made, **proposal),
        sa.insert(Destruction).values(forged),
    )

    refused(site.sign_in(cast.rita), f"/retention/purges/{made}")


def test_clearing_makes_no_altered_one_sound(app: Flask, cast: Cast, old: Old, site: Site) -> None:
    purge = destroy(app, cast, old)
    forge(app, sa.update(Destruction).values(backup_days=1))

    app.test_cli_runner().invoke(args=["retention", "sweep"])

    refused(site.sign_in(cast.rita), purge)
