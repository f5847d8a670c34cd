"""The words of a record as its reader gets them, page by page, held against reviewed files."""

from dataclasses import replace
from typing import Any

import pytest

from groupnotes.disclosure.pdf import render
from groupnotes.disclosure.record import Added, record_of
from groupnotes.signing.canonical import canonical_bytes, digest
from groupnotes.signing.content import Diagnosis, Modality, Progress, RiskLevel, SignedContent
from tests.support.golden import Golden
from tests.support.pdf import flowing, pages
from tests.support.signed import KEY, PROOF, signed_content, signed_entries

_MARKUP = (
    '#import "x": y #sys.inputs #panic() ] [ } { ) ( $x^2$ $ \\ \\n \\u{41} *bold* _emphasis_ '
    "`raw` ```raw``` @reference <label> // line /* block */ = heading - item + item / term: is "
    "https://example.org/a?b=c&d=e ~ -- --- ... 'one' \"two\" {{7*7}} {% x %} &amp; <b>b</b>"
)


def printed(content: SignedContent) -> bytes:
    return render(record_of(content, digest(canonical_bytes(content)), KEY), PROOF)


def text_of(content: SignedContent) -> str:
    """The whole document as text, each page under its number."""
    numbered = enumerate(pages(printed(content)), start=1)
    return "\n\n".join(f"--- {number} ---\n{text}" for number, text in numbered) + "\n"


class TestRecord:
    def test_a_complete_note_reads_as_reviewed(self, golden: Golden) -> None:
        golden.check("record.complete.txt", text_of(signed_content()))

    def test_what_was_added_later_follows_the_note(self, golden: Golden) -> None:
        content = signed_content()
        added = [Added(entry, digest(canonical_bytes(entry)), KEY) for entry in signed_entries()]
        record = record_of(content, digest(canonical_bytes(content)), KEY, added)

        numbered = enumerate(pages(render(record, PROOF)), start=1)

        text = "\n\n".join(f"--- {number} ---\n{text}" for number, text in numbered) + "\n"
        golden.check("record.entries.txt", text)

    def test_a_note_with_nothing_optional_says_what_is_not_there(self, golden: Golden) -> None:
        content = signed_content(
            client={"coverage": None},
            practice={"npi": None},
            session={"modality": Modality.VIDEO, "place_of_service": "10"},
            shared={"interventions": (), "interventions_other": "", "dynamics": "", "plan": ""},
            individual={
                "engagement_qualities": (),
                "diagnoses": (),
                "progress": (),
                "group_response": "",
                "risk_level": RiskLevel.NONE,
                "risk_action": "",
                "plan": " \n ",
            },
            signature={"npi": None, "licence": None},
        )

        golden.check("record.bare.txt", text_of(replace(content, facilitators=())))

    def test_a_long_note_in_many_scripts_reads_as_reviewed(self, golden: Golden) -> None:
        paragraph = "She told the group what the week had been like, and what she did about it. "
        content = signed_content(
            client={"first_name": "Nguyễn Thị Ánh", "last_name": "Παπαδοπούλου-Щербакова"},
            group={"kind": "multi-family", "title": "Families together, Wednesday evenings"},
            individual={
                "diagnoses": (
                    Diagnosis(code="F10.21", description="Alcohol dependence, in remission"),
                ),
                "response": f"{paragraph * 12}\n\n- first: שלום\n- second: مرحبا\n- third: 你好 🙂",
                "progress": tuple(
                    Progress(goal=f"Goal {n}", objective=paragraph, rating=None, evidence=paragraph)
                    for n in range(1, 9)
                ),
            },
        )

        golden.check("record.long.txt", text_of(content))


_LONG = signed_content(individual={"response": "What was said, at length. " * 2000})


@pytest.fixture(scope="module")
def long() -> list[str]:
    return pages(printed(_LONG))


class TestEveryPage:
    def test_it_names_the_client_with_the_number_and_the_day(self, long: list[str]) -> None:
        assert len(long) > 8
        for text in long:
            assert text.startswith("Rivera, Ana Sofía MRN RV-10442 Date of service March 4, 2025\n")

    def test_it_counts_itself_among_all(self, long: list[str]) -> None:
        for number, text in enumerate(long, start=1):
            assert f"Page {number} of {len(long)}\n" in text

    def test_it_can_be_told_to_which_signature_it_belongs(self, long: list[str]) -> None:
        beginning = digest(canonical_bytes(_LONG))[:16]

        assert all(f"SHA-256 of the signed content: {beginning} …" in text for text in long)

    def test_it_says_that_it_is_confidential(self, long: list[str]) -> None:
        assert all("Confidential health record of one client." in text for text in long)


class TestHostileText:
    @pytest.mark.parametrize(
        "part",
        [
            {"client": {"first_name": _MARKUP}},
            {"client": {"last_name": _MARKUP}},
            {"client": {"mrn": _MARKUP}},
            {"practice": {"name": _MARKUP}},
            {"practice": {"street": _MARKUP}},
            {"practice": {"city": _MARKUP}},
            {"practice": {"postal_code": _MARKUP}},
            {"practice": {"phone": _MARKUP}},
            {"group": {"title": _MARKUP}},
            {"session": {"service_code": _MARKUP}},
            {"session": {"place_of_service": _MARKUP}},
            {"shared": {"topic": _MARKUP}},
            {"shared": {"interventions": (_MARKUP,)}},
            {"shared": {"interventions_other": _MARKUP}},
            {"shared": {"dynamics": _MARKUP}},
            {"shared": {"plan": _MARKUP}},
            {"individual": {"response": _MARKUP}},
            {"individual": {"group_response": _MARKUP}},
            {"individual": {"risk_action": _MARKUP}},
            {"individual": {"plan": _MARKUP}},
            {"individual": {"diagnoses": (Diagnosis(code="F1", description=_MARKUP),)}},
            {
                "individual": {
                    "progress": (Progress(goal="", objective="", rating=None, evidence=_MARKUP),)
                }
            },
            {
                "individual": {
                    "progress": (Progress(goal="", objective=_MARKUP, rating=None, evidence=""),)
                }
            },
            {
                "individual": {
                    "progress": (Progress(goal=_MARKUP, objective="", rating=None, evidence=""),)
                }
            },
            {"signature": {"name": _MARKUP}},
            {"signature": {"credentials": _MARKUP}},
            {"signature": {"role": _MARKUP}},
            {"signature": {"licence": _MARKUP}},
            {"signature": {"npi": _MARKUP}},
        ],
        ids=lambda part: ".".join([*part, *next(iter(part.values()))]),
    )
    def test_markup_prints_letter_by_letter(self, part: dict[str, Any]) -> None:
        read = "".join(flowing(printed(signed_content(**part))).split()).lower()

        assert "".join(_MARKUP.split()).lower() in read

    def test_line_ends_and_indents_stay_where_they_were_typed(self) -> None:
        typed = "first\r\nsecond\n\n\n- point\n\t- below\rlast"

        (text, *_) = pages(printed(signed_content(shared={"dynamics": typed})))

        assert "first\nsecond\n- point\n    - below\nlast\n" in text

    def test_a_name_with_a_line_end_stays_on_one_line(self) -> None:
        (text, *_) = pages(printed(signed_content(client={"first_name": "Ana\r\nMaria"})))

        assert text.startswith("Rivera, Ana Maria MRN RV-10442 ")

    def test_what_cannot_be_shown_is_marked_and_explained(self) -> None:
        read = flowing(printed(signed_content(shared={"topic": "心 and \u202eevil"})))

        assert "[U+5FC3] and [U+202E]evil" in read
        assert "The signed content keeps the character itself." in read

    def test_letters_with_signs_do_not_spoil_the_same_letters_elsewhere(self) -> None:
        read = flowing(printed(signed_content(client={"first_name": "Thị Ỉ ǰ į"})))

        assert "Thị Ỉ ǰ į Rivera" in read
        assert "Electronically signed by Maya Lindqvist, LCSW" in read

    def test_without_a_mark_nothing_is_explained(self) -> None:
        assert "[U+" not in flowing(printed(signed_content()))
