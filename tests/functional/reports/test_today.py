"""Today lists what one has still to do, with the names that the session's page uses."""

from __future__ import annotations

from tests.support import journey
from tests.support.cast import Cast
from tests.support.site import Site


def test_unsigned_notes_call_clients_as_their_session_does(cast: Cast, site: Site) -> None:
    site.sign_in(cast.fiona)
    journey.document(site, cast)

    links = site.get("/").select("a[href^='/notes/']")

    assert {link.text for link in links} == {"Annie Alvarez", "Ben Brandt", "Cleo Costa"}
