"""A site without a database that shows every macro and answers as a test tells it to.

The browser layer is tried here by itself: templates, styles and scripts are the product's own,
so are the rendering and the headers; what stands behind them is this file.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
    url_for,
)
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from wtforms import (
    BooleanField,
    DateField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

import groupnotes
from groupnotes.core.actor import Role
from groupnotes.extensions import htmx
from groupnotes.web import frame, headers, written
from groupnotes.web.forms import BaseForm, SelectChoice
from groupnotes.web.render import flash_message, go, page, wants_fragment

STATIC = Path(groupnotes.__file__).parent / "static"
TEMPLATES = Path(groupnotes.__file__).parent / "templates"
PAGES = Path(__file__).with_name("showcase_pages")
ROSA = "00000000-0000-0000-0000-000000000001"
INJECTED = (
    '<b hx-get="/probe" hx-trigger="load">x</b><i data-hx-get="/probe" data-hx-trigger="load">y</i>'
)

Answer = Callable[[], Response]


class SampleForm(BaseForm):
    """One field of each kind."""

    name = StringField("Legal name", [DataRequired("Enter the legal name.")])
    born = DateField("Date of birth", [InputRequired("Enter the date of birth.")])
    at = TimeField("Starts at", [InputRequired("Enter when it starts.")])
    kind = SelectField(
        "Kind of group", choices=[SelectChoice("process", "Process"), SelectChoice("dbt", "DBT")]
    )
    place = RadioField(
        "Place",
        [InputRequired("Choose the place.")],
        choices=[SelectChoice("office", "Office"), SelectChoice("video", "Video")],
    )
    roles = SelectMultipleField(
        "Roles",
        [DataRequired("Choose at least one role.")],
        choices=[SelectChoice("clinician", "Clinician"), SelectChoice("records", "Records")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    about = TextAreaField("About", [DataRequired("Say what it is about.")])
    secret = PasswordField("Password", [DataRequired("Enter your password.")])
    agreed = BooleanField("The client agreed", [DataRequired("Ask the client.")])


@dataclass
class State:
    """What the server side of the showcase knows, and how it is to answer next."""

    token: str = field(default_factory=secrets.token_hex)  # a page of another test cannot post
    viewer: str | None = ROSA
    idle_seconds: int = 900
    seconds_left: int = 900
    version: int = 3
    text: str = ""
    saves: list[dict[str, str]] = field(default_factory=list)
    probes: int = 0
    stays: int = 0
    draft: list[Answer] = field(default_factory=list)  # answers to the next autosaves
    send: list[Answer] = field(default_factory=list)  # answers to the next ordinary posts


def make_showcase() -> Flask:
    """Return the site; its state, which a test may replace, is ``config["STATE"]``."""
    app = Flask("showcase", static_folder=str(STATIC), template_folder=str(PAGES))
    app.secret_key = "showcase"
    app.config["STATE"] = State()
    app.jinja_loader = ChoiceLoader([FileSystemLoader(PAGES), FileSystemLoader(TEMPLATES)])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["csrf_token"] = lambda: _state().token
    written.register(app)
    frame.register(app)
    app.jinja_env.globals["ui"] = app.jinja_env.get_template("macros/ui.html").module
    htmx.init_app(app)
    headers.register(app)
    app.before_request(_check)
    app.context_processor(lambda: {"viewer": _viewer(_state()), "state": _state()})
    for rule, endpoint, view, method in ROUTES:
        app.add_url_rule(rule, endpoint, view, methods=[method])
    return app


def refused(status: int, text: str) -> Answer:
    """Return an answer as web.errors gives it to htmx."""
    return lambda: make_response(
        render_template("partials/message.html", text=text, kind="error"), status
    )


def keep() -> Response:
    """Keep an autosave and answer with the server's word for it."""
    _keep()
    return page("note.html", "saved", "tally", edit=request.form["edit"])


def _keep() -> None:
    state = _state()
    if int(request.form["version"]) != state.version:
        abort(409)
    state.version += 1
    state.text = request.form["text"].replace("\r\n", "\n")
    state.saves.append(dict(request.form))


def _state() -> State:
    state: State = current_app.config["STATE"]
    return state


def _viewer(state: State) -> SimpleNamespace | None:
    if state.viewer is None:
        return None
    return SimpleNamespace(
        id=state.viewer,
        name="Rosa Kaminski, LCSW",
        practice_name="Harbour Street Practice",
        roles=frozenset({Role.FACILITATOR, Role.ADMINISTRATOR}),
        emergency=None,
    )


def _check() -> Response | None:
    """Do what web.lifecycle does: sign-in first, then the token."""
    state = _state()
    if request.endpoint in OPEN:
        return None
    if state.viewer is None:
        if wants_fragment():
            return make_response(render_template("partials/signed_out.html"), 401)
        return go(url_for("accounts.sign_in"))
    given = request.form.get("csrf_token", "") or request.headers.get("X-CSRF-Token", "")
    if request.method == "POST" and given != state.token:
        return refused(400, "This page is out of date.")()
    if request.endpoint != "accounts.token":
        state.seconds_left = state.idle_seconds
    return None


def _shown(template: str, *blocks: str) -> Callable[[], Response]:
    return lambda: page(template, *blocks)


def _parts() -> Response:
    flash_message("Draft saved.")
    return page("parts.html")


def _form() -> Response:
    return page("form.html", "sample", form=SampleForm())


def _form_sent() -> Response:
    form = SampleForm.from_request()
    if not form.validate():
        return page("form.html", "sample", status=422, form=form)
    flash_message("Client added.")
    return page("form.html", "sample", then="/form", form=form)


def _broken() -> Response:
    typed = [("Response", "Amara named two triggers and a plan for Friday.")]
    text = "Someone else changed this note while you wrote."
    status = HTTPStatus.CONFLICT
    body = render_template("errors/error.html", status=status, text=text, typed=typed)
    return make_response(body, status)


def _probe() -> Response:
    _state().probes += 1
    return make_response("<p>probed</p>")


def _send() -> Response:
    if answers := _state().send:
        return answers.pop(0)()
    _keep()
    flash_message("Draft saved.")
    return page("note.html", "note", "tally", then="/note")


def _draft() -> Response:
    if answers := _state().draft:
        return answers.pop(0)()
    return keep()


def _sign() -> Response:
    if int(request.form["version"]) != _state().version:
        return refused(409, "The note changed since you read it.")()
    if "text" in request.form:
        _keep()
    flash_message("Note signed.")
    return page("note.html", "note", then="/note")


def _sign_in() -> Response:
    return page("sign_in.html", ended=bool(request.args.get("ended")))


def _signed_in() -> Response:
    state = _state()
    state.viewer, state.token = ROSA, "second-token"
    state.seconds_left = state.idle_seconds
    return go("/")


def _sign_out() -> Response:
    _state().viewer = None
    return go(url_for("accounts.sign_in"))


def _token() -> Response:
    state = _state()
    return jsonify(token=state.token, viewer=state.viewer, seconds_left=state.seconds_left)


def _stay() -> Response:
    _state().stays += 1
    return make_response("", 204)


ROUTES: tuple[tuple[str, str, Callable[[], Response], str], ...] = (
    ("/", "today", _shown("today.html"), "GET"),
    ("/parts", "parts", _parts, "GET"),
    ("/workspace", "workspace", _shown("workspace.html"), "GET"),
    ("/form", "form", _form, "GET"),
    ("/form", "form_sent", _form_sent, "POST"),
    ("/broken", "broken", _broken, "GET"),
    ("/injected", "injected", lambda: page("injected.html", text=INJECTED), "GET"),
    ("/probe", "probe", _probe, "GET"),
    ("/note", "note", _shown("note.html", "note"), "GET"),
    ("/note", "send", _send, "POST"),
    ("/note/draft", "draft", _draft, "POST"),
    ("/note/sign", "sign", _sign, "POST"),
    ("/search", "search", lambda: page("note.html", "results"), "POST"),
    ("/sign-in", "accounts.sign_in", _sign_in, "GET"),
    ("/sign-in", "accounts.signed_in", _signed_in, "POST"),
    ("/sign-out", "accounts.sign_out", _sign_out, "POST"),
    ("/csrf-token", "accounts.token", _token, "GET"),
    ("/stay-signed-in", "accounts.stay", _stay, "POST"),
)
OPEN = {"static", "probe", "accounts.sign_in", "accounts.signed_in", None}
