"""How near one person stands to another's account."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from groupnotes.access.policy import Relation
from groupnotes.access.relations import ACTOR_ID, Clause, current, relation
from groupnotes.accounts.models import Supervision, User


def supervises(user_id: Any) -> Clause:
    """Say that the actor supervises the person ``user_id`` today."""
    return (
        sa.select(sa.literal(1))
        .where(
            Supervision.supervisor_id == ACTOR_ID,
            Supervision.supervisee_id == user_id,
            current(Supervision.started_on, Supervision.ended_on),
        )
        .correlate_except(Supervision)
        .exists()
    )


@relation(User, Relation.OWN)
def _own_account() -> Clause:
    return User.id == ACTOR_ID
