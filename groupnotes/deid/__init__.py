"""Find who is named in a text that must not name them.

``check`` is the one question; what it finds is refused or marked by its level. It is a check
and no guarantee: it knows the names on the roster it is given, written in any case and in the
disguises of ``folding``, not the nicknames, misspellings or descriptions of those people.
"""

from groupnotes.deid.circumstances import (
    INDIVIDUAL_NOTE,
    SHARED,
    Circumstances,
    PracticeWords,
    Scope,
)
from groupnotes.deid.decisions import Decisions, words_of
from groupnotes.deid.engine import check
from groupnotes.deid.findings import Category, Finding, Level, Piece, pieces, utf16_span
from groupnotes.deid.glance import Glance
from groupnotes.deid.index import RosterIndex, index
from groupnotes.deid.refusing import (
    INDIVIDUAL,
    NameCheck,
    NamesFound,
    findings_in,
    is_blocked,
    refuse_names,
)
from groupnotes.deid.roster import Person, Relation, Roster, others_of
from groupnotes.deid.wording import replace_all, replace_one, replacement

__all__ = [
    "INDIVIDUAL",
    "INDIVIDUAL_NOTE",
    "SHARED",
    "Category",
    "Circumstances",
    "Decisions",
    "Finding",
    "Glance",
    "Level",
    "NameCheck",
    "NamesFound",
    "Person",
    "Piece",
    "PracticeWords",
    "Relation",
    "Roster",
    "RosterIndex",
    "Scope",
    "check",
    "findings_in",
    "index",
    "is_blocked",
    "others_of",
    "pieces",
    "refuse_names",
    "replace_all",
    "replace_one",
    "replacement",
    "utf16_span",
    "words_of",
]
