"""A browser that costs as little as can be: it calls the application without a server."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from groupnotes.web import csrf
from groupnotes.web.cookies import SIGN_IN

Form = list[tuple[str, str]]


class Browser:
    """Sends requests of one signed-in person straight to the application."""

    def __init__(self, app: Flask, token: str) -> None:
        self._app = app
        self._cookie = f"{SIGN_IN}={token}"
        self.csrf_token = csrf._derive(token)  # noqa: SLF001 - as a page would show it
        self.status = ""

    @property
    def headers(self) -> dict[str, str]:
        """What a script on the page would send through a real server."""
        return {
            "Host": "localhost",
            "Cookie": self._cookie,
            "Sec-Fetch-Site": "same-origin",
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def get(self, path: str) -> bytes:
        """Open a page."""
        return self._call(self._environ("GET", path))

    def post(self, path: str, body: bytes, *, htmx: bool = False) -> bytes:
        """Send a form that ``encoded`` made."""
        environ = self._environ("POST", path)
        if htmx:
            environ["HTTP_HX_REQUEST"] = "true"
        environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
        environ["CONTENT_LENGTH"] = str(len(body))
        environ["wsgi.input"] = io.BytesIO(body)
        return self._call(environ)

    def encoded(self, fields: Form) -> bytes:
        """Return the body that a browser would send for ``fields``."""
        return self.encode([("csrf_token", self.csrf_token), *fields])

    @staticmethod
    def encode(fields: Form) -> bytes:
        """Return ``fields`` as the body of a request."""
        return urlencode(fields).encode()

    def _environ(self, method: str, path: str) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self._cookie,
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "wsgi.version": (1, 0),
        }

    def _call(self, environ: dict[str, Any]) -> bytes:
        def start_response(status: str, headers: Any, error: Any = None) -> Any:
            self.status = status

        body = self._app.wsgi_app(environ, start_response)
        try:
            return b"".join(body)
        finally:
            close = getattr(body, "close", None)
            if close is not None:
                close()
