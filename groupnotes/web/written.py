"""Hand the templates what is written in Python: each function's HTML stays HTML there."""

from __future__ import annotations

import functools
from collections.abc import Callable

from flask import Flask
from markupsafe import Markup  # noqa: TID251 - Html was escaped where it was written

from groupnotes.web import actions, controls, parts
from groupnotes.web.controls import Html


def register(app: Flask) -> None:
    """Give the templates these functions; before the macros are loaded."""
    functions: dict[str, Callable[..., Html]] = {
        "input": controls.line,
        "textarea": controls.textarea,
        "select": controls.select,
        "segmented": controls.segmented,
        "checks": controls.checks,
        "form": actions.form,
        "exchange": actions.exchange,
        "hidden": actions.hidden,
        "submit": actions.submit,
        "save_status": actions.save_status,
        "tag": parts.tag,
        "user_text": parts.user_text,
        "marked": parts.marked,
        "names_found": parts.names_found,
        "summary_list": parts.summary_list,
    }
    app.jinja_env.globals["controls"] = {
        name: vouched(function) for name, function in functions.items()
    }


def vouched(write: Callable[..., Html]) -> Callable[..., Markup]:
    """Let a template show what ``write`` writes without escaping it once more."""

    @functools.wraps(write)
    def written(*given: object, **named: object) -> Markup:
        return Markup(write(*given, **named))  # noqa: S704

    return written
