"""Find identifiers that have a form of their own: numbers, addresses, dates, ages.

They need no roster. Most are anchored: by their form (an e-mail address), or by a word before
them ("chart no."). What is only likely is left to the writer to review.
"""

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
from groupnotes.deid.reading import read

__all__ = ["identifiers_in"]


def identifiers_in(text: str, folded: Folded, circumstances: Circumstances) -> Iterator[Finding]:
    """Find them in the order of the text; where two rules overlap it is one finding."""
    reading = read(text, folded)
    found = [
        *contacts_in(reading),
        *phones_in(reading),
        *addresses_in(reading),
        *numbers_in(reading),
        *plates_in(reading),
        *dates_in(reading, circumstances.own_dates),
        *ages_in(reading),
        *codes_in(reading),
    ]
    yield from settled(found)
