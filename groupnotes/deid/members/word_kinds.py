"""What kind of word a name is that is also a word, by how such words stand in a sentence.

A count noun ("hunter", "pearl") hardly ever stands without "a" or "the" before a verb: there it is
a name. An adjective or a verb ("rich", "mark") never does. What can ("hope", "art", "miles") is
told from the name by what is said of it.
"""

from groupnotes.deid import lexicon

# ruff: noqa: SIM905 - as prose the lists are read and kept in order

MASS = frozenset(
    """
    hope faith joy love grace patience prudence charity mercy honor honour glory harmony melody
    destiny trinity chastity constance art song chance peace justice liberty freedom clay ivory
    ebony amber jade coral velvet opal gold silver iron steel stone rock snow rain ice storm sky
    money law hair glass wood water salt rice wheat corn cotton leather wool fish beef ham bacon
    pepper sage basil ginger rosemary olive almond honey candy brandy sherry champagne cash power
    strength worth speed sun light space trade work play sport music dance truth pride rust weed
    grass hay dust mist fog frost flood fire smoke heath gravel heather lavender violet hazel marble
    flint coal creed blood wine ale beer tea coffee sugar spice bread bliss fortune luck merit
    virtue valor daily house home church school college temple jazz nature beauty chaos reason
    victory unity serenity essence sunshine moon earth heaven world royalty time life death sleep
    pain pleasure comfort favor promise order rhythm rhyme poetry history fern sorrow misery
    modesty clemency felicity verity amity temperance tranquility remedy treasure comedy melody
    ash dew pitch tar wax silk satin linen lace denim lumber timber oak pine cedar birch maple
    crystal cricket golf chess polo rugby gospel blues soul funk rap zen karma mana sol june
    """.split()
)
"""What is not counted: "hope was a theme", "art helped"."""

TIMES = frozenset(
    """
    dawn dusk may april june august march january february july september october november december
    summer spring autumn fall winter easter christmas sunday monday tuesday wednesday thursday
    friday saturday noel eve weeks day night noon
    """.split()
)

MOMENTS = frozenset({"dawn", "may", "april", "june", "august", "summer", "autumn", "eve", "noel"})
"""Those of them that people are called by most."""

CAPITALISED = frozenset(
    """
    may april june august march january february july september october november december easter
    christmas sunday monday tuesday wednesday thursday friday saturday christian english welsh
    french german scott irish dutch spanish israel jordan asia india china america sierra
    """.split()
)
"""Words that have their capital anywhere: it tells nothing."""

ADJECTIVES = frozenset(
    """
    frank rich wise young long little strong sharp small good new old early late true dear gay sunny
    rusty dusty sandy merry misty windy stormy woody happy noble royal earnest swift keen stark
    blunt hardy lively savage sweet wild stout pleasant gentle loving worthy fair free poor short
    large high low deep cool cold warm hot golden red brown green black white blue grey gray pink
    sterling major minor urban precious coy curt jolly handy moody smart quick ready able best more
    pretty bonny bonnie tiny humble modest just bright crisp slack akin junior senior christian
    clement gallant grim meek tart stern cross proud fine hale prudent brave calm silent cute lucky
    blessed angelic else ever soon so do an my her me you in no yes now then any true sincere pat
    general special chief first last second next everyday dusky hoary ruddy tawny ebony lanky lacy
    one two three four five six seven eight nine ten twelve
    foxy buddy silly crazy sassy smiley slim big lil lefty shorty stretch
    """.split()
)

VERBS = frozenset(
    """
    will may mark grant chase drew bill pat rob sue don wade bob chuck buck dodge cope pace hunt
    cook page pierce trace skip rush bend guess read sell hold see say lay let can could saw sang
    sung ran won wed bless carry marry peek gore peck peel reap sow toss trace trip tuck vest wilt
    chance hope love play dance trade march spring fall dare loan lance harden gamble bolt
    stack close lock ring dial rise raise lead heal drive pray carol drake hurt spare spear haul
    pinch trust try cherish nestle blaze rally
    """.split()
)

ABSTRACTLY = frozenset(
    """
    was is are were be been being has have had isn wasn hasn came come comes grew grows grow helped
    helps help faded fades returned returns remained remains emerged emerges arose arises showed
    shows goes went gone increased increases decreased decreases appeared appears seemed seems began
    begins started starts ended ends means meant matters mattered feels felt gets got becomes became
    can could would should will may might must makes made gives gave keeps kept lets let brings
    brought takes took turns turned named noted discussed explored processed reviewed identified
    practiced practised addressed introduced covered used observed endorsed described mentioned
    defined listed chosen expressed shown modeled modelled displayed emphasized highlighted
    encouraged needed required given linked tied paired compared contrasted based focused related
    broke breaks filled fills found lost restored renewed felt shared offered received assigned
    completed held allowed earned won paid pays fell falls moved moves hit hits ran runs sat sits
    stood stands led leads followed follows rose rises colored coloured scented
    flavored shaped themed made like as cited quoted read reads said stopped stops passed passes
    lifted lifts begun set sets put puts cut cuts lasts lasted lived lives rolled rolls hung hangs
    warmed warms closed closes opened opens looks looked sounds sounded wears wore runs
    requires required demands demanded costs cost calls matter waits spreads wins
    """.split()
)
"""What is said and done of what is no person: after "hope" or "dawn" it tells nothing."""

TOPICS = frozenset(
    """
    noted discussed explored processed reviewed identified practiced practised addressed introduced
    covered used observed endorsed described mentioned defined listed chosen expressed shown modeled
    modelled displayed emphasized highlighted encouraged needed required given linked tied paired
    compared contrasted based focused related named shared offered received assigned completed held
    allowed found lost restored renewed cited quoted made taken seen read set put spelled
    misspelled printed painted
    """.split()
)
"""What is done with the topic of a group: "joy discussed", unless an object follows."""

HANDLED = frozenset(
    "kept found sold made took brought gave read ran led held shared got lost won left earned broke"
    " paid cut hit runs owns sells wears reads earns cuts".split()
)
"""What people do to a thing, and ideas to nobody's: "Trinity kept the receipts"."""

MODAL_VERBS = frozenset({"will", "would", "should", "can", "could"})
BUSY = frozenset(
    """
    bringing driving taking trying planning asking looking working leaving staying applying calling
    sitting crying talking telling cooking baking helping
    """.split()
)
WILLED = frozenset(
    """
    host lead cook see start return get go move testify graduate give teach sit stay leave come
    play drive bring call attend bake cook speak share sign ride pick lead ask try join present
    """.split()
)
"""What people are doing, and will do; ideas do not."""

OBJECTS = frozenset("new a an the his her hers up out some two three my".split())

NOUNS_LIKE_VERBS = frozenset(
    """
    thing things ring king wing string spring evening morning meeting training feeling building
    ceiling clothing housing wedding something anything nothing everything during according being
    bling sling sibling darling ceiling lightning
    """.split()
)

PAST = frozenset(
    """
    was were had did went came said told gave took made knew thought saw got found left felt kept
    brought bought taught caught sold sent spent lent bent built lost met read led fed bled fled hid
    rode drove wrote spoke broke woke chose froze stole wore tore swore bore ate drank sang sank
    swam ran began rang hung clung swung stung flung threw grew flew drew blew paid laid said slept
    wept swept crept dealt meant dreamt learnt burnt built held stood understood won shook forgot
    forgave became overcame lit bit sat quit hit put set cut shut let split spread beat heard hurt
    sought fought dug stuck struck snuck knelt leapt slid spun sprang shrank undertook withdrew
    misread showed undid redid overdid rewrote overheard
    isn wasn hasn hadn doesn didn
    """.split()
)

PRESENT = frozenset(
    """
    is has does says wants needs feels thinks likes loves keeps goes makes gets takes gives knows
    sees comes tells asks tries seems looks lives brings thanks believes remembers worries wishes
    denies admits agrees disagrees understands reads writes sits stands speaks talks listens holds
    helps hears finds hates misses becomes begins chooses laughs cries smiles sleeps eats drinks
    buys sells pays owes owns wears meets teaches learns attends arrives joins insists claims
    expects apologizes appears continues describes explains identifies states struggles suggests
    mentions expresses verbalizes
    hums nods dozes whistles paced rates reports refuses owns rubs claps
    accepts adores advises arranges avoids babysits bakes belongs borrows brags breathes bristles
    bathes carries catches chooses collects complains copes defends depends dislikes
    draws drives earns eats enjoys enters exercises fidgets finishes fishes follows
    forgets forgives giggles goes graduates grew grieves grows guesses handles hesitates
    hides hugs ignores interrupts invites isolates jogs journals knits learns
    leaves lends lets lifts loses manages marries mourns naps obsesses offers paces
    panics paints participates practices prays prefers pretends processes
    promises pushes quits recalls receives refuses regrets relates relapses relies rents
    resents resists responds retires says sends serves
    shrugs sighs sings skips smokes sneaks snores sobs spends starts stays steals stops
    suspects swears swims takes tends tolerates travels trusts
    waits weeps welcomes works writes yells
    """.split()
)

NOT_PAST = frozenset(
    """
    need seed weed feed speed breed bleed exceed proceed indeed red bed ted shed sled wed ned med
    colored coloured scented flavored shaped themed naked wicked sacred aged beloved gifted talented
    hundred kindred hatred rugged ragged jagged based
    """.split()
)

ADVERBS = frozenset(
    """
    also just never always still then again finally later now often sometimes even already almost
    only once twice soon actually apparently initially who
    """.split()
)


def is_loose(word: str) -> bool:
    """Tell a word that stands without an article though no one is meant."""
    return word in MASS or word in TIMES or word in ADJECTIVES or word in VERBS or _is_plural(word)


def is_abstract(word: str) -> bool:
    """Tell what can itself do or be something in a sentence, without an article."""
    return word in MASS or word in TIMES or _is_plural(word)


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and lexicon.is_word(word)


def is_under_way(word: str) -> bool:
    """Tell what someone is doing: "improving"."""
    return word.endswith("ing") and len(word) > 5 and word not in NOUNS_LIKE_VERBS


def is_finite(word: str) -> bool:
    """Tell a verb that is said of someone: in the past, or in the third person."""
    return (
        word in PAST
        or word in PRESENT
        or (word.endswith("ed") and len(word) > 3 and word not in NOT_PAST)
    )
