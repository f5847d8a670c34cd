"""How an ICD-10-CM code is written; whether it exists is another question. Pure."""

from __future__ import annotations

import re

# ICD-10-CM guidelines, I.A.2: three characters, then up to four more after a point.
_CODE = re.compile(r"([A-Z][0-9][0-9A-Z])\.?([0-9A-Z]{1,4})?", re.ASCII)


def normal(typed: str) -> str | None:
    """Return the code in capitals and with its point, or None if it cannot be a code."""
    found = _CODE.fullmatch(typed.strip().upper())
    if found is None or typed.strip().endswith("."):
        return None
    category, rest = found.groups()
    return f"{category}.{rest}" if rest else str(category)
