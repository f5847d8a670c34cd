"""The national provider identifier (45 CFR 162.406): ten digits, the last of them a check."""

from __future__ import annotations

import re

_PREFIX = "80840"  # health applications, United States: the check digit counts it in
_PATTERN = re.compile(r"[12][0-9]{9}")


def problem(npi: str) -> str | None:
    """Say why ``npi`` cannot be anybody's identifier, or None."""
    if not _PATTERN.fullmatch(npi):
        return "An NPI has 10 digits and starts with 1 or 2. Copy it from the NPI registry."
    if _luhn_sum(_PREFIX + npi) % 10:
        return "This NPI has a digit wrong or two digits swapped. Copy it from the NPI registry."
    return None


def _luhn_sum(digits: str) -> int:
    """Sum the digits, every second one from the right doubled (ISO/IEC 7812-1)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return sum(int(digit) for digit in digits[::-2]) + sum(doubled)
