"""Every feature that has pages, and every module that must be known before the first query."""

from __future__ import annotations

import importlib

from flask import Blueprint

from groupnotes.core.loading import without_collection

_WITH_PAGES = (
    "practice",
    "accounts",
    "clients",
    "emergency",
    "diagnoses",
    "groups",
    "sessions",
    "plans",
    "notes",
    "psychotherapy",
    "signing",
    "disclosure",
    "retention",
    "reports",
    "oversight",
)
_WITH_RELATIONS = (
    "accounts",
    "clients",
    "emergency",
    "diagnoses",
    "groups",
    "sessions",
    "plans",
    "notes",
    "psychotherapy",
    "signing",
)


def blueprints() -> list[Blueprint]:
    """Return the pages of every feature, with its tables and relations declared."""
    found = []
    with without_collection():
        for name in _WITH_RELATIONS:
            importlib.import_module(f"groupnotes.{name}.relations")
        importlib.import_module("groupnotes.retention.models")
        for name in _WITH_PAGES:
            views = importlib.import_module(f"groupnotes.{name}.views")
            found += [part for part in vars(views).values() if isinstance(part, Blueprint)]
    return found
