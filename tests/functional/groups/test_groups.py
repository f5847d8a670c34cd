"""Beginning groups, changing them, and saying who facilitates."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.groups.models import Group
from tests.support import factories
from tests.support.cast import Cast
from tests.support.site import Site, fields_of, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])

MONDAYS = {
    "name": "Evening skills",
    "kind": "skills",
    "is_open": "open",
    "capacity": "8",
    "weekdays": ["MO", "WE"],
    "every": "2",
    "first_on": "2026-04-06",
    "local_start": "17:30",
    "duration_minutes": "60",
    "modality": "video",
    "place_of_service": "10",
    "service_code": "90853 95",
}


def errors_of(page: BeautifulSoup) -> dict[str, str]:
    """Return each field's error; every one of them is linked from the summary."""
    summary = one(page, ".govuk-error-summary")
    links = {str(link["href"]).removeprefix("#"): link.text for link in summary.select("a")}
    return {field.removesuffix("-0"): text for field, text in links.items()}


class TestBeginningAGroup:
    @both
    def test_whoever_begins_it_leads_it(self, cast: Cast, site: Site, htmx: bool) -> None:
        page = site.sign_in(cast.finn).get("/groups/new")

        status = 200 if htmx else 303
        site.submit(page, "#group-form", fill=MONDAYS, htmx=htmx, status=status)

        row = one(site.get("/groups/"), "tbody tr:-soup-contains('Evening skills')").text
        assert "Every 2 weeks on Monday and Wednesday at 5:30 pm, 60 minutes" in row
        assert "0 of 8" in row
        page = site.get(str(one(site.get("/groups/"), "a:-soup-contains('Evening')")["href"]))
        assert "90853-95" in page.text
        assert "10 Telehealth, client at home" in page.text
        assert "Finn Fisher, LCSW" in page.text

    def test_its_name_is_sealed(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.finn).get("/groups/new")
        site.submit(page, "#group-form", fill=MONDAYS)

        with app.app_context():
            names = db.session.scalars(db.select(Group.name_sealed)).all()
        assert not any(b"Evening" in name for name in names)

    @both
    def test_a_rule_typed_by_hand_replaces_the_days(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.finn).get("/groups/new")
        monthly = MONDAYS | {"weekdays": [], "rrule": "freq=monthly;byday=1tu"}

        status = 200 if htmx else 303
        site.submit(page, "#group-form", fill=monthly, htmx=htmx, status=status)

        assert "The first Tuesday of every month at 5:30 pm" in site.get("/groups/").text

    @both
    def test_what_cannot_be_is_said_at_each_field(self, cast: Cast, site: Site, htmx: bool) -> None:
        site.sign_in(cast.finn)
        sent = MONDAYS | {"csrf_token": site.token()}

        def refused(**wrong: object) -> dict[str, str]:
            return errors_of(site.post("/groups/new", sent | wrong, htmx=htmx, status=422))

        found = refused(
            name="Skills\0",
            kind="choir",
            capacity="1",
            weekdays=[],
            every="0",
            first_on="soon",
            local_start="5 pm",
            duration_minutes="a while",
            modality="",
            place_of_service="00",
            service_code=" ",
        )
        assert "NUL character (U+0000) at character 7" in found["name"]
        assert "what kind of group" in found["kind"]
        assert "from 2 to 500" in found["capacity"]
        assert "Choose the days" in found["weekdays"]
        assert "from 1 to 52" in found["every"]
        assert "year, month and day" in found["first_on"]
        assert "24-hour clock" in found["local_start"]
        assert "from 5 to 720" in found["duration_minutes"]
        assert "Choose the modality" in found["modality"]
        assert "where the service takes place" in found["place_of_service"]
        assert "service code" in found["service_code"]
        on_the_page = [name for name in MONDAYS if name != "is_open"]
        assert list(found) == on_the_page, "the summary follows the page"
        assert "such as 90853" in refused(service_code="group")["service_code"]
        assert "FREQ=WEEKLY" in refused(rrule="every Tuesday")["rrule"]
        assert "never meet" in refused(rrule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20260101")["rrule"]

    def test_what_was_typed_stays(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.finn).get("/groups/new")
        typed = MONDAYS | {"capacity": "many", "rrule": "sometimes"}

        page = site.submit(page, "#group-form", fill=typed, status=422)

        assert fields_of(one(page, "#group-form")).items() >= typed.items()
        assert one(page, "details").has_attr("open")


class TestChangingAGroup:
    @both
    def test_it_shows_what_there_is_and_keeps_what_changes(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/edit")
        shown = fields_of(one(page, "#group-form"))
        assert shown["weekdays"] == "TU"
        assert shown["local_start"] == "17:00"

        status = 200 if htmx else 303
        change = {"name": "Coping together", "is_open": "closed", "weekdays": ["TH"]}
        site.submit(page, "#group-form", fill=change, htmx=htmx, status=status)

        page = site.get(f"/groups/{cast.group}")
        assert one(page, "h1").text == "Coping together"
        assert "Every Thursday at 5:00 pm, 90 minutes" in page.text
        assert "Skills, closed" in page.text

    def test_two_facilitators_do_not_overwrite_each_other(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/edit")
        finn = Site(app).sign_in(cast.finn)
        finn.submit(finn.get(f"/groups/{cast.group}/edit"), "#group-form", name="Finn was first")

        site.submit(page, "#group-form", name="Fiona second", status=409)

        assert one(site.get(f"/groups/{cast.group}"), "h1").text == "Finn was first"

    def test_it_keeps_a_place_for_everyone_enrolled(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/edit")

        page = site.submit(page, "#group-form", capacity="2", status=422)

        assert "3 clients are enrolled" in errors_of(page)["capacity"]

    @both
    def test_its_new_name_names_nobody_in_it(self, cast: Cast, site: Site, htmx: bool) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/edit")

        page = site.submit(page, "#group-form", name="Ben’s circle", status=422, htmx=htmx)

        assert "it must name no client" in errors_of(page)["name"]
        assert [mark.text for mark in page.select("mark")] == ["Ben"]
        assert one(page, "#name")["value"] == "Ben’s circle"
        assert one(site.get(f"/groups/{cast.group}"), "h1").text == "Coping skills"
        button = "button[name=replace]"
        page = site.submit(page, "#group-form", button=button, status=200, htmx=htmx)
        assert one(page, "#name")["value"] == "A member’s circle"

    def test_a_name_that_it_has_does_not_stop_other_changes(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with app.app_context():
            db.session.get_one(Group, cast.group).name = "Brandt house group"
            db.session.commit()
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/edit")

        site.submit(page, "#group-form", capacity="9")

    def test_one_that_ended_offers_nothing_more(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/edit")

        site.submit(page, "#group-form", active=[])

        page = site.get(f"/groups/{cast.group}")
        assert "does not meet any more" in page.text
        assert not page.select("a[href$='/enrolments/new']")
        assert "Ended" in site.get("/groups/").text


class TestFacilitators:
    @both
    def test_one_is_added_with_a_day_and_ended_with_one(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        status = 200 if htmx else 303
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/facilitators/new")

        site.submit(
            page,
            "#facilitator-form",
            user_id=str(cast.olga),
            started_on="2026-03-01",
            htmx=htmx,
            status=status,
        )
        page = site.get(f"/groups/{cast.group}")
        assert "Olga Other, LCSW" in page.text

        end = one(page, "li:-soup-contains('Olga') a[href$='/end']")
        page = site.get(str(end["href"]))
        site.submit(page, "#end-form", ended_on="2026-03-31", htmx=htmx, status=status)
        assert "Olga Other" not in site.get(f"/groups/{cast.group}").text

    def test_they_open_the_group_from_their_first_day_on(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        olga = Site(app).sign_in(cast.olga)
        olga.get(f"/groups/{cast.group}", status=404)
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/facilitators/new")

        site.submit(page, "#facilitator-form", user_id=str(cast.olga), started_on="2026-03-01")

        olga.get(f"/groups/{cast.group}")

    @both
    def test_what_cannot_be_is_said_at_each_field(self, cast: Cast, site: Site, htmx: bool) -> None:
        url = f"/groups/{cast.group}/facilitators/new"
        page = site.sign_in(cast.fiona).get(url)
        form = fields_of(one(page, "#facilitator-form")) | {"started_on": "2026-03-01"}

        def refused(**wrong: object) -> dict[str, str]:
            return errors_of(site.post(url, form | wrong, htmx=htmx, status=422))

        assert "works here as a facilitator" in refused()["user_id"]
        assert "works here as a facilitator" in refused(user_id=str(cast.carl))["user_id"]
        assert "already" in refused(user_id=str(cast.finn))["user_id"]
        olga = {"user_id": str(cast.olga)}
        assert "before the first" in refused(**olga, ended_on="2026-02-01")["ended_on"]
        assert "first day" in refused(**olga, started_on="")["started_on"]

    def test_the_last_one_stays(self, app: Flask, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)

        def end(who: str, status: int) -> BeautifulSoup:
            page = site.get(f"/groups/{cast.group}")
            link = one(page, f"li:-soup-contains('{who}') a[href$='/end']")
            page = site.get(str(link["href"]))
            return site.submit(page, "#end-form", ended_on="2026-03-31", status=status)

        end("Finn", 303)
        page = end("Fiona", 422)

        assert "Nobody else facilitates" in errors_of(page)["ended_on"]

    def test_it_is_ended_once_and_not_before_it_began(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}")
        page = site.get(str(one(page, "li:-soup-contains('Finn') a[href$='/end']")["href"]))

        wrong = site.submit(page, "#end-form", ended_on="2025-12-31", status=422)
        assert "before the first one" in errors_of(wrong)["ended_on"]
        site.submit(page, "#end-form", ended_on="2026-03-31")
        site.submit(page, "#end-form", ended_on="2026-04-30", status=409)


class TestTheList:
    def test_it_shows_mine_only(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            other = factories.group(name="Other people's group")
            factories.facilitate(other, factories.user("Fay Fox", Role.FACILITATOR))
            db.session.commit()

        for who, seen in (("fiona", True), ("finn", True), ("sam", True), ("olga", False)):
            text = Site(app).sign_in(getattr(cast, who)).get("/groups/").text
            assert ("Coping skills" in text) is seen
            assert "Other people" not in text

    def test_it_is_by_name_and_a_page_at_a_time(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            finn = db.session.get_one(User, cast.finn)
            for number in range(30):
                factories.facilitate(factories.group(name=f"Group {number:02}"), finn)
            db.session.commit()
        page = site.sign_in(cast.finn).get("/groups/")

        first = [row.text for row in page.select("tbody th")]
        page = site.get(str(one(page, "a[rel=next]")["href"]))
        second = [row.text for row in page.select("tbody th")]

        assert first[:2] == ["Coping skills", "Group 00"]
        assert (len(first), len(second)) == (25, 6)
        assert first + second == sorted(first + second)


class TestOthers:
    @pytest.mark.parametrize(
        ("who", "read", "edit"),
        [
            ("sam", 200, 403),
            ("olga", 404, 404),
            ("carl", 403, 403),
            ("rita", 403, 403),
            ("adam", 403, 403),
        ],
    )
    def test_they_see_what_their_role_and_relation_allow(
        self, cast: Cast, site: Site, who: str, read: int, edit: int
    ) -> None:
        site.sign_in(getattr(cast, who))
        group = f"/groups/{cast.group}"

        for url in (group, f"{group}/ended-enrolments"):
            text = site.get(url, status=read).text
            assert read == 200 or "Coping" not in text
        pages = ("edit", "enrolments/new", "facilitators/new", "sessions/new")
        for page in pages:
            text = site.get(f"{group}/{page}", status=edit).text
            assert "Coping" not in text
            assert "Alvarez" not in text
        token = {"csrf_token": site.token()}
        for action in (*pages, "sessions"):
            site.post(f"{group}/{action}", token, status=edit)

    def test_a_supervisor_is_offered_nothing_to_change(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.sam).get(f"/groups/{cast.group}")

        assert "Ana “Annie” Alvarez" in page.text
        assert not page.select("main form")
        assert not page.select("main a[href$='/edit'], main a[href$='/end'], main a[href$='/new']")
