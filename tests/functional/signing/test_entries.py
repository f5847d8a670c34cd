"""What is added to a locked note: signed on its own, shown with it, and never in its place."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask
from pypdf import PdfReader

from groupnotes.core import triggers
from groupnotes.core.db import db
from groupnotes.signing import export
from groupnotes.signing.models import NoteEntry, Signature
from groupnotes.signing.proof import Verdict
from tests.support import events, journey
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.rows import at_rest
from tests.support.site import BASE, Site, done, one

ADDENDUM = {
    "kind": "addendum",
    "reason": "The client called after the session.",
    "text": "She told the front desk that she used the skill the same evening.",
}


@pytest.fixture
def note_id(cast: Cast, site: Site) -> uuid.UUID:
    return journey.signed_note(site.sign_in(cast.fiona), cast)


def add(
    site: Site, note_id: uuid.UUID, *, status: int = 303, htmx: bool = False, **values: Any
) -> BeautifulSoup:
    page = site.get(f"/notes/{note_id}/entries/new")
    fill = ADDENDUM | {"password": PASSWORD} | values
    return site.submit(page, "#entry-form", status=status, htmx=htmx, fill=fill)


def shown(site: Site, note_id: uuid.UUID) -> str:
    return " ".join(site.get(f"/notes/{note_id}/signed").text.split())


class TestAdding:
    @pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
    @pytest.mark.parametrize("kind", ["late_entry", "addendum", "correction"])
    def test_each_kind_is_signed_and_shown_with_the_note(
        self, app: Flask, site: Site, note_id: uuid.UUID, kind: str, *, htmx: bool
    ) -> None:
        before = at_rest(app)["signatures"]

        add(site, note_id, status=done(htmx=htmx), htmx=htmx, kind=kind)

        page = shown(site, note_id)
        assert kind.replace("_", " ").capitalize() in page
        assert ADDENDUM["text"] in page
        assert f"Reason: {ADDENDUM['reason']}" in page
        assert page.count("Verified") == 2
        assert at_rest(app)["signatures"] == before

    def test_they_stand_in_the_order_of_time(self, site: Site, note_id: uuid.UUID) -> None:
        for text in ("The first thing.", "The second thing.", "The third thing."):
            add(site, note_id, text=text)

        page = shown(site, note_id)
        places = [page.index(f"The {which} thing.") for which in ("first", "second", "third")]
        assert places == sorted(places)

    def test_a_form_that_was_open_for_long_makes_the_last(
        self, site: Site, note_id: uuid.UUID
    ) -> None:
        early = site.get(f"/notes/{note_id}/entries/new")
        add(site, note_id, text="The first thing.")
        fill = ADDENDUM | {"password": PASSWORD, "text": "The second thing."}
        site.submit(early, "#entry-form", status=303, fill=fill)

        page = shown(site, note_id)

        assert page.index("The first thing.") < page.index("The second thing.")
        assert "not what was signed" not in page

    def test_one_form_makes_one_entry(self, app: Flask, site: Site, note_id: uuid.UUID) -> None:
        page = site.get(f"/notes/{note_id}/entries/new")
        fill = ADDENDUM | {"password": PASSWORD}

        for _ in range(3):
            site.submit(page, "#entry-form", status=303, fill=fill)

        assert len(at_rest(app)["note_entries"]) == 1

    def test_the_record_has_them_with_their_proofs(self, site: Site, note_id: uuid.UUID) -> None:
        add(site, note_id)

        reader = PdfReader(
            io.BytesIO(site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE).data)
        )

        text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
        assert "Addendum of" in text
        assert ADDENDUM["text"] in text
        [written] = reader.attachments["signed-record.json"]
        verdicts = [proof.verdict() for proof in export.read(written).parts]
        assert verdicts == [Verdict.VERIFIED, Verdict.VERIFIED]

    def test_it_is_in_the_audit_log_without_its_text(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        add(site, note_id)

        added = [one for one in events.events(app) if one.tag == "note:add"]
        assert [(one.client_id, one.object_id, one.outcome) for one in added] == [
            (cast.ana, note_id, "success")
        ]


class TestRefusals:
    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"password": "not mine"}, "password"),
            ({"text": ""}, "text"),
            ({"reason": " "}, "reason"),
            ({"text": "Ben was there too."}, "text"),
            ({"reason": "Brandt asked for it."}, "reason"),
            ({"text": "a\0b"}, "text"),
        ],
        ids=["password", "no text", "no reason", "a name", "a name in the reason", "NUL"],
    )
    def test_nothing_is_added_and_what_was_typed_stays(
        self, app: Flask, site: Site, note_id: uuid.UUID, values: dict[str, Any], field: str
    ) -> None:
        page = add(site, note_id, status=422, **values)

        assert one(page, f".govuk-error-summary a[href='#{field}']")
        assert one(page, "#entry-form [name=kind][checked]")["value"] == "addendum"
        for name, typed in (ADDENDUM | values).items():
            if name in {"reason", "text"} and typed.strip() and "\0" not in typed:
                assert typed in str(one(page, f"#{name}"))
        assert at_rest(app)["note_entries"] == []

    def test_a_kind_must_be_chosen(self, app: Flask, site: Site, note_id: uuid.UUID) -> None:
        page = site.get(f"/notes/{note_id}/entries/new")
        fill = {name: value for name, value in ADDENDUM.items() if name != "kind"}

        page = site.submit(page, "#entry-form", status=422, fill=fill | {"password": PASSWORD})

        assert "Choose what this entry is." in page.text

    def test_a_name_is_replaced_when_asked(self, site: Site, note_id: uuid.UUID) -> None:
        page = add(site, note_id, status=422, text="Ben was there too.")

        page = site.submit(page, "#entry-form", button="[name=replace]", status=200)

        assert "another member was there too." in one(page, "#text").text.lower()

    def test_a_draft_has_nothing_to_add_to(
        self, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        site.get(f"/notes/{journey.note_of(site, cast, 'Ben')}/entries/new", status=404)

    def test_nor_has_an_altered_note(self, app: Flask, site: Site, note_id: uuid.UUID) -> None:
        page = site.get(f"/notes/{note_id}/entries/new")
        alter(app, Signature, signature=bytes(64))

        site.submit(page, "#entry-form", status=409, fill=ADDENDUM | {"password": PASSWORD})

        assert at_rest(app)["note_entries"] == []


class TestTheGroupNoteAfterSigning:
    def test_what_changed_is_shown_word_by_word(
        self, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        journey.document(site, cast, dynamics="The group was quiet and stayed on the topic.")

        page = site.get(f"/notes/{note_id}/signed")

        assert one(page, ".diff del").text == "removed: lively"
        assert one(page, ".diff ins").text == "added: quiet"
        assert "The group was lively and stayed on the topic." in page.text

    @pytest.mark.parametrize(
        ("who", "told"), [("fiona", True), ("carl", True), ("sam", True), ("rita", False)]
    )
    def test_who_reads_only_what_is_locked_is_not_shown_what_is_not(
        self, cast: Cast, site: Site, note_id: uuid.UUID, who: str, told: bool
    ) -> None:
        journey.document(site, cast, dynamics="The group was quiet and stayed on the topic.")

        page = site.sign_in(getattr(cast, who)).get(f"/notes/{note_id}/signed")

        assert "The group note has changed since" in page.text
        assert ("quiet" in page.text) == told

    def test_it_is_adopted_as_an_addendum(self, cast: Cast, site: Site, note_id: uuid.UUID) -> None:
        journey.document(site, cast, dynamics="The group was quiet and stayed on the topic.")
        page = site.get(f"/notes/{note_id}/signed")

        page = site.get(str(one(page, "a[href*='adopt']")["href"]))
        assert one(page, "[name=kind][checked]")["value"] == "addendum"
        site.submit(page, "#entry-form", status=303, fill={"password": PASSWORD})

        page = site.get(f"/notes/{note_id}/signed")
        entry = one(page, "[aria-labelledby^=entry-]").text
        assert "(revision 1 to 2)" in entry
        assert "Group dynamics: The group was quiet and stayed on the topic." in entry

    def test_that_it_has_no_effect_is_recorded(
        self, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        journey.document(site, cast, dynamics="The group was quiet and stayed on the topic.")
        page = site.get(f"/notes/{note_id}/signed")

        page = site.get(str(one(page, "a[href*='no-effect']")["href"]))
        assert one(page, "[name=kind][checked]")["value"] == "no_effect"
        site.submit(page, "#entry-form", status=303, fill={"password": PASSWORD})

        page = site.get(f"/notes/{note_id}/signed")
        entry = one(page, "[aria-labelledby^=entry-]").text
        assert "No effect" in entry
        assert "(revision 1 to 2)" in entry
        assert "The group note has changed since" not in page.text
        journey.document(site, cast, dynamics="The group was loud.")
        assert "The group note has changed since" in site.get(f"/notes/{note_id}/signed").text

    def test_a_number_that_this_site_did_not_write_is_none(
        self, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        journey.document(site, cast, dynamics="The group was quiet and stayed on the topic.")
        page = site.get(f"/notes/{note_id}/entries/new?adopt=1")
        fill = {"password": PASSWORD, "revision": "9" * 5000}

        site.submit(page, "#entry-form", status=303, fill=fill)

        assert "The group note has changed since" in site.get(f"/notes/{note_id}/signed").text

    def test_one_that_changed_again_meanwhile_is_not_signed(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        journey.document(site, cast, dynamics="The group was quiet and stayed on the topic.")
        page = site.get(f"/notes/{note_id}/entries/new?no-effect=1")
        journey.document(site, cast, dynamics="The group was loud.")

        answer = site.submit(page, "#entry-form", status=409, fill={"password": PASSWORD})

        assert "changed again" in answer.text
        assert len(at_rest(app)["note_entries"]) == 0

    def test_an_unchanged_one_offers_nothing(self, site: Site, note_id: uuid.UUID) -> None:
        page = site.get(f"/notes/{note_id}/signed")

        assert page.select(".diff, a[href*='adopt']") == []


class TestAnAlteredEntry:
    @pytest.mark.parametrize("column", ["digest", "signature"])
    def test_it_is_found_and_nothing_is_given_out(
        self, app: Flask, site: Site, note_id: uuid.UUID, column: str
    ) -> None:
        add(site, note_id)
        alter(app, NoteEntry, **{column: bytes(64 if column == "signature" else 32)})

        page = site.get(f"/notes/{note_id}/signed")

        told = [message.text for message in page.select(".message--error")]
        assert told[0].startswith("What was added to this note, or signed beside it, is not")
        assert "This entry is not what was signed." in told[1]
        assert page.select("a[href$='record.pdf']") == []
        answer = site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE)
        assert answer.status_code == 409

    def test_one_that_was_taken_away_is_missed(
        self, app: Flask, site: Site, note_id: uuid.UUID
    ) -> None:
        for text in ("The first thing.", "The second thing."):
            add(site, note_id, text=text)
        with app.app_context(), db.engine.begin() as connection:
            triggers.remove(connection, table="note_entries")
            [first, _] = connection.scalars(sa.select(NoteEntry.id).order_by(NoteEntry.id))
            connection.execute(sa.delete(NoteEntry).where(NoteEntry.id == first))

        assert "This entry is not what was signed." in shown(site, note_id)

    def test_one_of_another_note_opens_nothing(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        add(site, note_id)
        bens = journey.note_of(site, cast, "Ben")
        journey.write(site, bens)
        journey.sign(site, bens)
        alter(app, NoteEntry, note_id=bens, client_id=cast.ben)

        page = shown(site, bens)
        answer = site.client.get(f"/notes/{bens}/record.pdf", base_url=BASE)

        assert "What stands here belongs to another note, so it is not shown." in page
        assert ADDENDUM["text"] not in page
        assert answer.status_code == 409


def alter(app: Flask, table: type[Any], **values: Any) -> None:
    with app.app_context(), db.engine.begin() as connection:
        triggers.remove(connection, table=table.__tablename__)
        connection.execute(sa.update(table.__table__).values(values))


class TestTheLastOne:
    """What was signed last leaves no gap when it is taken away; the audit log knows of it."""

    @pytest.mark.parametrize("table", [NoteEntry, Signature])
    def test_one_that_was_taken_away_is_missed_on_the_command_line(
        self, app: Flask, site: Site, note_id: uuid.UUID, table: Any
    ) -> None:
        add(site, note_id)
        verified = app.test_cli_runner().invoke(args=["record", "verify"])
        assert verified.exit_code == 0
        with app.app_context(), db.engine.begin() as connection:
            triggers.remove(connection, table=table.__tablename__)
            connection.execute(sa.delete(table))

        for more in ([], ["--note", str(note_id)]):
            result = app.test_cli_runner().invoke(args=["record", "verify", *more])

            assert result.exit_code == 1
            assert f"ALTERED: note {note_id}. What is there is not all" in result.output
