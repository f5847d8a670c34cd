"""Read what a browser sends so that nothing in it is lost, or let in unseen.

A byte that is no UTF-8 arrives as a lone surrogate, which every form refuses by
name (``core.typed_text``); pages show it as U+FFFD.
"""

from __future__ import annotations

import codecs
from typing import IO, Any
from urllib.parse import parse_qsl

import flask
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.formparser import FormDataParser

MOST_FIELDS = 10_000  # of one form: 200 clients have about 1,000
_STRAY = "groupnotes.stray"
_FORM = "application/x-www-form-urlencoded"
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}".encode()


def register(app: flask.Flask) -> None:
    """Read every request of this application in this way."""
    app.request_class = _Request


def shown(body: str) -> bytes:
    """Return the bytes of a page; what is no character is shown as U+FFFD."""
    return body.encode("utf-8", _STRAY)


class _FormParser(FormDataParser):
    """Forms as browsers send them by default; no file is taken, so none is put on the disk."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,  # noqa: ARG002 - as werkzeug calls it
        options: dict[str, str] | None = None,  # noqa: ARG002
    ) -> Any:
        """Read the fields of a form; anything else has none."""
        if mimetype == "multipart/form-data":
            raise UnsupportedMediaType("This site takes no files. Nothing was saved.")
        fields: MultiDict[str, str] = self.cls()
        if mimetype == _FORM:
            fields = self.cls(_pairs(stream.read().decode("utf-8", _STRAY)))
        return stream, fields, self.cls()


class _Request(flask.Request):
    form_data_parser_class = _FormParser


def _pairs(body: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body, keep_blank_values=True, errors=_STRAY, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise RequestEntityTooLarge from error


def _stray(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeEncodeError):
        return _REPLACEMENT * (error.end - error.start), error.end
    if not isinstance(error, UnicodeDecodeError):
        raise error
    three = error.object[error.start : error.start + 3]
    try:
        return three.decode("utf-8", "surrogatepass"), error.start + 3
    except UnicodeDecodeError:
        return chr(0xDC00 + three[0]), error.start + 1


codecs.register_error(_STRAY, _stray)
