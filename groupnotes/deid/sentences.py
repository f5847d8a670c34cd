"""Where sentences begin."""

_ENDS = frozenset(".!?:\n\r\v\f\x85\u2028\u2029•*")


def begins_sentence(text: str, at: int) -> bool:
    """Tell whether what stands at ``at`` begins a sentence, a line or a list item."""
    for place in range(at - 1, -1, -1):
        character = text[place]
        if character in _ENDS:
            return True
        if character.isalnum():
            return False
    return True
