"""How much speaks for a person."""

from enum import IntEnum


class Weight(IntEnum):
    """What the words around a word tell: nothing, something, or that it surely is a person."""

    NONE = 0
    WEAK = 1
    STRONG = 2

    @classmethod
    def when(cls, told: bool, otherwise: "Weight") -> "Weight":  # noqa: FBT001 - it is the question
        """Give STRONG when it is told, else the other."""
        return cls.STRONG if told else otherwise
