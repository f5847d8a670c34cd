"""Where to go from the page of a refusal: to the thing that was to be changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def address() -> str | None:
    """Return the page of the thing that this request is about, or None.

    Found by the address alone: its longest part that ends with an id and has a page, as
    `/plans/<id>` for `/plans/<id>/objectives/<id>/achieved`; else the form that was sent.
    """
    if request.url_rule is None:  # no view was found, or there are no addresses at all
        return None
    adapter = current_app.create_url_adapter(request)
    for path in _candidates():
        try:
            found = adapter.match(path, method="GET") if adapter else None
        except (HTTPException, RequestRedirect):
            continue
        if found is not None:
            endpoint, values = found
            return url_for(endpoint, **values)
    return None


def _candidates() -> Iterator[str]:
    parts = request.path.split("/")
    for end in range(len(parts), 0, -1):
        path = "/".join(parts[:end])
        if _is_id(parts[end - 1]) and (path != request.path or request.method == "POST"):
            yield path
    if request.method == "POST":
        yield request.path


def _is_id(part: str) -> bool:
    try:
        uuid.UUID(part)
    except ValueError:
        return False
    return True
