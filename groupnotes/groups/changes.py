"""Who follows when a group changes: features above, which groups cannot name."""

from __future__ import annotations

from collections.abc import Callable

from groupnotes.core.actor import Actor
from groupnotes.groups.models import Group

Follower = Callable[[Actor, Group], None]

_FOLLOWERS: dict[Follower, None] = {}


def follow(follower: Follower) -> Follower:
    """Have ``follower`` called in the same transaction as each change."""
    _FOLLOWERS[follower] = None
    return follower


def tell(actor: Actor, group: Group) -> None:
    """Say that ``actor`` changed when, how or by whom ``group`` is held."""
    for follower in _FOLLOWERS:
        follower(actor, group)
