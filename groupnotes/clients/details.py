"""What is known of a client besides care: the values of the form, and what is wrong with them.

Pure: no database, no HTTP.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDetails:
    """Who the client is, how to reach them, who pays; an empty text is not known."""

    first_name: str
    last_name: str
    birth_date: dt.date
    mrn: str
    preferred_name: str = ""
    aliases: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    address: str = ""
    employer: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    payer: str = ""
    member_id: str = ""


def problems(details: ClientDetails, *, today: dt.date) -> dict[str, str]:
    """Return one sentence for each field that cannot stand as it is."""
    found = {}
    if details.birth_date > today:
        found["birth_date"] = "The date of birth lies in the future."
    # A claim and a printed record need both (CMS-1500 boxes 1a and 11c), or say self-pay.
    if details.payer and not details.member_id:
        found["member_id"] = "Type the member id that belongs to this payer."
    if details.member_id and not details.payer:
        found["payer"] = "Type the payer that this member id belongs to."
    return found
