"""A difference shows both texts, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groupnotes.notes.difference import Became, Piece, difference

texts = st.text(st.sampled_from("ab .,\n“é"), max_size=60)


def told(before: str, now: str, *, but: Became) -> str:
    return "".join(piece.text for piece in difference(before, now) if piece.became is not but)


@given(texts, texts)
def test_both_texts_can_be_read_in_it(before: str, now: str) -> None:
    assert told(before, now, but=Became.ADDED) == before
    assert told(before, now, but=Became.REMOVED) == now


def test_it_goes_by_words() -> None:
    assert difference("The group was lively.", "The group was quiet.") == [
        Piece("The group was ", Became.KEPT),
        Piece("lively", Became.REMOVED),
        Piece("quiet", Became.ADDED),
        Piece(".", Became.KEPT),
    ]


def test_the_same_text_is_one_piece() -> None:
    assert difference("The same.", "The same.") == [Piece("The same.", Became.KEPT)]
    assert difference("", "") == []


def test_a_long_text_is_shown_before_and_after() -> None:
    before, now = "old " * 3000, "new " * 3000

    assert difference(before, now) == [Piece(before, Became.REMOVED), Piece(now, Became.ADDED)]
