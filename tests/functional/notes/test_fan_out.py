"""One submit of a session makes everyone's note."""

from __future__ import annotations

from typing import Any

import pytest

from groupnotes.notes import encounters
from tests.support import journey
from tests.support.cast import Cast
from tests.support.site import Site, one


def everybody_present(cast: Cast) -> dict[str, Any]:
    lines = {f"status-{client}": "present" for client in (cast.ana, cast.ben, cast.cleo)}
    return {**lines, **journey.GROUP_NOTE}


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

    def test_a_form_sent_twice_counts_once(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        form = site.get(f"/sessions/{cast.session}")
        filled = everybody_present(cast)

        for _ in range(2):
            site.submit(form, "#session-form", status=303, fill=filled)

        page = site.get(f"/sessions/{cast.session}")
        assert len(page.select("li.client")) == 3
        assert "revision 1" in page.text

    def test_a_form_sent_again_with_other_words_saves_nothing(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        form = site.get(f"/sessions/{cast.session}")
        filled = everybody_present(cast)
        site.submit(form, "#session-form", status=303, fill=filled)

        answer = site.submit(form, "#session-form", status=409, fill={**filled, "topic": "New"})

        assert "This form was saved before, with other words in it." in answer.text

    def test_two_notes_never_get_one_encounter_number(
        self, cast: Cast, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(encounters, "new_number", lambda: "7K3M-C0XD-2HTV")
        site.sign_in(cast.fiona)

        journey.document(site, cast, status=500)

        page = site.get(f"/sessions/{cast.session}")
        assert not page.select("li.client")
        assert "revision 1" not in page.text
