"""What the tests of notes begin with."""

from __future__ import annotations

import uuid

import pytest

from tests.support import journey
from tests.support.cast import Cast
from tests.support.site import Site


@pytest.fixture
def annies(cast: Cast, site: Site) -> uuid.UUID:
    """Annie's empty note."""
    journey.document(site.sign_in(cast.fiona), cast)
    return journey.note_of(site, cast, "Annie")
