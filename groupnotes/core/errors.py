"""What can go wrong in the domain; the web edge maps each to one status."""

from __future__ import annotations

from collections.abc import Mapping


class DomainError(Exception):
    """Base of every expected failure; its text is safe to show and to log."""


class NotFound(DomainError):  # noqa: N818 - reads as the HTTP status it becomes
    """No such thing, or none that this actor may know of."""

    def __init__(self, text: str = "There is no such page, or you may not open it.") -> None:
        super().__init__(text)


class NotAllowed(DomainError):  # noqa: N818
    """The actor may not do this."""

    def __init__(self, text: str = "Your role does not allow this.") -> None:
        super().__init__(text)


class Conflict(DomainError):  # noqa: N818
    """The thing changed since the actor last saw it."""


class Locked(Conflict):
    """The thing is signed: nothing in it changes again."""


class TooManyTries(DomainError):  # noqa: N818
    """The same thing was tried too often in a short time."""


class Invalid(DomainError):  # noqa: N818
    """What was typed cannot be accepted.

    ``fields`` maps a field's name to one sentence that says what to do.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)
