"""Where the initials of people of the roster stand by themselves."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from groupnotes.deid.index import RosterIndex
from groupnotes.deid.lexicon import is_last_name
from groupnotes.deid.members import grammar
from groupnotes.deid.members.abbreviations import ABBREVIATIONS, DOTTED, NEVER
from groupnotes.deid.members.evidence import weigh
from groupnotes.deid.members.forms import is_everyday
from groupnotes.deid.members.mentions import Mention
from groupnotes.deid.members.noting import heads_note
from groupnotes.deid.members.surroundings import Case, Surroundings
from groupnotes.deid.members.weights import Weight
from groupnotes.deid.members.word_kinds import CAPITALISED
from groupnotes.deid.tokens import Word
from groupnotes.deid.words import FUNCTION_WORDS

_MOST_LETTERS = 5
_POINTED = frozenset({"", "."})
_PRONOUNS = frozenset("ai")
_HOURS = frozenset({"am", "pm"})
_NEVER_DOTTED = frozenset({"ie", "eg", "us", "usa", "po"})
_OF_SURNAMES = frozenset({"st", "mc"})  # "R.St.C."
_LETTERED = frozenset("bcdef")
_PAIR = 2
_ALSO_INITIALS = frozenset("rn am pm mr ms la lb hi ok th st cm ml nd si re na".split())  # noqa: SIM905
_AND = frozenset({"and", "&", "or"})
_LISTED = frozenset({"/", ",", "+", "&", ">", "->", "→", "|", ";"})


def initialed(around: Surroundings, taken: Sequence[int], roster: RosterIndex) -> Iterator[Mention]:
    """Find "J.D.", "J D", "JD", "J. and M." and "client J.", where nothing else was found."""
    words, initials = around.words, roster.initials
    after = 0
    for at, word in enumerate(words):
        too_long = len(word.text) > _MOST_LETTERS
        if at < after or taken[at] or too_long or not word.text.isalpha():
            continue
        if len(word.text) > 1:
            if (holders := initials.whole.get(word.text)) is not None:
                yield from _together(around, at, holders, initials.whole)
            continue
        mention = _apart(around, at, taken, initials.whole) or _single(around, at, roster)
        if mention is not None:
            yield mention
            after = mention.after


def _together(
    around: Surroundings, at: int, holders: frozenset[int], whole: Mapping[str, frozenset[int]]
) -> Iterator[Mention]:
    """Read "JD": in small letters only in a note that has no others, or behind "client"."""
    word = around.words[at].text
    counted = bool(at) and around.words[at - 1].text.isdigit() and not around.words[at].gap
    if (
        word in NEVER
        and not counted
        and (_heads_note(around, at) or _is_between_initials(around, at, whole))
    ):
        yield Mention(at, at + 1, "roster.initials", holders, sure=False)
        return
    if word in NEVER and (_acts_in_capitals(around, at) or _is_of_kin(around, at)):
        yield Mention(at, at + 1, "roster.initials", holders, sure=False, pair=True)
    if word in NEVER or counted:
        return  # "20 MG"
    client = around.before(at) in grammar.PERSON_NOUNS and not around.before(at).endswith("s")
    mixed = around.case is Case.MIXED
    weight = weigh(around, at, at + 1)
    told = client or (weight is Weight.STRONG and word not in ABBREVIATIONS)
    if mixed and not around.written(at).isupper() and (is_everyday(word) or not told):
        return
    if around.before(at) in grammar.OWNERS or (not mixed and word in FUNCTION_WORDS):
        return
    state = around.following(at + 1)
    if word in ABBREVIATIONS and state in grammar.STATES and state not in grammar.ASSERTING:
        return
    plain = word not in ABBREVIATIONS and (mixed or not is_everyday(word))
    sure = weight is Weight.STRONG or client or (plain and not _is_in_code(around, at, whole))
    yield Mention(at, at + 1, "roster.initials", holders, sure=sure, weight=plain)


def _acts_in_capitals(around: Surroundings, at: int) -> bool:
    """Tell "AM brought a letter" and "MR asked", which begin a sentence, from "AM group"."""
    if around.words[at].text not in _ALSO_INITIALS or not around.begins_sentence(at):
        return False
    capitals = around.case is Case.MIXED and around.written(at).isupper()
    return capitals and weigh(around, at, at + 1) is Weight.STRONG


def _heads_note(around: Surroundings, at: int) -> bool:
    """Tell "MG - tearful", which a line begins with: one of several, it is a person."""
    capitals = around.is_name_capital(at) and around.written(at).isupper()
    return capitals and bool(heads_note(around, at, at + 1))


def _is_of_kin(around: Surroundings, at: int) -> bool:
    """Tell "the aunt of RN, who called" from "a note of MD"."""
    kin = around.before(at) == "of" and around.before(at - 1) in grammar.KIN
    return kin and around.is_name_capital(at) and around.written(at).isupper()


def _is_in_code(around: Surroundings, at: int, whole: Mapping[str, frozenset[int]]) -> bool:
    """Tell the letters of a code, "F-DC 12", "A/B"; "JD/MK" are two people."""
    words = around.words
    if _is_between_initials(around, at, whole):
        return False
    adjoined = at > 0 and words[at].start == words[at - 1].end + 1
    if words[at].gap == "#" or (words[at].gap in {"-", "/"} and adjoined):
        return True
    following = words[at + 1] if at + 1 < len(words) else None
    return following is not None and (
        (following.gap in {"-", "/"} and _is_adjoined(around, at + 1))
        or (following.text[0].isdigit() and following.gap in {"", "#"})
    )


def _is_between_initials(
    around: Surroundings, at: int, whole: Mapping[str, frozenset[int]]
) -> bool:
    """Tell "JD/MK" and "Present: DW, MG, TB"."""
    if not (around.is_name_capital(at) and around.written(at).isupper()):
        return False
    words = around.words
    beside = [(at, at - 1)] if at else []
    if at + 1 < len(words):
        beside.append((at + 1, at + 1))
    return any(
        words[joint].gap in _LISTED
        and words[other].text in whole
        and around.written(other).isupper()
        for joint, other in beside
    )


def _apart(
    around: Surroundings, at: int, taken: Sequence[int], whole: Mapping[str, frozenset[int]]
) -> Mention | None:
    """Read "J.D.", "J. D." and "J D"."""
    words = around.words
    run = _run(words, at, taken)
    for length in range(len(run), 1, -1):
        if _is_cut_out(words, at, length) or _is_anothers(around, at + length):
            continue
        letters = "".join(run[:length])
        holders = whole.get(letters)
        if holders is not None and (rule := _spelt(around, at, length, letters)):
            weight = max(weigh(around, at, at + length), _weigh_single(around, at + length - 1))
            if rule == "doubtful" and weight is Weight.NONE:
                shown = around.is_capital(at) and around.follows_point(at)
                return Mention(at, at + length, "roster.initials", holders, sure=False, pair=shown)
            return Mention(at, at + length, "roster.initials", holders, sure=True)
        if length == _PAIR and _is_turned(around, at, letters, whole):
            turned = whole[letters[::-1]]
            return Mention(at, at + length, "roster.initials", turned, sure=False, pair=True)
    return None


def _is_cut_out(words: Sequence[Word], at: int, length: int) -> bool:
    """Tell letters of a longer abbreviation, "A.R.E.", from "J.D. M.K."."""
    beside = [place for place in (at, at + length) if 0 < place < len(words)]
    return any(
        len(words[place].text) == len(words[place - 1].text) == 1
        and words[place].gap == "."
        and words[place].start == words[place - 1].end + 1
        for place in beside
    )


def _is_anothers(around: Surroundings, behind: int) -> bool:
    """Tell "C. S. Lewis": initials before a surname that is no one's of the roster."""
    words = around.words
    if behind >= len(words) or words[behind].gap not in {"", "."} or words[behind].new_line:
        return False
    word = words[behind].text
    surname = is_last_name(word) and not is_everyday(word) and word not in CAPITALISED
    return surname and around.is_name_capital(behind)


def _is_turned(
    around: Surroundings, at: int, letters: str, whole: Mapping[str, frozenset[int]]
) -> bool:
    """Tell "P.C. said" of Cody Pace, with the surname first."""
    if letters[::-1] not in whole or letters in DOTTED or not around.follows_point(at):
        return False
    return around.is_capital(at) and _weigh_single(around, at + 1) is Weight.STRONG


def _run(words: Sequence[Word], at: int, taken: Sequence[int]) -> list[str]:
    """Give the single letters that stand together from ``at``."""
    letters = [words[at].text]
    for place in range(at + 1, min(at + _MOST_LETTERS, len(words))):
        word = words[place]
        if word.gap not in {"", ".", "-", "'"} or taken[place] or word.new_line:
            break
        if len(word.text) != 1 and word.text not in _OF_SURNAMES:
            break
        letters.append(word.text[0])
    return letters


def _spelt(around: Surroundings, at: int, length: int, letters: str) -> str:
    """Tell how sure it is that letters apart are initials: "sure", "doubtful" or not at all."""
    words = around.words
    gaps = {word.gap for word in words[at + 1 : at + length]}
    capital = all(around.is_capital(place) for place in range(at, at + length))
    before = words[at - 1].text if at else ""
    gaps.discard("'")  # "P. O'M."
    if gaps == {"."}:
        if (letters in _HOURS and before.isdigit()) or letters in _NEVER_DOTTED:
            return ""
        if letters in DOTTED:
            return "doubtful"
        return "sure" if capital or around.case is not Case.MIXED else "doubtful"
    if not capital:
        return "doubtful" if around.case is Case.LOWER and len(set(letters)) > 1 else ""
    plain = around.case is Case.MIXED and not _PRONOUNS & set(letters)
    return "sure" if plain else "doubtful"


def _single(around: Surroundings, at: int, roster: RosterIndex) -> Mention | None:
    """Read "client T.", "T. shared", "J. and M." and "Mr. G."."""
    if not _may_be_initial(around, at):
        return None
    letter, pointed = around.words[at].text, around.follows_point(at)
    holders = roster.initials.last.get(letter)
    if holders is None or around.before(at, _POINTED) not in grammar.TITLES:
        holders = roster.initials.first.get(letter)
        if holders is None or not _is_told(around, at, roster):
            return None
    return Mention(at, at + 1, "roster.initial", holders, sure=True, dotted=pointed)


def _may_be_initial(around: Surroundings, at: int) -> bool:
    """Tell one letter that stands by itself from a word and from part of an abbreviation."""
    hyphened = at and around.words[at].gap == "-" and _is_adjoined(around, at)
    if hyphened or around.words[at].gap in {"'", "/"} or _is_of_abbreviation(around, at):
        return False  # the S of "RED-S"
    capital = around.is_capital(at) and around.words[at].text not in _PRONOUNS
    return around.follows_point(at) or capital or _is_small_initial(around, at)


def _is_adjoined(around: Surroundings, at: int) -> bool:
    return around.words[at].start == around.words[at - 1].end + 1


def _is_small_initial(around: Surroundings, at: int) -> bool:
    """Tell "q's mom" and "q mortified" in a note without capitals."""
    if around.case is not Case.LOWER or around.words[at].text in _PRONOUNS:
        return False
    if around.is_owner(at + 1):
        return around.following(at + 2) in grammar.OWNED
    return around.begins_sentence(at) and around.following(at + 1) in grammar.STATES


def _is_told(around: Surroundings, at: int, roster: RosterIndex) -> bool:
    before = around.before(at)
    if before in grammar.PERSON_NOUNS and not before.endswith("s"):
        return not _is_lettered(around, at)
    if around.case is not Case.MIXED and not around.follows_point(at):
        return _is_small_initial(around, at)
    return _is_in_company(around, at, roster) or _weigh_single(around, at) is Weight.STRONG


def _is_lettered(around: Surroundings, at: int) -> bool:
    """Tell "Pt B" of a note that has a "Pt A" as well."""
    letter, noun = around.words[at].text, around.before(at)
    return letter in _LETTERED and f"{noun} a" in {
        f"{one.text} {other.text}" for one, other in pairwise(around.words)
    }


def _is_of_abbreviation(around: Surroundings, at: int) -> bool:
    """Tell a letter of "p.o." and "A/B", which are nobody's."""
    words = around.words
    if any(_is_ampersand(words, place) for place in (at, at + 1)):
        return True
    beside = [words[at - 1]] if at and words[at].gap == "." else []
    if at + 1 < len(words) and words[at + 1].gap == ".":
        beside.append(words[at + 1])
    return any(len(word.text) == 1 for word in beside)


def _is_ampersand(words: Sequence[Word], at: int) -> bool:
    """Tell "Q&A" from "J & M"."""
    if not 0 < at < len(words) or words[at].gap != "&":
        return False
    return words[at].start == words[at - 1].end + 1


def _is_in_company(around: Surroundings, at: int, roster: RosterIndex) -> bool:
    """Tell "J. and M.", "J., M. and K."."""
    return _is_beside(around, at, 1, roster) or _is_beside(around, at, -1, roster)


def _is_beside(around: Surroundings, at: int, step: int, roster: RosterIndex) -> bool:
    words, other = around.words, at + step
    if not 0 <= other < len(words):
        return False
    if words[other].text in _AND:
        other += step
    elif not {",", "&"} & set(words[max(at, other)].gap):
        return False
    if not 0 <= other < len(words) or words[other].text not in roster.initials.first:
        return False
    alike = around.follows_point(other) == around.follows_point(at)
    capital = around.is_capital(at)
    told = capital or around.follows_point(at)
    return alike and told and around.is_capital(other) == capital


def _weigh_single(around: Surroundings, at: int) -> Weight:
    """Weigh what stands around one letter, past the point behind it."""
    words = around.words
    following = words[at + 1] if at + 1 < len(words) else None
    if following is not None and following.gap in {"", "."} and not following.new_line:
        if following.text in grammar.ASSERTING and not around.is_capital(at + 1):
            return Weight.STRONG
        if following.text in grammar.SPEAKING and not around.is_capital(at + 1):
            return Weight.WEAK
    if around.follows_point(at) and around.before(at):
        return weigh(around, at, at + 1)
    if around.is_owner(at + 1):
        return weigh(around, at, at + 1)
    return Weight.NONE
