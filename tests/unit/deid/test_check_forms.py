"""In which forms of a name a check finds it."""

import pytest

from tests.support.rosters import found, of_names, person, roster, rules


class TestEndings:
    @pytest.mark.parametrize("ending", ["'s", "\u2019s", "'S", "'", "'d", "'ll", "\u2019ve"])
    def test_what_follows_an_apostrophe_is_outside(self, ending: str) -> None:
        assert found(f"It was Maria{ending} turn.") == ["Maria"]

    @pytest.mark.parametrize(
        "plural", ["Gonzalezes", "Gonzalezs", "Marias", "O'Briens", "Anne-Maries", "Cruzes", "Zoës"]
    )
    def test_a_plural_is_found_whole(self, plural: str) -> None:
        assert found(f"the {plural} came") == [plural]

    @pytest.mark.parametrize("word", ["Mariaes", "Gonzalezmo", "Zoëx"])
    def test_another_ending_makes_another_word(self, word: str) -> None:
        assert found(f"the {word} came") == []

    def test_the_possessive_of_a_plural_too(self) -> None:
        assert found("the Gonzalezes' home") == ["Gonzalezes"]

    @pytest.mark.parametrize(
        ("first", "word"),
        [("Thi", "this"), ("Ye", "yes"), ("Do", "does"), ("Ha", "has"), ("Thu", "thus")],
    )
    def test_a_plural_that_is_an_everyday_word_is_not_one(self, first: str, word: str) -> None:
        assert found(f"we talked {word} over", of_names(first)) == []

    @pytest.mark.parametrize(("name", "word"), [("Ed", "eds"), ("Can", "cans")])
    def test_neither_two_letters_nor_an_everyday_word_have_a_plural(
        self, name: str, word: str
    ) -> None:
        assert found(f"two {word} of soup", of_names(name)) == []

    def test_digits_have_no_plural(self) -> None:
        assert found("born in the 1900s", of_names("1900")) == []


class TestNamesOfSeveralWords:
    @pytest.mark.parametrize(
        "text",
        [
            "Anne-Marie",
            "anne marie",
            "AnneMarie",
            "Anne\u2013Marie",
            "Anne -Marie",
            "Anne\nMarie",
            "Anne-\nMarie",
            "de la Cruz",
            "DELACRUZ",
            "O'Brien",
            "O\u2019Brien",
            "OBrien",
            "o brien",
        ],
        ids=ascii,
    )
    def test_the_whole_is_one_finding_however_joined(self, text: str) -> None:
        assert found(f"saw {text} today") == [text]

    @pytest.mark.parametrize("text", ["de las Cruz", "de las Cruzes"])
    def test_with_another_word_within_it_is_not_the_whole(self, text: str) -> None:
        assert found(text) == [text.rsplit(maxsplit=1)[-1]]

    @pytest.mark.parametrize("part", ["Anne", "Marie", "Cruz", "Brien"])
    def test_each_part_is_found(self, part: str) -> None:
        assert found(f"saw {part} today") == [part]

    @pytest.mark.parametrize("word", ["de", "la", "De La", "o"])
    def test_a_particle_alone_is_no_one(self, word: str) -> None:
        assert found(f"crème {word} crème") == []

    def test_a_generation_alone_is_no_one(self) -> None:
        family = roster(person(1, "John", "Sims Jr. III"))

        assert found("John Sims Jr. III, jr high, iii", family) == ["John Sims Jr. III"]

    def test_a_surname_that_is_a_particle_is_found(self) -> None:
        assert found("then Van spoke", of_names("Van")) == ["Van"]

    def test_a_number_in_a_name_alone_is_no_one(self) -> None:
        rapper = roster(person(1, "Curtis", aliases=("50 Cent",)))

        assert found("50 minutes; 50 Cent", rapper) == ["50 Cent"]

    def test_a_sentence_that_ends_between_two_words_keeps_them_apart(self) -> None:
        assert found("He saw Anne. Marie left.") == ["Anne", "Marie"]
        assert found("He saw Mae. Jo left.", of_names("Mae Jo")) == ["Mae", "Jo"]

    def test_a_full_stop_that_shortens_does_not(self) -> None:
        assert found("Then St. Clair.", of_names("St. Clair")) == ["St. Clair"]


class TestFullNames:
    @pytest.mark.parametrize(
        "name",
        [
            "Maria Gonzalez",
            "maria gonzalez",
            "Mia Gonzalez",
            "Maria\nGonzalez",
            "Maria\xa0Gonzalez",
            "Maria L. Gonzalez",
            "Maria L Gonzalez",
            "Maria de la C. Gonzalez",
            "Gonzalez, Maria",
            "Gonzalez Maria",
            "Dez O'Brien",
            "Anne-Marie de la Cruz",
            "Anne de la Cruz",
            "Anne Cruz",
            "Cruz, Anne-Marie",
        ],
        ids=ascii,
    )
    def test_names_of_one_person_side_by_side_are_one_finding(self, name: str) -> None:
        assert found(f"saw {name} today") == [name]

    def test_a_preferred_name_between_is_part_of_it(self) -> None:
        assert found("Maria Mia Gonzalez spoke") == ["Maria Mia Gonzalez"]

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Maria, Gonzalez", ["Maria", "Gonzalez"]),
            ("Maria Desmond", ["Maria", "Desmond"]),
            ("Maria. Gonzalez left", ["Maria", "Gonzalez"]),
            ("Maria and Gonzalez", ["Maria", "Gonzalez"]),
            ("Maria's Gonzalez", ["Maria", "Gonzalez"]),
            ("Maria a b c d Gonzalez", ["Maria", "Gonzalez"]),
            ("Maria a, b Gonzalez", ["Maria", "Gonzalez"]),
            ("Gonzalez, Desmond", ["Gonzalez", "Desmond"]),
            ("Gonzalez; Maria", ["Gonzalez", "Maria"]),
            ("Maria, Mia", ["Maria", "Mia"]),
            ("Gonzalez, Gonzalez", ["Gonzalez", "Gonzalez"]),
        ],
    )
    def test_other_neighbours_stay_apart(self, text: str, names: list[str]) -> None:
        assert found(text) == names

    def test_a_surname_shared_by_two_joins_each_of_them(self) -> None:
        family = roster(person(1, "Ana", "Ruiz"), person(2, "Leo", "Ruiz"))

        assert found("Ana Ruiz met Leo Ruiz and Ruiz", family) == ["Ana Ruiz", "Leo Ruiz", "Ruiz"]


class TestInitialsAsAName:
    TJ = roster(person(1, "Thomas", "Lee", preferred="T.J."))

    @pytest.mark.parametrize("name", ["T.J.", "TJ", "T J", "t.j.", "T. J.", "T-J"])
    def test_one_who_goes_by_initials_is_found(self, name: str) -> None:
        assert found(f"then {name} spoke", self.TJ) == [name]

    def test_the_last_point_is_theirs_only_where_the_others_are(self) -> None:
        assert found("Thanked TJ. Then T J. Left T.J", self.TJ) == ["TJ", "T J", "T.J"]

    def test_a_surname_follows(self) -> None:
        assert found("T.J. Lee spoke", self.TJ) == ["T.J. Lee"]


class TestDisguises:
    @pytest.mark.parametrize(
        "written",
        [
            "Nunez",
            "Nun\u0303ez",
            "NUN\u0303EZ",
            "Nu\u200bñez",
            "Nu\xadñez",
            "N\u2060u\ufeffnez",
            "\uff2e\uff35\uff2e\uff25\uff3a",
        ],
        ids=ascii,
    )
    def test_the_same_name_written_otherwise_is_found(self, written: str) -> None:
        assert found(f"saw {written} today") == [written]

    def test_accents_may_be_in_the_text_alone(self) -> None:
        assert found("saw María today") == ["María"]

    @pytest.mark.parametrize("torn", ["Gon-\nzalez", "Gon\nzalez", "Gon- \r\n  zalez"], ids=ascii)
    def test_a_name_torn_by_a_line_break_is_found(self, torn: str) -> None:
        assert found(f"saw {torn} today") == [torn]
        assert rules(f"saw {torn} today") == ["roster.last"]

    @pytest.mark.parametrize("apart", ["Gon zalez", "Gon-zalez", "Gon.\nzalez"], ids=ascii)
    def test_without_a_line_break_it_is_two_words(self, apart: str) -> None:
        assert found(f"saw {apart} today") == []

    def test_a_name_too_short_to_tear_is_two_words(self) -> None:
        assert found("saw Des-\nta and Ze-\nno", of_names("Desta", "Zeno")) == ["Des-\nta"]

    def test_a_torn_particle_is_still_no_one(self) -> None:
        assert found("saw Van-\nder today", roster(person(1, "Jo", "Vander Meer"))) == []

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("an\nabelia", "Anabelia"),
            ("car\nmine", "Carmine"),
            ("is\na", "Isa"),
            ("to\nby", "Toby"),
        ],
        ids=ascii,
    )
    def test_everyday_words_across_a_line_break_make_no_name(self, text: str, name: str) -> None:
        assert found(f"saw {text} today", of_names(name)) == []

    @pytest.mark.parametrize(
        ("text", "name"), [("an-\nabelia", "Anabelia"), ("mari-\nan", "Marian")], ids=ascii
    )
    def test_a_hyphen_at_the_line_break_joins_any_halves(self, text: str, name: str) -> None:
        assert found(f"saw {text} today", of_names(name)) == [text]

    def test_names_in_other_scripts_are_found(self) -> None:
        assert found("сказала ИРИНА, अनीता, 李雷.", of_names("Ирина", "अनीता", "李雷")) == [
            "ИРИНА",
            "अनीता",
            "李雷",
        ]


class TestContractions:
    @pytest.mark.parametrize(
        "text", ["don't", "Don\u2019t go", "WON'T", "we're", "u're", "they've", "we'll"]
    )
    def test_a_contraction_is_no_name(self, text: str) -> None:
        assert found(text, of_names("Don", "Won", "Re", "Ve", "Ll")) == []

    @pytest.mark.parametrize(
        "text", ["Don'll", "Don t", "Don 'twas", "said 'Rey", "x 'Rey", "qu'Don", "said'Don"]
    )
    def test_the_name_itself_is(self, text: str) -> None:
        assert len(found(text, of_names("Don", "Rey"))) == 1
