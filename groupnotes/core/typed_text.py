"""What a person may type: every form sends its text through here before it is kept.

Signed text leaves as PDF and as XML. A character that XML 1.0 (section 2.2) cannot carry is
refused while its writer can still take it out, not when the record is released.
"""

import re
import unicodedata

LIMIT = 1_000_000
"""Characters (code points) in one field, unless the field says otherwise."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def normal(text: str) -> str:
    r"""Give every line end as ``\n``: browsers send CRLF, word processors others still."""
    return _LINE_ENDS.sub("\n", text)


def refusal(text: str, *, limit: int = LIMIT, lines: bool = True) -> str | None:
    """Say why ``text`` cannot be kept, or None.

    Expects the text as ``normal`` gives it. Without ``lines`` a line break is refused too.
    """
    if len(text) > limit:
        over = len(text) - limit
        return f"Shorten this by {_counted(over)}: at most {limit:,} characters fit here."
    if not lines and "\n" in text:
        return "Write this on one line, without a line break."
    found = _REFUSED.search(text)
    if found is not None:
        return f"Remove the {_name(found[0])} {_place(text, found.start())}: it cannot be kept."
    return None


def _counted(characters: int) -> str:
    return "1 character" if characters == 1 else f"{characters:,} characters"


def _name(character: str) -> str:
    """Name the character as a reader of the Unicode charts would find it."""
    code = f"U+{ord(character):04X}"
    if character == "\0":
        return f"NUL character ({code})"
    if unicodedata.category(character) == "Cs":
        return f"half of a character, a lone surrogate ({code}),"
    return f"hidden control character ({code})"


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return f"in line {line}, at character {column}" if "\n" in text else f"at character {column}"
