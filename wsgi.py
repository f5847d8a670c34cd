"""The application for a WSGI server."""

from groupnotes import create_app

app = create_app()
