"""Pages about people who sign in: signing in, their password, the staff."""

from __future__ import annotations

from groupnotes.accounts.views.password import bp as account
from groupnotes.accounts.views.signing_in import bp as accounts
from groupnotes.accounts.views.staff import bp as staff

__all__ = ["account", "accounts", "staff"]
