"""The cast: who they are to the group and its clients is their role in every test."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Cast:
    """Ids of the people in the tests."""

    fiona: uuid.UUID  # facilitator and clinician: leads the group, writes its notes
    finn: uuid.UUID  # facilitator only: co-leads the group
    carl: uuid.UUID  # clinician: has Ana on his caseload, facilitates nothing
    olga: uuid.UUID  # clinician and facilitator of nothing and nobody here
    sam: uuid.UUID  # supervisor of Fiona
    rita: uuid.UUID  # records
    adam: uuid.UUID  # administrator
    group: uuid.UUID  # Tuesdays at 17:00
    session: uuid.UUID  # met on SESSION_DAY, not documented yet
    ana: uuid.UUID  # enrolled; diagnosis and active plan; Carl's and Fiona's client
    ben: uuid.UUID  # enrolled; diagnosis and active plan; Fiona's client
    cleo: uuid.UUID  # enrolled; no diagnosis, no plan; Fiona's client
    zoe: uuid.UUID  # nobody's client, in no group
