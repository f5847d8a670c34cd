"""Flask extensions other than the database, made once and bound in create_app."""

from __future__ import annotations

from flask_htmx import HTMX
from flask_login import LoginManager

login = LoginManager()
htmx = HTMX()
