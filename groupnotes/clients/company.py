"""Who is treated together with a client, so that no text about the client may name them.

Features above this one know it, and say it here as SQL, as they declare relations.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

# Selects the ids of those with whom the client of the id given was, is or will be treated.
Company = Callable[[uuid.UUID], sa.Select[*tuple[Any, ...]]]

_DECLARED: list[Company] = []


def company(query: Company) -> Company:
    """Declare one more way to be treated together."""
    _DECLARED.append(query)
    return query


def company_of(client_id: uuid.UUID) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """Return the query for everyone who is treated together with a client."""
    return sa.union(*(query(client_id) for query in _DECLARED))
