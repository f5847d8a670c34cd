"""What the site reads of a request, and what it refuses before anything runs."""

from __future__ import annotations

import io
from urllib.parse import quote

import pytest

from groupnotes.config import REQUEST_LIMIT
from groupnotes.web.cookies import SIGN_IN
from groupnotes.web.lifecycle import PUBLIC_LIMIT
from groupnotes.web.reading import MOST_FIELDS
from tests.support import journey
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.site import BASE, Site, one


@on_sqlite
class TestTheHost:
    @pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:99999"])
    def test_another_name_is_refused(self, site: Site, host: str) -> None:
        answer = site.client.get("/sign-in", base_url=BASE, headers={"Host": host})

        assert answer.status_code == 400
        assert "<h1>Bad request</h1>" in answer.text
        assert "evil" not in answer.text

    def test_two_names_are_refused(self, site: Site) -> None:
        answer = site.client.get("/sign-in", base_url=BASE, headers={"Host": "localhost, evil"})

        assert answer.status_code == 400

    def test_a_forwarded_name_is_not_believed(self, cast: Cast, site: Site) -> None:
        site.headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}

        site.sign_in_by_form("fiona")

        assert site.last.location == "/"


@on_sqlite
class TestTheLength:
    def test_it_may_not_be_given_twice(self, site: Site) -> None:
        answer = site.client.post(
            "/sign-in", base_url=BASE, data=b"0\r\n\r\n", headers={"Transfer-Encoding": "chunked"}
        )

        assert answer.status_code == 400
        assert "gives its length twice" in answer.text

    def test_strangers_may_send_little(self, cast: Cast, site: Site) -> None:
        page = site.get("/sign-in")

        page = site.submit(page, "#sign-in", sign_in_name="x" * PUBLIC_LIMIT, status=413)

        assert one(page, "h1")
        assert "more than the site accepts" in page.text

    @pytest.mark.parametrize(
        ("who", "address", "most"),
        [(None, "/sign-in", PUBLIC_LIMIT), ("fiona", "/stay-signed-in", REQUEST_LIMIT)],
    )
    def test_who_does_not_say_how_much_may_not_send_more(
        self, cast: Cast, site: Site, who: str | None, address: str, most: int
    ) -> None:
        if who:
            site.sign_in(getattr(cast, who))
        statuses = []

        for length in (most - 10, most + 10):
            answer = site.client.post(
                address,
                input_stream=io.BytesIO(b"a=".ljust(length, b"x")),
                content_type="application/x-www-form-urlencoded",
                base_url=BASE,
                # As servers hand on a chunked body, which they do not know the length of.
                environ_overrides={"wsgi.input_terminated": True, "HTTP_X_CSRF_TOKEN": "x"},
            )
            statuses.append(answer.status_code)

        assert statuses == [400, 413]  # 400: without a token, but read

    def test_staff_may_send_much_but_not_anything(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        journey.document(site, cast)
        page = site.get(f"/sessions/{cast.session}")

        page = site.submit(page, "#session-form", dynamics="x" * REQUEST_LIMIT, status=413)

        assert "Nothing was saved" in page.text
        assert "Shorten the longest text" in page.text

    def test_a_text_over_its_limit_is_kept_and_explained(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")

        page = site.submit(
            page, "#session-form", dynamics="x" * 1_000_001, topic="Coping", status=422
        )

        assert "Shorten this by 1 character" in one(page, ".govuk-error-summary").text
        assert len(one(page, "#dynamics").text.strip()) == 1_000_001
        assert one(page, "#topic")["value"] == "Coping"

    def test_a_form_has_only_so_many_fields(self, cast: Cast, site: Site) -> None:
        body = "&".join(f"f{number}=" for number in range(MOST_FIELDS + 1))

        answer = site.sign_in(cast.fiona).client.post(
            "/stay-signed-in",
            data=body,
            content_type="application/x-www-form-urlencoded",
            base_url=BASE,
        )

        assert answer.status_code == 413
        assert "<h1>" in answer.text


@on_sqlite
class TestTheKind:
    def test_files_are_not_taken(self, cast: Cast, site: Site) -> None:
        answer = site.sign_in(cast.fiona).client.post(
            "/stay-signed-in",
            data={"csrf_token": site.token(), "file": (io.BytesIO(b"x"), "x.txt")},
            base_url=BASE,
        )

        assert answer.status_code == 415
        assert "takes no files" in answer.text

    @pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
    def test_what_is_no_form_has_no_fields(self, cast: Cast, site: Site, kind: str) -> None:
        token = site.sign_in(cast.fiona).token()

        answer = site.client.post(
            "/stay-signed-in", data=f"csrf_token={token}", content_type=kind, base_url=BASE
        )

        assert answer.status_code == 400


@on_sqlite
class TestCharacters:
    @pytest.mark.parametrize(
        ("sent", "named"),
        [
            (quote("a\0b"), "NUL character (U+0000) at character 2"),
            ("a%ED%A0%80b", "lone surrogate (U+D800), at character 2"),
            ("a%ED%BF%BFb", "lone surrogate (U+DFFF), at character 2"),
            ("a%FFb", "lone surrogate (U+DCFF), at character 2"),
            ("a%E2%82b", "lone surrogate (U+DCE2), at character 2"),
            ("a%1Bb", "hidden control character (U+001B) at character 2"),
        ],
    )
    def test_what_is_none_is_refused_by_name(
        self, cast: Cast, site: Site, sent: str, named: str
    ) -> None:
        token = site.sign_in(cast.fiona).token()

        answer = site.client.post(
            f"/sessions/{cast.session}",
            data=f"csrf_token={token}&topic=Coping&dynamics={sent}",
            content_type="application/x-www-form-urlencoded",
            base_url=BASE,
        )

        assert answer.status_code == 422
        assert named in answer.text
        assert "Coping" in answer.text

    def test_every_real_one_arrives(self, cast: Cast, site: Site) -> None:
        text = (
            "Zoë’s 👩‍👩‍👧 שלום \N{COMBINING ACUTE ACCENT}e\N{ZERO WIDTH JOINER} 日本語 & <b> %41+"
        )
        site.sign_in(cast.fiona)

        journey.document(site, cast, dynamics=text)

        assert one(site.follow(), "#dynamics").text.strip("\n") == text

    @pytest.mark.parametrize("cookie", ["\udc80", "é", "x" * 5000, ";", '"'])
    def test_a_strange_cookie_signs_nobody_in(self, site: Site, cookie: str) -> None:
        answer = site.client.get(
            "/",
            base_url=BASE,
            environ_overrides={"HTTP_COOKIE": f"{SIGN_IN}={cookie}"},
        )

        assert answer.status_code == 303
