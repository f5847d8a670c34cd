"""What a supervisor should look at in a note before signing beside it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from groupnotes.notes.quoting import quotes_at_length
from groupnotes.signing.content import SignedContent

NAMES = "It names another client of the session. Return it: the record must name nobody else."
QUOTES = (
    "It quotes the client at length. What analyses a conversation may be a psychotherapy note "
    "(45 CFR 164.501), which is kept apart."
)


def individual_texts(content: SignedContent) -> dict[str, str]:
    """Return the texts that are this client's own, by their place."""
    section = content.individual
    texts = {
        "response": section.response,
        "group_response": section.group_response,
        "risk_action": section.risk_action,
        "plan": section.plan,
    }
    evidence = (progress.evidence for progress in section.progress)
    return texts | {f"evidence-{at}": text for at, text in enumerate(evidence)}


def findings(content: SignedContent, newest_revision: int, *, names: bool) -> list[str]:
    """Say what stands out; ``names`` is whether the check for names found another client."""
    return list(_findings(content, newest_revision, names=names))


def _findings(content: SignedContent, newest_revision: int, *, names: bool) -> Iterator[str]:
    if names:
        yield NAMES
    if _any_quotes(individual_texts(content)):
        yield QUOTES
    if content.late is not None:
        yield (
            f"It was signed {content.late.business_days} business days after the session; "
            f"the practice allows {content.late.limit}."
        )
    if newest_revision > content.shared.revision:
        yield (
            f"The group note is at revision {newest_revision} now; revision "
            f"{content.shared.revision} was signed."
        )
    unrated = sum(progress.rating is None for progress in content.individual.progress)
    if unrated:
        yield f"Objectives that are not rated: {unrated}."


def _any_quotes(texts: Mapping[str, str]) -> bool:
    return any(quotes_at_length(text) for text in texts.values())
