"""GroupNotes: write a group therapy note once, individualize it for each client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from groupnotes.core.loading import without_collection

with without_collection():
    from flask import Flask
    from jinja2 import StrictUndefined
    from werkzeug.middleware.proxy_fix import ProxyFix

    from groupnotes import cli, config, features
    from groupnotes.core.db import db
    from groupnotes.crypto import keyring
    from groupnotes.extensions import htmx, login
    from groupnotes.web import (
        errors,
        frame,
        headers,
        lifecycle,
        macros,
        reading,
        routes,
        words,
        written,
    )

__all__ = ["create_app"]


def create_app(
    settings: config.Settings | None = None, overrides: Mapping[str, Any] | None = None
) -> Flask:
    """Build the application.

    ``settings`` come from the environment when none are given; ``overrides``
    are Flask settings, for tests. Raises when a setting is unsafe or a route
    declares no policy.
    """
    settings = settings or config.from_environment()
    app = Flask(__name__)
    app.config.from_mapping(settings.flask())
    app.config.from_mapping(overrides or {})
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for extension in (db, htmx):
        extension.init_app(app)
    # Pages know the viewer, who is not looked up again for the page of a failure.
    login.init_app(app, add_context_processor=False)
    for module in (reading, headers, lifecycle, errors, words, written, frame, macros, cli):
        module.register(app)
    for blueprint in features.blueprints():
        app.register_blueprint(blueprint)
    routes.check_all(app)
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    with app.app_context():
        keyring.bind(db.engine, keyring.KeyRing(settings.key_encryption_key))
    return app
