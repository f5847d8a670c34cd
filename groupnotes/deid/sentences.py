"""Where sentences begin."""

import re

_NUMBERED = re.compile(r"(?:^|[\s(,;])\(?(?:\d{1,2}|[a-hA-H])\)[ \t]{1,2}\Z")
_LONGEST_NUMBER = 8
_ENDS = frozenset(".!?:\n\r\v\f\x85\u2028\u2029•*")


def begins_sentence(text: str, at: int) -> bool:
    """Tell whether what stands at ``at`` begins a sentence, a line or an item: "2) Grace"."""
    for place in range(at - 1, -1, -1):
        character = text[place]
        if character in _ENDS:
            return True
        if character.isalnum():
            return _NUMBERED.search(text, max(0, at - _LONGEST_NUMBER), at) is not None
    return True
