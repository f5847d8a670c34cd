"""The practice's settings and its list of interventions."""

from __future__ import annotations

import pytest

from tests.support.cast import Cast
from tests.support.site import Site, fields_of, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


def names(site: Site) -> list[str]:
    """Return the interventions in the order of the page."""
    return [row.text for row in site.get("/practice/").select("#interventions tbody th")]


class TestTheSettings:
    @both
    def test_the_administrator_changes_what_records_print(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.adam).get("/practice/edit")

        site.submit(
            page,
            "#practice-form",
            name="Hillside Practice",
            state="vt",
            postal_code="05401-1234",
            npi="1234567893",
            time_zone="America/Chicago",
            htmx=htmx,
            status=200 if htmx else 303,
        )

        shown = site.get("/practice/").text
        for word in ("Hillside Practice", "VT 05401-1234", "1234567893", "America/Chicago"):
            assert word in shown

    @both
    def test_what_cannot_be_is_said_at_each_field(self, cast: Cast, site: Site, htmx: bool) -> None:
        wrong = {
            "name": ("", "Type the practice's name."),
            "street": ("12 Mill\0Street", "NUL character (U+0000) at character 8"),
            "state": ("N1", "two capital letters"),
            "postal_code": ("1220", "five digits"),
            "phone": ("call us", "telephone number"),
            "npi": ("1234567890", "a digit wrong"),
            "time_zone": ("America/Atlantis", "Choose a time zone"),
        }
        page = site.sign_in(cast.adam).get("/practice/edit")
        form = fields_of(one(page, "#practice-form"))

        typed = form | {"city": "Troy"} | {name: text for name, (text, _) in wrong.items()}
        page = site.post("/practice/edit", typed, htmx=htmx, status=422)

        summary = one(page, ".govuk-error-summary")
        shown = {str(link["href"]): link.text for link in summary.select("a")}
        for name in ("name", "street"):
            assert wrong[name][1] in shown[f"#{name}"]
        assert one(page, "#city")["value"] == "Troy"
        assert one(page, "#state")["value"] == "N1"

        typed |= {"name": "Hillside", "street": "1 Hill"}
        page = site.post("/practice/edit", typed, htmx=htmx, status=422)

        summary = one(page, ".govuk-error-summary")
        shown = {str(link["href"]): link.text for link in summary.select("a")}
        for name in ("state", "postal_code", "phone", "npi", "time_zone"):
            assert wrong[name][1] in shown[f"#{name}"]
        assert one(page, "#postal_code")["value"] == "1220"

    def test_two_administrators_do_not_overwrite_each_other(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.adam).get("/practice/edit")
        site.submit(page, "#practice-form", name="First")

        page = site.submit(page, "#practice-form", name="Second thoughts", status=409)

        assert "Second thoughts" in page.text
        assert "First" in site.get("/practice/").text


class TestTheInterventions:
    @both
    def test_one_is_added_at_the_end(self, cast: Cast, site: Site, htmx: bool) -> None:
        page = site.sign_in(cast.adam).get("/practice/")

        site.submit(
            page, "#new-intervention", name="Role play", htmx=htmx, status=200 if htmx else 303
        )

        assert names(site)[-1] == "Role play"

    @both
    def test_a_name_is_there_once_in_any_case(self, cast: Cast, site: Site, htmx: bool) -> None:
        page = site.sign_in(cast.adam).get("/practice/")

        page = site.submit(page, "#new-intervention", name="PSYCHOEDUCATION", htmx=htmx, status=422)

        assert "of this name already" in one(page, "#name-error").text
        assert one(page, "#name")["value"] == "PSYCHOEDUCATION"
        assert len(names(site)) == 3

    @both
    def test_one_moves_up_and_down(self, cast: Cast, site: Site, htmx: bool) -> None:
        status = 200 if htmx else 303
        page = site.sign_in(cast.adam).get("/practice/")

        up = "form[action$='/up']"
        site.submit(page, up, htmx=htmx, status=status)
        assert names(site)[:2] == ["Skills rehearsal", "Psychoeducation"]

        down = "form[action$='/down']"
        site.submit(site.get("/practice/"), down, htmx=htmx, status=status)
        assert names(site) == ["Psychoeducation", "Skills rehearsal", "Social time"]

    def test_the_first_cannot_move_up_from_the_top(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.adam).get("/practice/")
        first = str(one(page, "form[action$='/down']")["action"]).replace("/down", "/up")

        site.post(first, {"csrf_token": site.token()}, status=303)

        assert names(site)[0] == "Psychoeducation"

    @both
    def test_one_is_renamed_and_retired(self, cast: Cast, site: Site, htmx: bool) -> None:
        page = site.sign_in(cast.adam).get("/practice/")
        page = site.get(str(one(page, "#interventions tbody th a")["href"]))

        site.submit(
            page,
            "#intervention-form",
            name="Teaching",
            active=[],
            htmx=htmx,
            status=200 if htmx else 303,
        )

        row = one(site.get("/practice/"), "#interventions tbody tr")
        assert "Teaching" in row.text
        assert "Retired" in row.text

    def test_renaming_to_a_taken_name_keeps_what_was_typed(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.adam).get("/practice/")
        page = site.get(str(one(page, "#interventions tbody th a")["href"]))

        page = site.submit(page, "#intervention-form", name="social time", status=422)

        assert one(page, "#name")["value"] == "social time"
        assert names(site)[0] == "Psychoeducation"


class TestOthers:
    @pytest.mark.parametrize("who", ["fiona", "sam", "rita"])
    def test_they_are_refused(self, cast: Cast, site: Site, who: str) -> None:
        site.sign_in(getattr(cast, who))

        for url in ("/practice/", "/practice/edit"):
            assert "Mill Street" not in site.get(url, status=403).text

    def test_before_signing_in_nobody_learns_whose_site_it_is(self, cast: Cast, site: Site) -> None:
        for url, status in (("/sign-in", 200), ("/practice/", 303), ("/no-such-page", 404)):
            assert "Riverside" not in str(site.get(url, status=status))
