"""One submit of a session makes everyone's note."""

from __future__ import annotations

from tests.support.cast import Cast
from tests.support.site import Site, one


class TestDocumentingASession:
    def test_it_makes_a_note_for_each_who_attended(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")

        site.submit(
            page,
            "#session-form",
            topic="Coping ahead",
            interventions=["Psychoeducation"],
            dynamics="The group was lively.",
            fill={
                f"status-{cast.ana}": "present",
                f"status-{cast.ben}": "late",
                f"arrived-{cast.ben}": "17:15",
                f"status-{cast.cleo}": "excused",
            },
        )

        shown = site.follow()
        names = [link.text for link in shown.select(".client__name")]
        assert names == ["Annie Alvarez", "Ben Brandt"]
        assert one(shown, ".progress__count").text == "0 of 2 signed"
