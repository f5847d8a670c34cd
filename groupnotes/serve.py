"""Serve the pages on this machine: ``python -m groupnotes.serve --port 8000``.

With ``--demo`` what is missing is made first: the key, the database and the demo
practice. It is one process, so that starting once more takes as long as serving.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import signal
import sys
from collections.abc import Sequence
from types import FrameType

import click
import sqlalchemy as sa
import waitress
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError

from groupnotes import config, create_app, startup
from groupnotes.crypto.wrapping import NoKey, WrongKey

HOST = "127.0.0.1"  # a proxy on this machine may open it to others
THREADS = 8
_CONNECTIONS = 1000  # silent ones cost little memory, and must not keep others waiting
_SILENCE = 30  # seconds until one is closed
_NO_DATABASE = "There is no GroupNotes database to serve. Make one with: make setup"
# Waitress would put what exceeds these into a temporary file: clinical text on the disk.
_IN_MEMORY = config.REQUEST_LIMIT + config.MEGABYTE


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until Ctrl+C or SIGTERM; the requests under way may then end."""
    options = _parser().parse_args(arguments)
    port = options.port
    try:
        app = _with_demo() if options.demo else _application()
        server = waitress.create_server(
            app,
            host=HOST,
            port=port,
            threads=THREADS,
            connection_limit=_CONNECTIONS,
            channel_timeout=_SILENCE,
            cleanup_interval=_SILENCE // 3,
            asyncore_use_poll=True,  # select() ends at 1024 of them
            ident=None,
            max_request_body_size=_IN_MEMORY,
            inbuf_overflow=_IN_MEMORY,
            outbuf_overflow=64 * config.MEGABYTE,
            clear_untrusted_proxy_headers=not app.config["PROXIES"],
        )
        server.channel_class = _Channel
    except (config.Unsafe, NoKey, WrongKey) as reason:
        sys.exit(str(reason))
    except OSError as error:
        sys.exit(_why_not(error, port))
    signal.signal(signal.SIGTERM, _stop)
    click.echo(f"GroupNotes is at http://{HOST}:{server.effective_port}")
    click.echo("Stop it with Ctrl+C.")
    server.run()


class _RequestParser(HTTPRequestParser):  # type: ignore[misc]
    """Refuses what a proxy in front could read differently; the application never sees it."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers of one request."""
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("The request gives its length twice")
        if "," in self.headers.get("HOST", ""):
            raise ParsingError("The request names more than one host")


class _Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = _RequestParser


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m groupnotes.serve", description=summary)
    parser.add_argument("--port", type=int, default=8000, help="where to listen (8000)")
    parser.add_argument("--demo", action="store_true", help="make what is missing, with a demo")
    return parser


def _with_demo() -> Flask:
    """Build the application on a database that has the demo practice, or one of its own."""
    from groupnotes.cli import demo_practice, setup  # noqa: PLC0415 - others only serve

    app = setup.application()
    with app.app_context():
        demo_practice.fill()
    return app


def _application() -> Flask:
    """Build the application on a database that its keys open."""
    app = create_app()
    with app.app_context(), contextlib.suppress(sa.exc.OperationalError):
        if startup.has_sound_database():
            return app
    raise config.Unsafe(_NO_DATABASE)


def _why_not(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken, perhaps by another GroupNotes. "
            f"Stop that, or choose another port: make serve PORT={port + 1}"
        )
    return f"GroupNotes cannot listen on port {port}: {error.strerror}."


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit


if __name__ == "__main__":
    main()
