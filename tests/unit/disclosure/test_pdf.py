"""A record is one accessible, self-contained file: the same bytes whoever prints it, wherever."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import repeat
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from groupnotes.disclosure import glyphs
from groupnotes.disclosure.cmap import coverage
from groupnotes.disclosure.pdf import PrintError, render
from groupnotes.disclosure.record import Record, record_of
from groupnotes.signing.content import Progress
from tests.support.pdf import flowing, ids, pages, reader
from tests.support.signed import KEY, PROOF, signed_content

DIGEST = "9b" * 32

_PRINT_SAMPLE = """
import hashlib
from groupnotes.disclosure.pdf import render
from groupnotes.disclosure.record import record_of
from tests.support.signed import KEY, PROOF, signed_content
record = record_of(signed_content(), "9b" * 32, KEY)
print(hashlib.sha256(render(record, PROOF)).hexdigest())
"""
_IMPORT_ONLY = """
import sys
import groupnotes.disclosure.pdf
print("typst" in sys.modules)
"""


def record(**parts: dict[str, Any]) -> Record:
    return record_of(signed_content(**parts), DIGEST, KEY)


def python(code: str, **environment: str) -> str:
    """Run code in a process of its own and return what it prints."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def elements(node: Any) -> Iterator[dict[str, Any]]:
    """Walk the structure tree that a screen reader follows."""
    node = node.get_object()
    if isinstance(node, list):
        for inner in node:
            yield from elements(inner)
    elif isinstance(node, dict) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node["/K"])


def root(document: PdfReader) -> Any:
    return document.root_object


def structure(document: PdfReader) -> list[dict[str, Any]]:
    return list(elements(root(document)["/StructTreeRoot"]["/K"]))


@pytest.fixture(scope="module")
def document() -> PdfReader:
    return reader(render(record(), PROOF))


class TestAccessibility:
    def test_it_claims_pdf_ua_1_and_pdf_a_3a(self, document: PdfReader) -> None:
        metadata = root(document)["/Metadata"].get_object().get_data().decode()

        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
        assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata

    def test_it_is_marked_as_tagged_and_has_a_language(self, document: PdfReader) -> None:
        assert root(document)["/MarkInfo"]["/Marked"]
        assert root(document)["/Lang"] == "en-US"

    def test_a_reader_shows_its_title(self, document: PdfReader) -> None:
        assert document.metadata is not None
        assert document.metadata.title == (
            "Group therapy progress note, March 4, 2025, encounter 7K3M-C0XD-2HTV"
        )
        assert root(document)["/ViewerPreferences"]["/DisplayDocTitle"]

    def test_the_records_of_one_session_are_documents_of_their_own(self) -> None:
        """Typst would give them one id, and archives take that for versions of one file."""
        mine = signed_content()
        theirs = replace(mine, encounter="C0XD-7K3M-2HTV")

        known_by = [ids(render(record_of(one, DIGEST, KEY), PROOF)) for one in (mine, theirs)]

        assert not set(known_by[0]) & set(known_by[1])

    def test_its_title_names_no_client(self, document: PdfReader) -> None:
        assert document.metadata is not None
        for said in document.metadata.values():
            assert "Rivera" not in str(said)
            assert "10442" not in str(said)

    def test_it_has_headings_in_order(self, document: PdfReader) -> None:
        levels = [one["/S"] for one in structure(document) if one["/S"] in ("/H1", "/H2", "/H3")]

        assert levels[0] == "/H1"
        assert Counter(levels)["/H1"] == 1
        assert Counter(levels)["/H2"] == 8
        assert levels.index("/H3") > levels.index("/H2")

    def test_its_outline_leads_to_each_section(self, document: PdfReader) -> None:
        (title, sections) = document.outline

        assert title["/Title"] == "Group therapy progress note"  # type: ignore[call-overload]
        assert [one["/Title"] for one in sections if not isinstance(one, list)] == [
            "Client",
            "Diagnoses addressed",
            "Service",
            "Facilitators",
            "Group content, the same for all members",
            "Individual section",
            "Objectives and progress",
            "Signature",
        ]

    def test_its_tables_have_headers_for_their_columns(self, document: PdfReader) -> None:
        tags = Counter(one["/S"] for one in structure(document))

        assert tags["/Table"] == 2
        assert tags["/TH"] == 4 + 3
        assert tags["/TD"] == 2 * 4 + 2 * 3

    def test_each_fact_is_a_list_item_with_its_name(self, document: PdfReader) -> None:
        made = record()
        facts = [*made.client, *made.service, *made.diagnoses, *made.signature.facts]
        tags = Counter(one["/S"] for one in structure(document))

        assert tags["/LI"] == tags["/Lbl"] == tags["/LBody"] == len(facts)


class TestSelfContained:
    def test_every_font_is_embedded(self, document: PdfReader) -> None:
        resources: list[Any] = [page["/Resources"] for page in document.pages]
        fonts = [font.get_object() for each in resources for font in each["/Font"].values()]
        described = [font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]

        assert described
        assert all("/FontFile2" in one or "/FontFile3" in one for one in described)

    @pytest.mark.parametrize("key", ["/OpenAction", "/AA", "/AcroForm", "/JavaScript"])
    def test_it_does_nothing_when_opened(self, document: PdfReader, key: str) -> None:
        assert key not in root(document)
        assert key not in root(document).get("/Names", {})

    def test_it_holds_no_link_and_only_its_proof(self) -> None:
        typed = 'https://example.org file:///etc/passwd #link("https://example.org")'
        document = reader(render(record(shared={"dynamics": typed}), PROOF))

        assert all("/Annots" not in page for page in document.pages)
        assert document.attachments == {"signed-record.json": [PROOF.encode()]}


class TestSameBytes:
    def test_the_same_record_is_the_same_file(self) -> None:
        assert render(record(), PROOF) == render(record(), PROOF)

    def test_it_is_the_same_after_other_records(self) -> None:
        first = render(record(), PROOF)
        render(record(individual={"response": "Something else. " * 20_000}), PROOF)

        assert render(record(), PROOF) == first

    @pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
    def test_it_is_the_same_on_another_machine(self, zone: str) -> None:
        printed = python(_PRINT_SAMPLE, TZ=zone, LC_ALL="C", HOME="/nonexistent", PYTHONPATH=".")

        assert printed == hashlib.sha256(render(record(), PROOF)).hexdigest()

    def test_it_is_dated_by_its_signature(self, document: PdfReader) -> None:
        assert document.metadata is not None
        assert str(document.metadata["/CreationDate"]) == "D:20250305030417Z"

    def test_it_is_another_file_when_a_word_is_another(self) -> None:
        assert render(record(individual={"plan": "One"}), PROOF) != render(
            record(individual={"plan": "Two"}), PROOF
        )

    def test_threads_get_each_their_own(self) -> None:
        records = [record(client={"mrn": f"MRN{n}"}) for n in range(8)]

        with ThreadPoolExecutor(8) as pool:
            printed = list(pool.map(render, records, repeat(PROOF)))

        for n, one in enumerate(printed):
            assert f"MRN MRN{n} " in pages(one)[0]
            assert one == render(records[n], PROOF)


class TestText:
    def test_every_character_of_every_font_prints(self) -> None:
        shown = set().union(*(coverage(glyphs.FOLDER / name) for name in glyphs.FAMILIES.values()))
        text = " ".join(map(chr, sorted(shown)))

        render(record(shared={"dynamics": text}, signature={"name": text}), PROOF)

    @settings(max_examples=60, deadline=None)
    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
    def test_no_text_stops_a_record(self, text: str) -> None:
        progress = (Progress(goal=text, objective=text, rating=None, evidence=text),)

        render(
            record(
                client={"last_name": text, "mrn": text},
                group={"title": text},
                individual={"response": text, "progress": progress},
                signature={"name": text},
            ),
            PROOF,
        )

    def test_a_long_text_loses_no_sentence_from_page_to_page(self) -> None:
        text = "The week was told day by day, and the group listened. " * 1_500

        read = flowing(render(record(individual={"response": text}), PROOF))

        assert read.count("day by day") == 1_500

    def test_a_megabyte_runs_over_many_pages_to_its_end(self) -> None:
        text = "The week was told day by day, and the group listened. " * 19_500

        document = reader(
            render(record(individual={"response": f"{text} And that is all."}), PROOF)
        )

        last = "".join(page.extract_text() for page in document.pages[-2:])
        assert len(document.pages) > 150
        assert "And that is all." in last
        assert "Electronically signed by Maya Lindqvist" in last

    def test_a_long_cell_of_the_table_runs_over_pages_to_its_end(self) -> None:
        progress = (
            Progress(goal="g", objective="o", rating=None, evidence="Seen. " * 5_000 + "The end."),
        )

        printed = pages(render(record(individual={"progress": progress}), PROOF))

        assert len(printed) > 5
        assert "The end." in "".join(printed)
        assert all("Objective of the treatment plan" in text for text in printed[3:-1])

    def test_a_word_without_end_stays_on_the_page(self) -> None:
        word = "W" * 400
        progress = (Progress(goal=word, objective=word, rating=None, evidence=word),)
        printed = pages(
            render(
                record(
                    client={"last_name": word, "mrn": word},
                    practice={"name": word, "street": word, "phone": word},
                    group={"title": word},
                    shared={"dynamics": word},
                    individual={"progress": progress},
                    signature={"name": word, "licence": word},
                ),
                PROOF,
            )
        )

        widest = max(line.count("W") for text in printed for line in text.splitlines())

        assert 20 < widest < 70  # a W is at least 7 points wide, a line 490

    def test_thousands_of_empty_lines_are_one_gap(self) -> None:
        text = "above" + "\r\n" * 5_000 + "below"

        assert len(pages(render(record(shared={"dynamics": text}), PROOF))) == 2


class TestFailure:
    def test_a_failure_quotes_nothing_of_the_record(self) -> None:
        unprintable = record_of(signed_content(), "9b" * 31 + "秘密", KEY)

        with pytest.raises(PrintError) as failed:
            render(unprintable, PROOF)

        assert "秘密" not in str(failed.value)
        assert failed.value.__cause__ is None
        assert failed.value.__suppress_context__

    def test_the_next_record_prints_after_a_failure(self) -> None:
        with pytest.raises(PrintError):
            render(record_of(signed_content(), "秘密", KEY), PROOF)

        assert pages(render(record(), PROOF))


class TestStartUp:
    def test_a_process_that_prints_nothing_does_not_load_typst(self) -> None:
        assert python(_IMPORT_ONLY) == "False"
