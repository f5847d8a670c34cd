"""Find who is named in a text that must not name them.

``check`` is the one question; what it finds is refused or marked by its level. It is a check
and no guarantee: it knows the names on the roster it is given, written in any case and in the
disguises of ``folding``, not the nicknames, misspellings or descriptions of those people.
"""

from groupnotes.deid.engine import check
from groupnotes.deid.findings import Category, Finding, Level, Piece, pieces
from groupnotes.deid.glance import Glance
from groupnotes.deid.index import RosterIndex, index
from groupnotes.deid.refusing import INDIVIDUAL, NameCheck, NamesFound, refuse_names
from groupnotes.deid.roster import Person, Relation, Roster, others_of
from groupnotes.deid.wording import replace_all, replace_one, replacement

__all__ = [
    "INDIVIDUAL",
    "Category",
    "Finding",
    "Glance",
    "Level",
    "NameCheck",
    "NamesFound",
    "Person",
    "Piece",
    "Relation",
    "Roster",
    "RosterIndex",
    "check",
    "index",
    "others_of",
    "pieces",
    "refuse_names",
    "replace_all",
    "replace_one",
    "replacement",
]
