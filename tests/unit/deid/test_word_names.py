"""Names that are ordinary words: found where they are used as names, and only there."""

import pytest

from groupnotes.deid import Level
from tests.support.rosters import check_names, of_names, person, roster

GROUP = of_names(
    "Hope", "Grace", "Frank", "Mark", "Will", "May", "April", "Art", "Rose", "Hunter", "Penny",
    "Joy", "Rich", "Chase", "Drew", "Pearl", "Miles", "Melody", "Dawn", "Bishop", "Trinity",
)  # fmt: skip


def levels(text: str) -> list[Level]:
    return [finding.level for finding in check_names(text, GROUP)]


class TestAsNames:
    @pytest.mark.parametrize(
        "text",
        [
            "Members thanked Hope for it.",
            "The group and Grace agreed.",
            "Then Frank left.",
            "It was April's last day.",
            "Feedback to Mark: slow down.",
            "Melody shared that it was hard.",
            "Drew declined to read.",
            "Mark's homework was incomplete.",
            "Mr. Grace stayed.",
            "Rose, who has five, predicted it.",
            "Hunter typed from work.",
            "Penny tearful at close.",
            "Frank quietly said he would drive.",
            "Frank’s fishing boat is for sale.",
            "Graduate: Mark.",
            "Pearl was late.",
            "Will Jr. came along.",
        ],
    )
    def test_a_capital_or_a_sentence_about_a_person_blocks(self, text: str) -> None:
        assert levels(text) == [Level.BLOCK]

    @pytest.mark.parametrize(
        "text",
        [
            "then frank reported using the skill",
            "facilitator checked in with april after group",
            "identified with what frank said about shame",
            "there was tension between joy and another member",
            "the group confronted melody on missing three",
            "penny tearful at close",
            "hunter stepped between them",
            "pearl on time, hair done",
            "art vouched, then admitted it",
            "frank's fishing boat is for sale",
            "anger is the alive part, said hope.",
            "trinity kept the receipts",
            "dawn found a wrong date",
            "the quietest member was miles until the end",
            "rich sold the boat",
            "called bishop from the lot",
            "may didn't come",
            "pt dawn came in late",
        ],
    )
    @pytest.mark.parametrize("written", [str.lower, str.upper], ids=["lower", "upper"])
    def test_without_capitals_such_a_sentence_is_for_review(
        self, text: str, written: type[str]
    ) -> None:
        assert levels(written(text)) == [Level.REVIEW]

    def test_first_and_last_name_together_block(self) -> None:
        client = roster(person(1, "Grace", "Young"), person(2, "Will", "Price"))

        assert [f.level for f in check_names("Grace Young and Will Price met", client)] == [
            Level.BLOCK,
            Level.BLOCK,
        ]
        assert [f.level for f in check_names("then grace young met", client)] == [Level.REVIEW]

    def test_one_beside_a_sure_name_is_one(self) -> None:
        client = of_names("Heather", "Mei-Ling", "Thuy")

        assert len(check_names("Present: Heather, Mei-Ling and Thuy.", client)) == 3

    @pytest.mark.parametrize("hidden", ["Ho\u200bpe", "H\u043epe", "\uff28\uff4f\uff50\uff45"])
    def test_one_that_is_disguised_blocks_anywhere(self, hidden: str) -> None:
        assert levels(f"{hidden} was a theme") == [Level.BLOCK]


class TestAsWords:
    @pytest.mark.parametrize(
        "text",
        [
            "Hope was a theme, and several felt it.",
            "Members said that hope and guilt can sit side by side.",
            "Members tried saying no in a frank but warm tone.",
            "Use one skill daily and mark it on the card.",
            "Mark it on the card.",
            "Art therapy group. Art was described as a way to speak.",
            "Melody was used as a metaphor for it.",
            "Members will practise. Will continue next week.",
            "Group may benefit; she may return. May benefit from skills.",
            "Discussed grief in May and early April.",
            "O: May is always a hard month.",
            "A bill came. One rose to the challenge.",
            "Rose-colored glasses; rose garden; red rose.",
            "a joy, no joy, the joy of it, joy at being heard",
            "Faith and hope were discussed. Hope discussed.",
            "Grace period ended. There but for the grace of God.",
            "Bring a written chase-and-delay plan.",
            "drew a blank; drew a sun on the ballot",
            "Group will track activity miles and rest.",
            "Rich foods trigger gout. A rich discussion.",
            "A hunter in the woods. Hunter orange vests.",
            "a penny for your thoughts exercise",
            "Dawn stiffness worst first hour; up since dawn.",
            "a pawn took a bishop",
            "The pearl colored clouds were lovely.",
            "Art as coping. Charity begins at home.",
            "Trinity candle lit for all faiths.",
            "Finding Hope After Loss\nMembers met.",
            "check-outs: tired, lighter, hope, okay",
            "The Serenity Prayer, Wise Mind and Art Therapy were named.",
        ],
    )
    @pytest.mark.parametrize("written", [str, str.lower, str.upper], ids=["as", "lower", "upper"])
    def test_the_words_are_left_alone(self, text: str, written: type[str]) -> None:
        assert levels(written(text)) == []


class TestInTerseNotes:
    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("Present (3): Hope, Will, Grace", 3),
            ("Members present: Hope, Will and Grace", 3),
            ("Absent: April", 1),
            ("Hope: tearful, left early", 1),
            ("Grace - absent", 1),
            ("Rose 8/10 today", 1),
            ("met w/ Grace re housing", 1),
            ("talked w/ hope re housing", 1),
            ("Rose & Will argued", 2),
            ("hope and joy shared", 2),
            ("rose & pearl both left", 2),
            ("grace + peers agreed", 1),
            ("Hope no show", 1),
            ("Pearl, 91, has more", 1),
            ('Hunter: "I did it"', 1),
            ("penny not here", 1),
            ("DAWN: worker called. All were well.", 1),
            ("we joked that hunter should run", 1),
            ("may's circuit sang", 1),
            ("Roses cup ran dry.", 1),
            ("pearl sister amara wired", 1),
        ],
    )
    def test_who_is_noted_is_found(self, text: str, count: int) -> None:
        assert len(levels(text)) == count

    @pytest.mark.parametrize(
        "text",
        [
            "Hope: members discussed what it means",
            "Topic - Grace",
            "Art: collage and clay",
            "hope & faith",
            "then the Grace of it",
            "Here a Pearl, there a Rose",
            "joy + love as values",
            "keep penny 1 bets small",
            "Plan: will continue",
            "May - no group",
            "Roses bloom early. Mays are hard.",
            "may's weather was fine",
            "PLAN: rest. Then left.",
        ],
    )
    def test_headings_are_left_alone(self, text: str) -> None:
        assert levels(text) == []
