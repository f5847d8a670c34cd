"""A text cut at its findings, to be marked on a page."""

from hypothesis import given
from hypothesis import strategies as st

from groupnotes.deid import Piece, pieces
from tests.support.rosters import check_names, of_names

GROUP = of_names("Ana", "Leo")


class TestPieces:
    def test_names_are_marked_between_the_rest(self) -> None:
        text = "Then Ana thanked Leo."
        ana, leo = check_names(text, GROUP)

        assert pieces(text, [leo, ana]) == [
            Piece("Then "),
            Piece("Ana", ana),
            Piece(" thanked "),
            Piece("Leo", leo),
            Piece("."),
        ]

    def test_a_clean_text_is_one_piece(self) -> None:
        assert pieces("All is well.", []) == [Piece("All is well.")]

    def test_an_empty_text_has_none(self) -> None:
        assert pieces("", []) == []

    @given(st.text() | st.lists(st.sampled_from(["Ana", "Leo", " ", "\u0301", "x"])).map("".join))
    def test_the_pieces_joined_are_the_text(self, text: str) -> None:
        assert "".join(piece.text for piece in pieces(text, check_names(text, GROUP))) == text
