"""Addresses of which a page has many: built once, and filled with an id."""

from __future__ import annotations

import functools
import uuid
from typing import Any

from flask import request, url_for

from groupnotes.web.controls import id_text

ANY = str(uuid.UUID(int=0))  # stands where an id belongs


def address(endpoint: str, **one: uuid.UUID) -> str:
    """Return ``url_for`` of an endpoint that takes one id, in a tenth of its time."""
    [(name, key)] = one.items()
    return blank(endpoint, name).replace(ANY, id_text(key))


def blank(endpoint: str, name: str) -> str:
    """Return the address of an endpoint with ``ANY`` in the place of the id ``name``."""
    return _blank(request.script_root, endpoint, name)


@functools.lru_cache(maxsize=256)
def _blank(_root: str, endpoint: str, name: str) -> str:
    ids: dict[str, Any] = {name: ANY}
    return url_for(endpoint, **ids)
