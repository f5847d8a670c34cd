"""The scorer counts as it says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.deid.scoring import Found, Score, group_of, score

NOTE: dict[str, Any] = {
    "id": "n1",
    "kind": "leak",
    "text": "Ana called 555-0100; hope grew.",
    "spans": [
        {"start": 0, "end": 3, "label": "NAME_ROSTER", "phenomenon": "first", "text": "Ana"},
        {"start": 11, "end": 19, "label": "PHONE", "phenomenon": "phone", "text": "555-0100"},
    ],
    "negatives": [{"start": 21, "end": 25, "kind": "word_name", "roster_collision": True}],
}
CLEAN = {**NOTE, "id": "n2", "kind": "clean", "spans": []}


def scored(*found: Found, note: dict[str, Any] = NOTE) -> Score:
    return score([note], lambda _: found)


class TestScore:
    def test_a_touch_is_a_hit_and_every_letter_is_full_cover(self) -> None:
        some = scored(Found(1, 2, blocks=True), Found(11, 14, blocks=False), Found(15, 19, True))

        assert some.group("roster").share("found") == 1
        assert some.group("roster").share("covered") == 0
        assert some.group("structured").share("covered") == 1
        assert some.group("structured").share("blocked") == 1
        assert some.caught == 1

    def test_what_is_missed_is_told_without_its_text(self) -> None:
        some = scored(Found(0, 3, blocks=True))

        assert some.missed == ["n1 PHONE phone"]
        assert some.caught == 0

    def test_a_word_and_a_clean_note_are_counted(self) -> None:
        some = scored(Found(21, 25, blocks=False), note=CLEAN)

        assert (some.words.found, some.words.blocked) == (1, 0)
        assert (some.clean.marked, some.clean.found, some.clean.blocked) == (1, 1, 0)
        assert len(some.alarms) == 1

    def test_nothing_marked_is_all_found(self) -> None:
        assert scored(note=CLEAN).group("places").share("found") == 1
        assert scored(note=CLEAN).caught == 1

    def test_optional_places_and_descriptions_do_not_count(self) -> None:
        spans = [
            {**NOTE["spans"][0], "optional": True},
            {**NOTE["spans"][1], "label": "UNIQUE"},
        ]
        some = scored(note={**NOTE, "spans": spans})

        assert some.caught == 1
        assert some.group("described").marked == 1

    @pytest.mark.parametrize(
        ("label", "phenomenon", "text", "group"),
        [
            ("NAME_ROSTER", "first", "Maria", "roster"),
            ("NAME_ROSTER", "first", "Hope", "words"),
            ("NAME_ROSTER", "wordname_lower", "hope", "words"),
            ("NAME_ROSTER", "alias", "Smitty", "words"),
            ("INITIALS", "initials", "IT", "roster"),
            ("NAME_OTHER", "other", "Hope", "others"),
            ("ORG", "school", "x", "places"),
            ("DATE", "date", "x", "structured"),
            ("UNIQUE", "unique", "x", "described"),
        ],
    )
    def test_each_place_has_a_group(
        self, label: str, phenomenon: str, text: str, group: str
    ) -> None:
        assert group_of(label, phenomenon, text) == group
