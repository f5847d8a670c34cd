"""The people around a group, prepared once for each version of them.

A roster is everyone who is, was or will be enrolled in the group, with what points at them and
at those around them, and the practice's staff, who may be named. Its version is the sum of the
versions of all its rows. None of them is ever deleted and no version goes back, so that any
change gives a new sum, and what was prepared for the old one is not used again. The last ones
stay in the memory of the process, names and all, beside the keys that opened them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import sqlalchemy as sa

from groupnotes import deid
from groupnotes.accounts.models import User
from groupnotes.clients import people
from groupnotes.clients.models import Client
from groupnotes.core.db import db
from groupnotes.core.prepared import Prepared
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.groups.models import Enrolment
from groupnotes.identity.keeping import Newest
from groupnotes.practice import queries as practices
from groupnotes.practice.models import Practice

_KEPT = 64  # groups
_SEEN = 64  # group notes of one group
_STAFF_NAME = Place("users", "name")
_GROUP_ID = sa.bindparam("group_id", type_=sa.Uuid())


class Around:
    """Whom the texts of one group must not identify, at one version of its roster."""

    def __init__(
        self, version: int, roster: deid.RosterIndex, practice: deid.PracticeWords
    ) -> None:
        self.version = version
        self.roster = roster
        self._practice = practice
        # A text is looked at when its writer pauses, and again when it is filed and signed.
        self._seen: Newest[bytes, deid.Findings] = Newest(_SEEN)

    def in_shared(self, texts: Mapping[str, str], held_on: dt.date) -> deid.Findings:
        """Return what identifies someone in the texts of a session's group note, by field.

        What was found in texts of before is remembered by their digest.
        """
        key = _digest(held_on.isoformat(), *chain.from_iterable(texts.items()))
        found = self._seen.get(key)
        if found is None:
            circumstances = deid.Circumstances(
                scope=deid.Scope.SHARED, practice=self._practice, own_dates=frozenset({held_on})
            )
            found = self._seen.put(key, deid.findings_in(texts, self.roster, circumstances))
        return found

    def in_individual(self, texts: Mapping[str, str], client_id: uuid.UUID) -> deid.Findings:
        """Return what points at another than the client, or at someone around one, by field."""
        return deid.findings_in(texts, self.roster.about(client_id), deid.INDIVIDUAL_NOTE)


def _digest(*words: str) -> bytes:
    digest = hashlib.sha256()
    for word in words:
        written = word.encode("utf-8", "surrogatepass")
        digest.update(len(written).to_bytes(8, "big") + written)
    return digest.digest()


def version_of(group_id: Any) -> sa.ColumnElement[int]:
    """Return the version of a group's roster as SQL, to stand in another question."""
    of_clients = (
        sa.select(sa.func.coalesce(sa.func.sum(Enrolment.version + Client.version), 0))
        .join(Client, Client.id == Enrolment.client_id)
        .where(Enrolment.group_id == group_id)
        .correlate_except(Enrolment, Client)
        .scalar_subquery()
    )
    of_staff = sa.select(sa.func.coalesce(sa.func.sum(User.version), 0)).correlate_except(User)
    of_practice = sa.select(sa.func.sum(Practice.version)).correlate_except(Practice)
    return of_clients + of_staff.scalar_subquery() + of_practice.scalar_subquery()


_VERSION = Prepared(sa.select(version_of(_GROUP_ID).label("version")))


_kept: Newest[tuple[Any, uuid.UUID], Around] = Newest(_KEPT)


def around(group_id: uuid.UUID, version: int | None = None) -> Around:
    """Return the people around a group, at the ``version`` that a question just gave."""
    if version is None:
        version = int(_VERSION.one({"group_id": group_id}).version)
    key = (ring(), group_id)  # a ring is one database's
    found = _kept.get(key)
    if found is None or found.version != version:
        found = _kept.put(key, _load(group_id, version))
    return found


def as_of(group_id: uuid.UUID, day: dt.date) -> deid.RosterIndex:
    """Return those who were in the group by ``day``: whom a text of then must not name.

    Whoever came later may share a name with a client's sister, who was rightly named.
    """
    return deid.index(deid.Roster(tuple(_persons(group_id, Enrolment.started_on <= day))))


def _load(group_id: uuid.UUID, version: int) -> Around:
    roster = deid.Roster(tuple(_persons(group_id)))
    return Around(version, deid.index(roster), practices.words())


def _persons(group_id: uuid.UUID, *where: sa.ColumnElement[bool]) -> Iterator[deid.Person]:
    inside = sa.select(Enrolment.client_id).where(Enrolment.group_id == group_id, *where)
    staying = inside.where(Enrolment.ended_on.is_(None))
    rows = db.session.execute(
        sa.select(*people.COLUMNS, Client.id.in_(staying).label("stays"))
        .where(Client.id.in_(inside), people.THERE)
        .order_by(Client.id)
    ).all()
    ring().load({row.data_key for row in rows})
    for row in rows:
        relation = deid.Relation.ENROLLED if row.stays else deid.Relation.FORMER
        yield from people.around(row, relation)
    staff = db.session.execute(sa.select(User.id, User.data_key, User.name_sealed)).all()
    ring().load({row.data_key for row in staff})
    for one in staff:
        first, _, last = ring().open(_STAFF_NAME, one.id, one.name_sealed).rpartition(" ")
        named = (first, last) if first else (last, "")
        yield deid.Person(one.id, *named, relation=deid.Relation.STAFF)
