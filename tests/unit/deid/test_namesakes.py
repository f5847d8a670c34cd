"""Towns and firms that share their names with other things; stars and authors that share none."""

import pytest

from groupnotes.deid import Category, Level
from tests.support.marks import unmarked
from tests.support.strangers import strangers


class TestTowns:
    @pytest.mark.parametrize(
        "sentence",
        [
            "One spoke of her job in {Mobile} and cried.",
            "Someone left {Flint} at twenty.",
            "Her aunt of {Mt. Vernon} took the kids.",
            "The plant in {Wyoming}, Michigan closed.",
            "A letter came: {Kalamazoo} is where his kids are.",
            "One peer works for the city of {Tacoma} now.",
            "They are from {Ft. Wayne} and miss it.",
            "The family lives near {Pine Bluff} still.",
            "He slept under {Long Level Bridge} then.",
            "She is the niece of a man of {Pocatello} who prays.",
        ],
    )
    def test_the_town_is_found(self, sentence: str) -> None:
        text, (town,) = unmarked(sentence)

        assert town in [text[one.start : one.end] for one in strangers(text)]

    @pytest.mark.parametrize(
        "text",
        [
            "One has family in Oregon, Ohio and Utah.",
            "Someone left AMA last night.",
            "Words from Hope are quoted in Session Two.",
            "They drew strength from Liberty as a value.",
            "A clip from Marathon, the film, was shown.",
            "A referral from PT came.",
            "The Duluth model was explained.",
        ],
    )
    def test_other_things_are_not(self, text: str) -> None:
        assert [one for one in strangers(text) if one.category is Category.PLACE] == []

    @pytest.mark.parametrize(
        "sentence",
        [
            "one moved to {reading} last fall",
            "a bus from {kalamazoo} was late",
            "she says {eau claire} is colder",
        ],
    )
    def test_so_it_is_without_capitals(self, sentence: str) -> None:
        text, (town,) = unmarked(sentence)

        assert town in [text[one.start : one.end] for one in strangers(text)]

    @pytest.mark.parametrize("text", ["one was moved to tears", "he lives in peace now"])
    def test_moods_are_no_towns(self, text: str) -> None:
        assert strangers(text) == []


class TestFirms:
    @pytest.mark.parametrize(
        "sentence",
        [
            "a letter from {Copper City Staffing} came",
            "he fixes phones for {Delgado Tablet Repair}",
            "sued by {Quickset Scaffolding}",
            "sent home from {Bright Harbor Cardiology}",
            "admitted to {Quiet Point Recovery Center} last night",
            "the deacon from {Holy Innocents} called",
            "her son is at {Truman State} now",
            "served on the {USS Halvorsen} as a cook",
            "{Cracker Barrel} hired her back",
            "he said {Red Lobster} let him go",
            "she waits tables at {Waffle House}",
        ],
    )
    def test_each_is_found(self, sentence: str) -> None:
        text, (firm,) = unmarked(f"Then one said that {sentence}.")

        assert firm in " / ".join(text[one.start : one.end] for one in strangers(text))

    @pytest.mark.parametrize(
        "text",
        [
            "Tips from Relapse Prevention were used.",
            "They asked for Early Recovery next.",
            "It was held in Holy Week.",
            "Someone is in Washington State for a month.",
            "She learned to cook from Julia Child videos.",
        ],
    )
    def test_programmes_are_not(self, text: str) -> None:
        assert strangers(text) == []


class TestStars:
    @pytest.mark.parametrize(
        "text",
        ["A clip with Delphine Marchetti was shown.", "Ramona Tillery is the author, they said."],
    )
    def test_who_may_be_one_is_for_review(self, text: str) -> None:
        assert [one.level for one in strangers(text)] == [Level.REVIEW]

    def test_who_is_spoken_of_otherwise_blocks(self) -> None:
        findings = strangers("They fear that Delphine Marchetti will sue.")

        assert [one.level for one in findings] == [Level.BLOCK]

    def test_an_author_behind_a_title_is_none(self) -> None:
        assert strangers("They read Days Without Drink by Tillery.") == []


class TestBareNames:
    @pytest.mark.parametrize("name", ["reggie", "latoya", "priscilla"])
    @pytest.mark.parametrize("written", [str.lower, str.upper], ids=["low", "high"])
    def test_a_given_name_is_found_without_capitals(self, name: str, written: type[str]) -> None:
        text = written(f"safety plan: leave, breathe, call {name}")

        assert [text[one.start : one.end] for one in strangers(text)] == [written(name)]

    def test_a_verb_is_none(self) -> None:
        assert strangers("the therapist named disavowed grief") == []

    def test_a_nickname_between_commas_is_found(self) -> None:
        text = "Then his dealer, Peanut, texted."

        assert [text[one.start : one.end] for one in strangers(text)] == ["Peanut"]
