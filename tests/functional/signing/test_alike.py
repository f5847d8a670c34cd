"""Two entries that say the same in the same second are two, and each is co-signed."""

from __future__ import annotations

import uuid
from pathlib import Path

from flask import Flask

from groupnotes.core import clock
from groupnotes.signing import verify
from groupnotes.signing.proof import Verdict
from tests.support import pdf
from tests.support.review import ENTRY, add, co_sign, record, return_entry, verdicts
from tests.support.rows import at_rest
from tests.support.site import Site


def add_twice(site: Site, note_id: uuid.UUID) -> None:
    """Add the same to a note twice, in one second."""
    with clock.pinned(clock.now()):
        for _ in range(2):
            add(site, note_id)


class TestTwoAlike:
    def test_both_are_co_signed_with_one_password(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add_twice(site, locked)

        co_sign(sam)

        assert "Nothing waits for your review." in sam.get("/cosign").text
        assert len(at_rest(app)["co_signatures"]) == 3
        assert verdicts(app, locked) == {Verdict.VERIFIED}
        assert pdf.flowing(record(site, locked)).count(ENTRY["text"]) == 2

    def test_each_is_co_signed_by_itself(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add_twice(site, locked)
        boxes = [str(box["value"]) for box in sam.get("/cosign").select("[name=notes]")]

        co_sign(sam, notes=boxes[1:])

        left = [str(box["value"]) for box in sam.get("/cosign").select("[name=notes]")]
        assert left == boxes[:1]
        co_sign(sam)
        assert verdicts(app, locked) == {Verdict.VERIFIED}

    def test_one_is_returned_and_the_other_stays(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add_twice(site, locked)

        return_entry(sam, locked)
        co_sign(sam)

        assert len(at_rest(app)["entry_returns"]) == 1
        assert verdicts(app, locked) == {Verdict.VERIFIED}
        assert pdf.flowing(record(site, locked)).count(ENTRY["text"]) == 1

    def test_whoever_holds_the_record_verifies_both(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID, tmp_path: Path
    ) -> None:
        add_twice(site, locked)
        co_sign(sam)
        file, key = tmp_path / "record.pdf", tmp_path / "practice.pem"
        file.write_bytes(record(site, locked))
        key.write_text(app.test_cli_runner().invoke(args=["record", "key"]).output)

        assert verify.main([str(file), "--key", str(key)]) == 0
