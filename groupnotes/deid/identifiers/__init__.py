"""Find identifiers that have a form of their own: numbers, addresses, dates, ages.

They need no roster. Most are anchored: by their form (an e-mail address), or by a word before
them ("chart no."). What is only likely is left to the writer to review.
"""

import datetime as dt
from collections.abc import Iterator

from groupnotes.deid.circumstances import Circumstances
from groupnotes.deid.findings import Finding
from groupnotes.deid.folding import Folded
from groupnotes.deid.identifiers.addresses import addresses_in
from groupnotes.deid.identifiers.ages import ages_in
from groupnotes.deid.identifiers.codes import codes_in
from groupnotes.deid.identifiers.contacts import contacts_in
from groupnotes.deid.identifiers.dates import dates_in
from groupnotes.deid.identifiers.numbers import numbers_in
from groupnotes.deid.identifiers.phones import phones_in
from groupnotes.deid.identifiers.plates import plates_in
from groupnotes.deid.overlaps import settled
from groupnotes.deid.reading import Reading, read

__all__ = ["identifiers_in"]


def identifiers_in(text: str, folded: Folded, circumstances: Circumstances) -> Iterator[Finding]:
    """Find them in the order of the text; where two rules overlap it is one finding."""
    reading = read(text, folded)
    found = [
        *contacts_in(reading),
        *numbers_in(reading),
        *phones_in(reading),
        *addresses_in(reading),
        *plates_in(reading),
        *dates_in(reading, circumstances.own_dates),
        *ages_in(reading),
        *codes_in(reading),
    ]
    own = _own_dates_in(reading, circumstances.own_dates)
    yield from settled(finding for finding in found if not _lies_in(finding, own))


def _own_dates_in(reading: Reading, own: frozenset[dt.date]) -> list[Finding]:
    """Find the dates of the session, which no other rule may take for a number of someone."""
    if not own:
        return []
    others = set(dates_in(reading, own))
    return [found for found in dates_in(reading, frozenset()) if found not in others]


def _lies_in(finding: Finding, stretches: list[Finding]) -> bool:
    return any(found.start <= finding.start and finding.end <= found.end for found in stretches)
