"""Names that are words, where notes leave the verb out, list people or tell what befell one."""

import pytest

from groupnotes.deid import Level
from tests.support.rosters import check_names, of_names, person, roster

GROUP = of_names(
    "Grace", "Wren", "Clay", "Sky", "June", "Amber", "Lane", "Reed", "Olive", "Ivy", "Brook",
    "Faith", "Joy", "Ray", "Hope", "Rose", "Tova",
)  # fmt: skip
INITIALS = roster(
    person(1, "Deshawn", "Whitlock"),
    person(2, "Hector", "Salinas"),
    person(3, "Maria", "Gonzalez"),
    person(4, "Tyrell", "Boone"),
)


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in check_names(text, GROUP)]


class TestTerseNames:
    @pytest.mark.parametrize(
        "text",
        [
            "Grace was cut from the team.",
            "Faith got moved to B pod.",
            "Amber was taken to the ER.",
            "Joy was paroled at last.",
            "Hope was written up by an officer.",
            "Wren runs a bakery stand.",
            "Clay rates SI low, sleeps badly.",
            "Sky got him to sit down.",
            "Amber was in a bad place tonight.",
            "June at the piano, others singing.",
            "Rose on the drums, badly.",
            "Lane in the van",
            "Ivy? Absent again.",
            "June, usher, came in late.",
            "Faith, a deaconess, was upset.",
            "Ray up since 3 a.m. with the calves.",
            "Reed w/d x2, ate nothing.",
            "Ivy +SI, no plan.",
            "Joy x3 this week, tired.",
            "Amber isn't cleared to lift.",
            "Brook stims when it is loud.",
            "Grace, on video, was muted.",
            'Clay in chat: "same here."',
            "Olive = quiet",
            "Ray → respite bed",
            "Olive wouldn't sleep in the cell.",
        ],
    )
    def test_one_is_told_by_what_befalls_people(self, text: str) -> None:
        assert found(text)[:1] == [text.split(maxsplit=1)[0].strip(",?")]

    @pytest.mark.parametrize(
        "text",
        [
            "Grace was defined as unearned favor.",
            "Hope gets us through the week.",
            "Faith without works is dead.",
            "Clay was passed around and shaped.",
            "Hope in the darkness, said the poster.",
            "Sky at dusk was drawn.",
            "Art on the wall was chosen by vote.",
            "One member said faith carries her through.",
            "Another said hope feels dangerous now.",
            "She told us that grace found him in county.",
            "Joy was rare. Hope was low.",
            "Members spoke of\nHope",
            "Faith, old mill, mother of all, came up.",
            "Faith, a very old and worn word, helped.",
            "Grace, mother",
        ],
    )
    def test_ideas_are_left_alone(self, text: str) -> None:
        assert found(text) == []

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("They met.\nRoll: Joy Ivy Olive Ray", ["Joy", "Ivy", "Olive", "Ray"]),
            ("They met.\nHere: Hope/June/Joy", ["Hope", "June", "Joy"]),
            ("They met.\nTonight: Joy, Faith; Ray", ["Joy", "Faith", "Ray"]),
            ("They met.\nPairs: Tova > Hope, Rose > Ivy", ["Tova", "Hope", "Rose", "Ivy"]),
            ("They met.\nVan: Clay → Reed → Lane", ["Clay", "Reed", "Lane"]),
        ],
    )
    def test_a_list_goes_on_however_it_is_joined(self, text: str, names: list[str]) -> None:
        assert found(text) == names

    @pytest.mark.parametrize(
        "text",
        [
            "They clapped. Welcome back, Grace!",
            'A card said "Thank you, Hope."',
            "Good job Sky.",
            "The sign: Happy birthday Rose",
            "RIP Brook.",
            'They sang: "Hey, Joy."',
        ],
    )
    def test_one_who_is_greeted_is_found(self, text: str) -> None:
        assert len(found(text)) == 1

    @pytest.mark.parametrize("text", ["Thank you, hope is hard.", "Hello hope, goodbye fear."])
    def test_an_idea_that_is_greeted_is_left_alone(self, text: str) -> None:
        assert found(text) == []

    def test_small_letters_said_of_someone_are_a_name(self) -> None:
        assert found("She said hope relapsed last night.") == ["hope"]

    def test_a_short_name_is_heard_alike(self) -> None:
        assert found("Roze doesn't sing, she claps.") == ["Roze"]


class TestTerseInitials:
    @pytest.mark.parametrize(
        ("text", "initials"),
        [
            ("They met. Present: DW, HS, MG, TB.", ["DW", "HS", "MG", "TB"]),
            ("They met. DW+MG shared a table.", ["DW", "MG"]),
            ("They met.\nDW → home\nHS → his aunt\nTB → court", ["DW", "HS", "TB"]),
            ("They met.\nDW - calm\nMG - tearful", ["DW", "MG"]),
            ("They met.\nTB: passed, then court", ["TB"]),
            ('They met.\nHS: "I would rather be bored."', ["HS"]),
        ],
    )
    def test_what_is_an_abbreviation_too_is_told_by_its_place(
        self, text: str, initials: list[str]
    ) -> None:
        findings = check_names(text, INITIALS)

        assert [text[one.start : one.end] for one in findings] == initials
        assert len(initials) == 1 or all(one.level is Level.BLOCK for one in findings)

    @pytest.mark.parametrize(
        "text",
        ["RED-D was explained.", "Meds: 5 MG at night.", "He took 20 MG, TB test pending."],
    )
    def test_what_is_none_is_left_alone(self, text: str) -> None:
        assert check_names(text, INITIALS) == []
