"""The signature on a whole PDF: whoever changes any byte of it is found out."""

from __future__ import annotations

import base64
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groupnotes.disclosure import pdf
from groupnotes.disclosure.record import record_of
from groupnotes.signing import proof
from groupnotes.signing.proof import KeyPair
from groupnotes.signing.signed_file import FileVerdict, check, is_pdf, sign
from tests.support.pdf import flowing, ids, reader
from tests.support.signed import KEY, PROOF, signed_content

PAIR = KeyPair(bytes(range(32)).hex())
OTHER = KeyPair(bytes(range(1, 33)).hex())
MARK = b"%GroupNotes-Signature: "


@cache
def printed() -> bytes:
    return pdf.render(record_of(signed_content(), "9b" * 32, KEY), PROOF)


@cache
def signed() -> bytes:
    return sign(printed(), PAIR)


def verdict(file: bytes) -> FileVerdict:
    return check(file, [OTHER.public_key, PAIR.public_key])


class TestASignedFile:
    def test_it_is_verified(self) -> None:
        assert verdict(signed()) is FileVerdict.VERIFIED

    def test_it_is_the_same_each_time(self) -> None:
        assert sign(printed(), PAIR) == signed()

    def test_a_reader_finds_in_it_what_was_there(self) -> None:
        assert flowing(signed()) == flowing(printed())
        assert reader(signed()).attachments == reader(printed()).attachments
        assert ids(signed()) == ids(printed())

    def test_nothing_stands_after_its_end(self) -> None:
        """PDF/A lets only an end of a line follow the last marker (ISO 19005-3, 6.1.3)."""
        start, _, end = signed().rpartition(b"startxref")

        assert signed().rstrip().endswith(b"%%EOF")
        assert end == printed().rpartition(b"startxref")[2]
        assert start.splitlines()[-1].startswith(MARK)

    def test_its_line_names_the_key(self) -> None:
        line = next(line for line in signed().splitlines() if line.startswith(MARK))

        named, signature = line.removeprefix(MARK).split(b" ")
        assert named.decode() == proof.fingerprint(PAIR.public_key).replace(" ", "")
        assert len(base64.b64decode(signature)) == 64


class TestAnAlteredFile:
    @settings(max_examples=300)
    @given(st.data())
    def test_any_other_bit_is_found(self, data: st.DataObject) -> None:
        altered = bytearray(signed())
        at = data.draw(st.integers(0, len(altered) - 1))
        altered[at] ^= 1 << data.draw(st.integers(0, 7))

        assert verdict(bytes(altered)) is not FileVerdict.VERIFIED
        assert is_pdf(bytes(altered))

    def test_any_other_bit_of_its_end_is_found(self) -> None:
        for at in range(signed().rindex(MARK) - 40, len(signed())):
            for bit in range(8):
                altered = bytearray(signed())
                altered[at] ^= 1 << bit
                assert verdict(bytes(altered)) is not FileVerdict.VERIFIED, (at, bit)

    @settings(max_examples=100)
    @given(st.data())
    def test_bytes_cut_out_or_put_in_are_found(self, data: st.DataObject) -> None:
        whole = signed()
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, len(whole)))
        altered = whole[:start] + data.draw(st.binary(max_size=9)) + whole[end:]

        assert (verdict(altered) is FileVerdict.VERIFIED) is (altered == whole)

    @pytest.mark.parametrize(
        "altered",
        [
            lambda file: file + b"\n",
            lambda file: file + b"x",
            lambda file: file[:-1],
            lambda file: file + file,
            lambda file: sign(file, OTHER).replace(b"%%EOF", b"%%EOF\n", 1),
            lambda file: printed(),
            lambda file: printed() + file[file.index(MARK) :],
            lambda file: b"",
        ],
        ids=["line", "byte", "cut", "twice", "signed over", "unsigned", "moved", "nothing"],
    )
    def test_another_end_is_found(self, altered: object) -> None:
        assert callable(altered)
        assert verdict(altered(signed())) is not FileVerdict.VERIFIED

    def test_an_update_put_behind_it_is_found(self) -> None:
        """Readers show the newest of what a file holds: pages can be replaced so."""
        update = b"1 0 obj\n<<>>\nendobj\nxref\n0 0\ntrailer\n<<>>\nstartxref\n9\n%%EOF"

        assert verdict(signed() + b"\n" + update) is FileVerdict.UNSIGNED

    def test_each_says_what_it_means(self) -> None:
        assert len({found.sentence for found in FileVerdict}) == len(FileVerdict)


class TestAKey:
    def test_another_one_verifies_nothing(self) -> None:
        assert check(signed(), [OTHER.public_key]) is FileVerdict.OTHER_KEY
        assert check(signed(), []) is FileVerdict.OTHER_KEY

    def test_one_that_signs_again_names_itself(self) -> None:
        forged = sign(printed(), OTHER)

        assert check(forged, [PAIR.public_key]) is FileVerdict.OTHER_KEY

    def test_what_it_signed_elsewhere_is_no_signature_on_a_file(self) -> None:
        """A note, say: each begins with words of its own."""
        line = base64.b64encode(PAIR.sign(printed()))
        forged = signed().replace(signed()[signed().rindex(MARK) :].split()[2], line)

        assert verdict(forged) is FileVerdict.ALTERED


class TestWhatIsNoPdf:
    def test_it_gets_no_signature(self) -> None:
        with pytest.raises(ValueError, match="not the end of a PDF"):
            sign(b"{}", PAIR)

    @pytest.mark.parametrize("file", [b"", b'{"text": "%PDF-", "x": "%GroupNotes-Signature: "}'])
    def test_it_is_told_apart(self, file: bytes) -> None:
        assert not is_pdf(file)
