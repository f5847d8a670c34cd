"""Tell the name of a street from other words before "street", "way" or "drive"."""

import re

from groupnotes.deid.lexicon import is_word
from groupnotes.deid.reading import Reading
from groupnotes.deid.states import STATE
from groupnotes.deid.words import FUNCTION_WORDS

_NEWER_TYPE = (
    r"spur|bayou|bottom|bypass|causeway|chase|close|corners?|crossroads?|curve|dale|divide|estate"
    r"|extension|ferry|fields?|flats?|ford|forks?|garden|gate|gateway|glade|haven|inlet|junction"
    r"|knolls|lakes|lodge|mall|mount|mountain|oaks|oval|overlook|pass|passage|pines|plains?|pond"
    r"|prairie|promenade|quay|ranch|rapids|rise|rue|strand|track|vista|wharf|woods"
)
SURE_TYPE = (
    r"(?:street|avenue|ave|boulevard|blvd|lane|ln|road|rd|parkway|pkwy|highway|hwy|terrace|trl"
    r"|turnpike|tpke|expressway|cir|crescent|ter|st|ct|pl|sq|aly|xing)"
)
WORD_TYPE = (
    r"(?:drive|dr|court|circle|place|trail|loop|square|alley|row|way|run|path|plaza|cove|ridge"
    r"|bend|hill|hills|lofts?|estates|manor|meadows?|springs|station|valley|view|village|creek"
    r"|brook|canyon"
    r"|cliffs?|falls|gardens|harbor|island|isle|key|knoll|lake|mill|orchard|shores?|summit|trace"
    r"|bluffs?|branch|broadway"
    rf"|{_NEWER_TYPE}"
    r"|hollow|point|pointe|grove|park|pike|crossing|commons|walk|heights|landing|glen|green|mews)"
)
SIDE = (
    r"(?:[nsew]|n\.?[ew]\.?|s\.?[ew]\.?|north(?: ?east| ?west)?|south(?: ?east| ?west)?|east"
    r"|west)\.?"
)
NAME_WORD = r"[a-z0-9][a-z0-9'.]{0,20}"
_UNIT = (
    r"(?: (?:rear|front|upstairs|downstairs|basement|upper|lower|trailer (?:ct|park|court)|court"
    r"|ct|park)\b)?"
    r"(?:,? {0,2}(?:(?:apartment|apt|unit|suite|ste|floor|fl|room|rm|lot|bldg|building|trailer"
    r"|space|spc|box)\.?"
    r" ?#? ?|# ?)[a-z]?-?\d{1,5}-?[a-z]?\b|,? (?:apartment|apt|unit|bldg|building"
    r"|suite)\.? [a-z]\b|(?<=loft) \d{1,4}\b|(?<=lofts) \d{1,4}\b)?"
)
TOWN = (
    r"(?:,? {1,2}(?:in )?(?:[a-z][a-z'.\-]{1,20} ){0,2}[a-z][a-z'.\-]{1,20}, ?"
    rf"(?:{STATE})\b\.?(?:,? {{1,2}}\d{{5}}(?:-\d{{4}})?\b)?)?"
)
ONLY_ZIP = r"(?:,(?: [a-z][a-z'.]{1,20}){1,3}(?=,? \d{5}\b))?(?:,? {1,2}\d{5}(?:-\d{4})?\b)?"
_ONLY_TOWN = r"(?:, [a-z][a-z'\-]{2,20}(?: [a-z]{3,20})?(?= ?(?:[.;)\n]|$)))?"
TAIL = _UNIT + TOWN + ONLY_ZIP + _ONLY_TOWN
"""What may follow a street: an apartment, a town with its state, a ZIP code."""

_COUNTED = frozenset(
    """
    minute minutes min mins hour hours hr hrs day days week weeks wk wks month months mo year years
    yr yrs mile miles block blocks step steps time times member members people person pt pts
    client clients patient patients group groups of percent mg ml lb lbs pounds dollars feet foot
    ft yards meter meters point points session sessions meeting meetings drink drinks beers
    meals hits x am pm o'clock clock half mph degrees kids children adults others
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_NEVER_IN_NAMES = frozenset(
    """
    took take takes taking walk walked walks walking went go goes gone drive drove driving lives
    living live lived moved moving said says told asked felt feels feel got gets get came comes
    come made make makes found find finds used uses use using left leave leaving saw sees see
    got paved same right wrong only next last first hard easy best better worse good bad own
    quiet busy dark open safe one's dirt side back front main long short every any that's it's
    new different whole big little small cross across crossed stay stayed sleeping slept homeless
    near along down toward towards around outside behind past beside onto across nearby
    discussed current former per via wall sesame bourbon easy one-way two-way mean
    """.split()  # noqa: SIM905 - as above
)
STREET_STOP = FUNCTION_WORDS | _COUNTED | (_NEVER_IN_NAMES - {"main", "park", "long", "first"})
"""Words that end, going back from "street", what can be its name."""

_ONLY_HIGH = re.compile(_NEWER_TYPE)
_MOST_WORDS = 4
_SHORT_TYPES = frozenset({"st", "ct", "pl", "dr", "sq", "ave", "rd", "ln", "blvd"})
_OPEN_TYPES = frozenset(
    {"street", "avenue", "ave", "boulevard", "blvd", "lane", "ln", "road", "rd"}
)


def is_street_name(
    reading: Reading, span: tuple[int, int], *, surely: bool, numbered: bool = True
) -> bool:
    """Tell by capitals, or in a note without them by the sort of street."""
    written = reading.written(*span)
    words = written.replace("-", " ").split()
    if not reading.is_low and not reading.is_high:
        kind = words[-1].lower()
        named = [word for word in words[:-1] if word[0].isupper() or word[0].isdigit()]
        all_named = len(named) == len(words) - 1
        high_kind = words[-1][0].isupper() or (kind in _SHORT_TYPES and numbered)
        if numbered and surely and not named:
            return len(words) <= _MOST_WORDS
        return all_named and bool(named) and (high_kind or (numbered and surely))
    if _ONLY_HIGH.fullmatch(words[-1].lower()):
        return any(not is_word(word.lower()) for word in words[:-1])
    if numbered:
        return surely or len(words) < _MOST_WORDS
    unknown = any(not is_word(word.lower()) for word in words[:-1])
    return (surely or unknown) and (unknown or words[-1].lower() in _OPEN_TYPES)


def is_sure_type(written: str) -> bool:
    """Tell "street" and "hollow lane" from "way" and "circle", which are other things too."""
    return _SURE.fullmatch(written) is not None


_SURE = re.compile(rf"(?:[a-z]+ )?{SURE_TYPE}")
