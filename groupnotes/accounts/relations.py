"""How near one person stands to another's account."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.access.policy import Relation
from groupnotes.access.relations import ACTOR_ID, Clause, current, relation
from groupnotes.accounts.models import Supervision, User


def supervises(user_id: Any, *, beside: bool = False) -> Clause:
    """Say that the actor supervises the person ``user_id`` today, or even signs ``beside`` them."""
    pair = aliased(Supervision)
    return (
        sa.select(sa.literal(1))
        .where(
            pair.supervisor_id == ACTOR_ID,
            pair.supervisee_id == user_id,
            current(pair.started_on, pair.ended_on),
            pair.co_signs.is_(True) if beside else sa.true(),
        )
        .correlate_except(pair)
        .exists()
    )


@relation(User, Relation.OWN)
def _own_account() -> Clause:
    return User.id == ACTOR_ID
