"""Names that are words of Spanish or Portuguese, where they are no one's: "la luna"."""

from groupnotes.deid.lexicon import is_spanish, is_word
from groupnotes.deid.members import grammar
from groupnotes.deid.members.evidence import weigh
from groupnotes.deid.members.mentions import Mention
from groupnotes.deid.members.surroundings import Case, Surroundings
from groupnotes.deid.members.weights import Weight

# ruff: noqa: SIM905 - as prose the lists are read and kept in order

_DAYS = frozenset({"domingo"})
NAME_WORDS = _DAYS | frozenset(
    """
    abril agosto alba alegria alma amada amado amor amparo angel angeles aurora bautista blanca
    blanco bravo caballero cabrera calle camino campo campos caridad carrera casas castillo cielo
    clara claro concepcion consuelo cordero corona corrales cruz cruces cuevas delgado dolores
    encarnacion esperanza estrella estrellas fe felicidad flor flores fortuna fuente fuentes gloria
    gracia guerra guerrero herrera hidalgo iglesia iglesias inmaculada julio junio lagos leal leon
    leyva linda lluvia luna luz mar marina mendigo mercado merced mercedes milagro milagros montes
    mora morena moreno natividad navidad nieve nieves olivo padilla palma palmas paloma pardo
    paredes pastor paz pena perla piedad pilar pino prado prieto prudencia puente ramos refugio
    reina remedio remedios rey reyes rico rio rios risa robles rocio rojas rojo rosa rosario rosas
    rubio sabino salas salud salvador santa santo santos sierra sol sola soledad soto socorro tierra
    torre torres trinidad valle vega vera verdad victoria vida villa virtud zapata
    ceu conceicao esperanca estrela estrelas graca lua saudade vitoria
    """.split()
)
_ARTICLES = frozenset(
    """
    la el un una unos las los al su mi tu nuestra nuestro este esa ese cada otra otro mucha
    mucho tanta tanto mas toda todo sin bajo
    o os da dos das na uma meu minha sem
    the a an this
    """.split()
)
_OF = frozenset({"de", "del", "of", "en", "con"})
_SMALL = _ARTICLES | _OF | {"y", "o", "e", "ni", "por", "dio", "pidio"}
_DONE_BY_PEOPLE = grammar.ASSERTING | frozenset(
    """
    dijo dice vino viene llego llega lloro llora hablo habla compartio comparte conto cuenta pidio
    pregunto quiere quiso siente sintio fue se no esta estaba tiene tuvo
    """.split()
)
_PARTICLES = frozenset({"la", "las", "los", "el", "leon", "jesus", "dios", "maria"})
_PEOPLE = (
    grammar.KIN
    | grammar.PERSON_NOUNS
    | frozenset(
        """
        hermana hermano hija hijo mama papa madre padre tia tio prima primo abuela abuelo esposa
        esposo suegra suegro nuera yerno novia novio amiga amigo comadre compadre nina nino casa
        name nombre call called llamada llamado
        """.split()
    )
)
_OF_DAYS = frozenset(
    {("is", "the"), ("is", "a"), ("es", "dia"), ("es", "el"), ("a", "las"), ("a", "la")}
    | {("por", "la"), ("en", "la"), ("is", "church"), ("is", "for")}
)


def is_spanish_word(around: Surroundings, mention: Mention) -> bool:
    """Tell "the luna", "theme of soledad" and "perla de sabiduría" in small letters."""
    first, after = mention.first, mention.after
    if not _may_be_word(around, mention):
        return False
    if around.is_capital(first):
        return around.words[first].text in _DAYS and _is_the_day(around, after)
    if around.case is not Case.MIXED or weigh(around, first, after) is Weight.STRONG:
        return False
    if around.following(after) in _DONE_BY_PEOPLE or around.is_owner(after):
        return False
    before = around.before(first)
    if before in _OF:
        return around.before(first - 1) not in _PEOPLE
    return before in _ARTICLES or _is_of_what(around, after)


def is_doubtful_spanish(around: Surroundings, mention: Mention) -> bool:
    """Tell what a reader decides: "Domingo no clinic", "Soledad de dos", "pidió perla"."""
    first, after = mention.first, mention.after
    if not _may_be_word(around, mention):
        return False
    if _is_day(around, first, after):
        return True
    if weigh(around, first, after) is Weight.STRONG:
        return False
    if not around.is_capital(first) and around.case is Case.MIXED:
        return _is_in_spanish(around, first, after)
    if around.case is not Case.MIXED:
        return around.before(first) in _ARTICLES
    return around.begins_sentence(first) and _is_of_what(around, after)


def _is_the_day(around: Surroundings, after: int) -> bool:
    """Tell "Domingo is the day they call home"."""
    the_day = tuple(around.following(after + step) for step in range(3))
    return the_day in {("is", "the", "day"), ("es", "el", "dia"), ("was", "the", "day")}


def _is_day(around: Surroundings, first: int, after: int) -> bool:
    """Tell "Domingo no clinic" and "Domingo a las dos" from "Domingo no vino"."""
    following, then = around.following(after), around.following(after + 1)
    closed = following == "no" and is_word(then) and not is_spanish(then)
    return around.words[first].text in _DAYS and (closed or (following, then) in _OF_DAYS)


def _may_be_word(around: Surroundings, mention: Mention) -> bool:
    single = mention.after - mention.first == 1 and not mention.pair
    return single and around.words[mention.first].text in NAME_WORDS


def _is_in_spanish(around: Surroundings, first: int, after: int) -> bool:
    """Tell "quiero paz" and "paz y salud" from "saw paz today"."""
    beside = (around.before(first), around.following(after))
    return any(word in _SMALL or is_spanish(word) for word in beside)


def _is_of_what(around: Surroundings, after: int) -> bool:
    """Tell "perla de sabiduría" from "Perla de la Cruz"."""
    then = around.following(after + 1)
    of = around.following(after) in {"de", "del"}
    return of and bool(then) and then not in _PARTICLES and not around.is_capital(after + 1)
