"""Tell names that are cited from names of people around a client: authors, titles, stars."""

from collections.abc import Sequence

from groupnotes.deid.strangers.names import is_given_name
from groupnotes.deid.strangers.tokens import Token

ABOUT_MODELS = frozenset(
    """
    model models theory theories therapy scale scales inventory index technique techniques skill
    skills stages stage tasks task work works book books chapter chapters workbook quote quotes
    quoted video videos podcast research hierarchy triangle cycle method approach protocol manual
    questionnaire exercise exercises relaxation framework concept concepts idea ideas principles
    handout handouts reading readings essay poem poems article worksheet worksheets cbt act dbt
    erp emdr steps tradition style checklist screening test measure tool tools stance talk lecture
    ted matrix formulation attachment hunger graph curve letter letters novel memoir author
    authors wrote lyrics song songs album music movie movies film show character characters
    episode actor actress singer band concert meme painting story stories game quoting citing
    adapted per triad wheel window log diary cards questions questioning distortions beliefs phases
    bereavement mourning column sheet abc bottle shot shots drank drinking drink beer liquor vodka
    whiskey cognac grief defusion values compassion continuum effect law paradox psychodrama
    inspired muscle breathing theorist existential philosophy poet jacket poster cover tribute
    karaoke watched watching listened listening sang played playlist fan halloween costume dressed
    syndrome disease disorder criteria survey screener hypothesis inquiry psychology rating celeb
    celebs celebrity celebrities famous comedian athlete president rapper scripture verse sermon
    jazz blues waltz tango hymn hymns aria opera symphony concerto ballad tune tunes lullaby psalm
    sonnet haiku fable fado hymnal anthem chorus poetry
    clip clips study studies experiment experiments attributed
    documentary biography autobiography trailer series season rehearsal
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
"""Words that stand near a name that is cited: "Beck's model", "a song by Adele"."""

_AFTER_NAMES = frozenset(
    """
    quote quotes model method theory scale poem song songs book books movie film lyrics style clip
    technique hierarchy inventory wheel triangle protocol approach framework concept stages tasks
    worksheet workbook curve law poster biography memoir character story stories bits joke jokes
    meme memes special standup show podcast handout manual video videos exercise debate reruns
    rounds funds diet workout challenge project foundation hotline helpline lifeline warmline
    line fund initiative magazine bazaar theories models methods scales study studies experiment
    experiments paradigm effect principle rule inventories
    """.split()  # noqa: SIM905 - as above
)
_BEFORE_AUTHORS = frozenset({"by", "per", "quoting", "citing", "from", "quoted", "reading", "read"})
_ASSISTANTS = frozenset({"alexa", "siri", "cortana"})
_PIECES = frozenset(
    """
    verse verses page pages copy clip version cover song songs poem poems quote quotes works story
    portrait statue biography impression recording record album psalm parable myth legend music
    slide slides sayings teachings writings words
    """.split()  # noqa: SIM905 - as above
)
_BROUGHT_UP = frozenset(
    """
    mentioned recommended discussed quoted watched cited referenced admires admired compared
    imitated idolizes impersonated streamed binged
    """.split()  # noqa: SIM905 - as above
)
_VERSUS = frozenset({"vs", "versus", "v"})
_WINDOW, _PAIR, _MOST_AUTHORS = 8, 2, 3
_QUOTES = ('"', "\u201c", "\u201d")


def is_cited(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Tell "by Portia Nelson" behind a title, "a Robert Bly quote" and "per Susan Silk"."""
    following = tokens[after].word if after < len(tokens) else ""
    before = tokens[first - 1].word if first else ""
    if following in _AFTER_NAMES or not _VERSUS.isdisjoint((before, following)):
        return True
    if tokens[first].word in _ASSISTANTS or _is_played(tokens, first, after):
        return True
    return _is_by_author(tokens, _first_of_authors(tokens, first), single=after - first == 1)


def _first_of_authors(tokens: Sequence[Token], first: int) -> int:
    """Go back from "Anda" to "Felitti" in "a study by Felitti and Anda"."""
    for _ in range(_MOST_AUTHORS):
        if first < _PAIR or tokens[first - 1].word not in {"and", "&"}:
            break
        if not tokens[first - 2].high:
            break
        first -= 2
    return first


def _is_by_author(tokens: Sequence[Token], first: int, *, single: bool) -> bool:
    if not first or tokens[first].opens:
        return False
    cue = tokens[first - 1]
    if cue.word in _BROUGHT_UP and single:
        return not is_given_name(tokens[first].word)  # "one recommended Baldwin"
    if cue.word == "to" and first >= _PAIR:
        return tokens[first - 2].word == "attributed"
    if cue.word not in _BEFORE_AUTHORS:
        return False
    around = {token.word for token in tokens[max(0, first - _WINDOW) : first]}
    titled = any(sign in cue.gap for sign in _QUOTES) or _is_high_title(tokens, first)
    return titled or cue.word == "per" or not around.isdisjoint(ABOUT_MODELS)


def _is_high_title(tokens: Sequence[Token], first: int) -> bool:
    """Tell "Life Without Ed by Schaefer", behind words with capitals."""
    before = tokens[max(0, first - 3) : first - 1]
    return tokens[first - 1].word == "by" and len(before) > 1 and all(one.high for one in before)


def _is_played(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Tell "a verse of Homer" and "if Selena comes on"."""
    behind = [token.word for token in tokens[after : after + 2]]
    if behind in (["comes", "on"], ["came", "on"]):
        return True
    before = [token.word for token in tokens[max(0, first - 2) : first]]
    return before[-1:] == ["of"] and before[0] in _PIECES


def may_be_cited(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Tell a full name that may be a star's or an author's: "a clip of", "is the author"."""
    begins, ends = first, after
    while begins > 0 and not tokens[begins].opens and first - begins < _WINDOW:
        begins -= 1
    while ends < len(tokens) and not tokens[ends].opens and ends - after < _WINDOW:
        ends += 1
    around = {token.word for token in tokens[begins:ends]}
    return not around.isdisjoint(ABOUT_MODELS) or tokens[first - 1].word in _BROUGHT_UP


def is_title(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Tell what stands in quotation marks as a whole, as poems and books do."""
    closing = tokens[after].gap if after < len(tokens) else '"'
    opened = any(sign in tokens[first].gap for sign in _QUOTES)
    return opened and after - first > 1 and any(sign in closing for sign in _QUOTES)


def is_in_brackets(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Tell "(Swarbrick)" behind what it is the source of."""
    closing = tokens[after].gap if after < len(tokens) else ")"
    return tokens[first].gap.endswith("(") and closing.startswith(")") and after - first == 1
