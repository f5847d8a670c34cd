"""The macros that every template calls as ``ui``."""

from __future__ import annotations

from typing import Any

from flask import Flask


def register(app: Flask) -> None:
    """Give every template the macros."""
    app.jinja_env.globals["ui"] = _Macros(app)


class _Macros:
    """The macros of ``macros/ui.html``, compiled when the first page calls one.

    Commands and whoever only starts the application show no page, and do not wait for them.
    """

    def __init__(self, app: Flask) -> None:
        self._environment = app.jinja_env

    def __getattr__(self, name: str) -> Any:
        """Load them all: from then on each is an attribute like any other."""
        module = self._environment.get_template("macros/ui.html").module
        macros = {one: made for one, made in vars(module).items() if not one.startswith("_")}
        if name not in macros:
            raise AttributeError(name)
        self.__dict__.update(macros)
        return macros[name]
