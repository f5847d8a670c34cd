"""Find who is identified in a text that must not identify them.

``check`` is the one question; what it finds is refused or marked by its level. It is a check
and no guarantee: it knows the people of the roster it is given by their names, nicknames,
initials and numbers, and what identifies others by its form or the words around it. It does not
know who is described ("the mayor's daughter").
"""

from groupnotes.deid.circumstances import (
    INDIVIDUAL_NOTE,
    SHARED,
    Circumstances,
    PracticeWords,
    Scope,
)
from groupnotes.deid.decisions import Decisions, alike
from groupnotes.deid.engine import check
from groupnotes.deid.findings import Category, Finding, Level, Piece, pieces
from groupnotes.deid.index import RosterIndex, index
from groupnotes.deid.offsets import utf16_spans
from groupnotes.deid.refusing import (
    INDIVIDUAL,
    Findings,
    NamesFound,
    findings_in,
    is_blocked,
    refuse_names,
)
from groupnotes.deid.roster import Person, Relation, Roster, others_of
from groupnotes.deid.wording import replace_all, replacement

__all__ = [
    "INDIVIDUAL",
    "INDIVIDUAL_NOTE",
    "SHARED",
    "Category",
    "Circumstances",
    "Decisions",
    "Finding",
    "Findings",
    "Level",
    "NamesFound",
    "Person",
    "Piece",
    "PracticeWords",
    "Relation",
    "Roster",
    "RosterIndex",
    "Scope",
    "alike",
    "check",
    "findings_in",
    "index",
    "is_blocked",
    "others_of",
    "pieces",
    "refuse_names",
    "replace_all",
    "replacement",
    "utf16_spans",
]
