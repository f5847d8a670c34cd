"""A record that is past its retention period: a member of a session of long ago, long gone."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.cast import Cast
from tests.support.retention import Old, long_gone


@pytest.fixture
def old(app: Flask, cast: Cast) -> Old:
    """Olaf and Ulla, whose notes of one session are signed."""
    return long_gone(app, cast)
