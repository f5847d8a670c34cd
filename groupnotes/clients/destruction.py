"""Put an empty place where a client's record was: other people's pages still count it."""

from __future__ import annotations

import datetime as dt
import os

from groupnotes.clients.models import Client, ClientStatus
from groupnotes.core.db import db
from groupnotes.crypto.keyring import PRACTICE_KEY, ring

FIRST_NAME, LAST_NAME = "Record", "destroyed"  # as lists of old sessions write it
_NOTHING = "\N{EN DASH}"


def destroy(client: Client) -> tuple[int, bytes]:
    """Destroy the client's data key; return its number and the check value that knew it.

    Whatever was sealed with it opens no more. Of the client's own row the ciphertext goes
    too, and words that say nothing of anybody, sealed with the practice's key, come in its
    place, so that no list has to ask which keys there are. The fingerprint of the MRN gives
    way to random bytes: it would tell to whoever tries that this person was a client.

    Other processes may still have the key open in their memory: they show nothing either,
    for nobody stands near a client of this status, nor near their notes.
    """
    number = client.data_key
    client.data_key = PRACTICE_KEY
    client.status = ClientStatus.DESTROYED
    client.mrn_index = os.urandom(len(client.mrn_index))
    client.mrn = _NOTHING
    client.first_name, client.last_name = FIRST_NAME, LAST_NAME
    client.birth_date = dt.date.min.isoformat()
    client.preferred_name = client.aliases = None
    client.phone = client.email = client.address = None
    client.employer = client.contacts = None
    client.payer = client.member_id = None
    db.session.flush()
    return number, ring().destroy_data_key(db.session(), number)
