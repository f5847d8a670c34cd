"""Texts that are refused for whom they name."""

import pytest

from groupnotes.deid import (
    INDIVIDUAL,
    INDIVIDUAL_NOTE,
    SHARED,
    Level,
    NamesFound,
    findings_in,
    index,
    others_of,
    refuse_names,
)
from tests.support.rosters import found_in, of_names, person, roster

ANA, LEO = person(1, "Ana", "Ruiz"), person(2, "Leo", "Bird")
GROUP = roster(ANA, LEO)


class TestRefusing:
    def test_a_text_that_names_another_is_refused_by_field(self) -> None:
        texts = {"plan": "Then Leo left.", "response": "All was well.", "topic": ""}

        with pytest.raises(NamesFound) as refused:
            refuse_names(INDIVIDUAL, texts, others_of(GROUP, ANA.id))

        assert list(refused.value.findings) == ["plan"]
        assert found_in(texts["plan"], refused.value.findings["plan"]) == ["Leo"]

    @pytest.mark.parametrize(
        "text", ["", "Ana did well.", "Members met.", "Call 603-555-0142.", "Her sister Tasha"]
    )
    def test_what_names_no_one_else_of_the_roster_passes(self, text: str) -> None:
        refuse_names(INDIVIDUAL, {"plan": text}, others_of(GROUP, ANA.id))

    def test_what_is_only_for_review_passes(self) -> None:
        pearl = of_names("Pearl")

        refuse_names(INDIVIDUAL, {"plan": "then pearl was late"}, pearl)

    def test_a_shared_text_is_refused_for_anyone(self) -> None:
        texts = {"plan": "Call 603-555-0142."}

        with pytest.raises(NamesFound):
            refuse_names(INDIVIDUAL, texts, GROUP, SHARED)

    def test_one_index_serves_many_texts_and_clients(self) -> None:
        group = index(GROUP)
        texts = {"plan": "Ana thanked Leo.", "response": "Fine."}

        assert list(findings_in(texts, group, INDIVIDUAL_NOTE)) == ["plan"]
        (one,) = findings_in(texts, group.about(LEO.id), INDIVIDUAL_NOTE)["plan"]
        assert found_in(texts["plan"], [one]) == ["Ana"]
        assert one.level is Level.BLOCK
