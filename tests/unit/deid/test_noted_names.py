"""Names that are words, in the short style of notes: what stands around them tells."""

import pytest

from groupnotes.deid import Level
from tests.support.rosters import check_names, of_names, person, roster

GROUP = of_names(
    "Hope", "Grace", "Frank", "Mark", "Will", "Amber", "Miles", "Ivy", "Rose", "Faith", "Jade",
    "Summer", "Sage", "Art", "Noor", "Lily", "Angel",
)  # fmt: skip


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in check_names(text, GROUP)]


class TestNotedNames:
    @pytest.mark.parametrize(
        "text",
        [
            "Hope back from the ward.",
            "Faith off bedrest now.",
            "Grace out sick today.",
            "Frank not answering the phone.",
            "Jade 3/10, sleepy.",
            "Hope had a bad night.",
            "Amber had made him a scarf.",
            "Miles had a plan for once.",
            "Miles is asleep already.",
            "Sage can't come on Monday.",
            "Grace would have cried, they said.",
            "Ivy knits for the fair.",
            "Summer brought muffins.",
            "Jade is at the clinic.",
            "Hope is a grandmother again.",
            "Will, discharged in May, told us how.",
            "Faith was missed, who moved away.",
            "Mark (the younger one): quiet.",
            "Amber came by with soup.",
        ],
    )
    def test_what_is_noted_of_a_client_is_for_review_at_least(self, text: str) -> None:
        assert found(text) == [text.split(maxsplit=1)[0].strip(",")]

    @pytest.mark.parametrize(
        "text",
        [
            "Hope was the theme today.",
            "Grace as a practice, again.",
            "Rose gardens in July.",
            "Faith over fear on a mug.",
            "Mark your calendars.",
            "Jade plants die too.",
            "Summer heat in the van.",
            "Art therapy was full.",
            "Miles are hard on knees.",
            "Ivy-covered halls came up.",
            "Will I make it?",
        ],
    )
    def test_the_word_at_the_head_of_a_sentence_is_none(self, text: str) -> None:
        assert found(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "the bonnet with the velvet rose was old",
            "the word sage was underlined by one",
            "they learned noor = light",
            "noor means light, the poster says",
            "(in Spanish, rosa) it smells as sweet",
            "pain that is frank took a page",
        ],
    )
    def test_a_word_that_is_spoken_of_is_none(self, text: str) -> None:
        assert found(f"Members said {text}.") == []


class TestByTheRestOfTheNote:
    def test_items_that_are_headed_alike_are_of_people(self) -> None:
        assert found("- Hope: home pass\n- Grace: new room\n- Faith: same") == [
            "Hope",
            "Grace",
            "Faith",
        ]

    def test_one_theme_with_a_colon_is_of_nobody(self) -> None:
        assert found("Hope: what it is and is not. Then tea.") == []

    def test_a_sentence_between_those_of_others_is_of_one(self) -> None:
        assert found("Mark cried. Ivy new plan. Frank sang.") == ["Mark", "Ivy", "Frank"]

    def test_who_is_named_once_is_so_where_a_sentence_begins(self) -> None:
        assert found("Hope last to leave. We thanked Hope for it.") == ["Hope", "Hope"]

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Mark cried, then Faith.", "Faith"),
            ("the other husband, mark, told how.", "mark"),
            ("Frank and both of the Graces said so.", "Frank"),
        ],
    )
    def test_one_in_company_is_found(self, text: str, name: str) -> None:
        assert name in found(text)


class TestSurely:
    @pytest.mark.parametrize("text", ["lennie cried today.", "rosie said she would."])
    def test_a_nickname_that_is_no_word_blocks_where_it_acts(self, text: str) -> None:
        group = roster(person(1, "Leonard", "Ash"), person(2, "Rosalind", "Tate"))
        assert [one.level for one in check_names(text, group)] == [Level.BLOCK]

    @pytest.mark.parametrize(
        "text", ["AM brought a letter. We read it.", "Tea first. MR asked for it."]
    )
    def test_initials_that_are_an_abbreviation_are_for_review(self, text: str) -> None:
        group = roster(person(3, "Angela", "Moss"), person(4, "Micah", "Rosen"))
        assert [one.level for one in check_names(text, group)] == [Level.REVIEW]

    def test_initials_behind_a_bullet_are_found(self) -> None:
        group = roster(person(5, "Xenia", "Quill"), person(6, "Joan", "Voss"))
        assert len(check_names("- XQ: no change\n- JV: home", group)) == 2

    def test_initials_with_the_surname_first_are_for_review(self) -> None:
        group = roster(person(7, "Cody", "Pace"))
        assert [one.level for one in check_names("P.C. said no.", group)] == [Level.REVIEW]

    def test_other_endings_of_a_short_name_are_found(self) -> None:
        group = roster(person(8, "Tobi", "Lane"))
        assert [one.start for one in check_names("Toby shared first.", group)] == [0]


class TestBesideWhatEveryoneKnows:
    GROUP = of_names("Romeo", "Juliet", "Charlie", "Homer")

    def test_a_figure_of_a_story_is_no_client(self) -> None:
        assert check_names("We read Charlie Brown aloud.", self.GROUP) == []

    def test_two_clients_side_by_side_are_no_story(self) -> None:
        assert len(check_names("Romeo and Juliet shared a table.", self.GROUP)) == 2

    def test_a_comma_parts_what_is_no_phrase(self) -> None:
        assert len(check_names("With Charlie, Brown bags were made.", self.GROUP)) == 1


class TestInTables:
    def test_initials_with_a_number_each_are_of_clients(self) -> None:
        group = roster(person(1, "Thu", "Pham"), person(2, "Sol", "Osei"), person(3, "Gil", "West"))
        levels = [one.level for one in check_names("TP 6, SO 4, GW 7. Tea.", group)]
        assert levels == [Level.BLOCK] * 3

    def test_two_alone_may_be_a_code(self) -> None:
        group = roster(person(1, "Thu", "Pham"), person(2, "Sol", "Osei"))
        assert check_names("TP 6, SO 4. Tea.", group) == []


class TestLessSurely:
    def test_a_name_before_things_is_for_review(self) -> None:
        group = of_names("Rosa")
        found = check_names("They put rosa petals in the bowl.", group)
        assert [one.level for one in found] == [Level.REVIEW]

    def test_another_name_near_a_nickname_is_for_review(self) -> None:
        group = roster(person(1, "Elizabeth", "Tran"))
        found = check_names("We watched it with Elsa on mute.", group)
        assert [one.level for one in found] in ([], [Level.REVIEW])

    @pytest.mark.parametrize("text", ["we saw q's mom at the door.", "q tearful at first."])
    def test_a_small_letter_is_one_where_there_are_no_others(self, text: str) -> None:
        assert len(check_names(text, of_names("Quinn"))) == 1

    def test_a_small_letter_of_a_list_is_none(self) -> None:
        assert check_names("we did part q) of the sheet.", of_names("Quinn")) == []
