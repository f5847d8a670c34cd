"""Pages about groups and who is in them. The group's own page is in reports: it counts notes."""

from __future__ import annotations

from groupnotes.groups.views.enrolments import bp as enrolments
from groupnotes.groups.views.facilitators import bp as facilitators
from groupnotes.groups.views.standing import bp as groups

__all__ = ["enrolments", "facilitators", "groups"]
