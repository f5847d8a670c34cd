"""Where findings stand in the string of a browser, which counts UTF-16."""

from collections.abc import Iterable

from groupnotes.deid.findings import Finding

_FIRST_OF_TWO = "\U00010000"


def utf16_spans(text: str, findings: Iterable[Finding]) -> list[tuple[int, int]]:
    """Give the start and the end of each finding in UTF-16, in the order that they came in."""
    spans = [(found.start, found.end) for found in findings]
    if text.isascii():
        return spans
    wanted = sorted({place for span in spans for place in span})
    places: dict[int, int] = {}
    at = units = 0
    for place in wanted:
        units += place - at + sum(character >= _FIRST_OF_TWO for character in text[at:place])
        places[place] = units
        at = place
    return [(places[start], places[end]) for start, end in spans]
