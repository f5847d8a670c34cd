"""What the rules that need no roster find in a text that names nobody of one."""

from groupnotes.deid import Finding
from groupnotes.deid.circumstances import SHARED, Circumstances
from groupnotes.deid.folding import fold
from groupnotes.deid.strangers import strangers_in


def strangers(text: str, circumstances: Circumstances = SHARED) -> list[Finding]:
    return list(strangers_in(text, fold(text), lambda _start, _end: False, circumstances))
