"""Words by which a sentence shows that the word beside them is a person."""

# ruff: noqa: SIM905 - as prose the lists are read and kept in order

TITLES = frozenset(
    """
    aunt auntie brother coach doctor don dona dr father imam judge madam miss mister mr mrs
    ms mx nurse officer pastor prof professor rabbi rev reverend senor senora señora sgt sir
    sister sra srta tia tio uncle
    """.split()
)
"""Before a surname or a first name; some are kin too."""

CREDENTIALS = frozenset(
    """
    acsw aprn arnp atr bcba bsn bsw cac cadc casac cdca chw cotr cprs cps crss csac cswa
    ctrs dnp do dsw edd lac ladc lcac lcat lcdc lcmhc lcpc lcsw lisw lmft lmhc lmhca lmhp
    lmsw lpc lpca lpcc lpn lsw lswa ma md mdiv med mft mhp ms msn msw ncc np ot otr pa pac
    phd pmhnp prss psyd qmhp qmhs rd rdn rn sac
    """.split()
)
"""Behind a name they tell a professional."""

PERSON_NOUNS = frozenset(
    """
    client clients clt cl member members mbr mbrs pt pts patient patients peer peers participant
    participants resident residents consumer veteran vet groupmate roommate housemate attendee teen
    student individual person woman man lady guy girl boy kid youth newcomer volunteer
    friend sponsor sponsee buddy partner facilitator leader coleader cofacilitator therapist
    counselor counsellor clinician
    """.split()
)
"""Before a name they say who it is; "a peer" beside one says that it is of the same kind."""

KIN = frozenset(
    """
    mother father mom dad mum mama papa mommy daddy parent stepmother stepfather stepmom stepdad
    sister brother sis bro stepsister stepbrother sibling twin son daughter stepson stepdaughter
    child baby toddler wife husband spouse fiance fiancee girlfriend boyfriend gf bf ex partner
    grandmother grandfather grandma grandpa grandson granddaughter nana abuela abuelo aunt uncle
    auntie tia tio cousin niece nephew godmother godfather inlaw boss manager supervisor coworker
    landlord neighbor neighbour ex-husband ex-wife nephew
    """.split()
)

DETERMINERS = frozenset(
    """
    a an the this that these those his her their our your my its no some any each every another more
    less much little enough false such one s both all few many several two three other
    most own real good bad old new great big small
    """.split()
)
ARTICLES = frozenset({"a", "an", "the", "this", "that", "every", "each"})

NEAREST = frozenset(
    "mother father mom dad mum sister brother sis bro son daughter wife husband aunt uncle cousin"
    " nephew niece grandmother grandfather grandma grandpa girlfriend boyfriend".split()
)
"""Kin that one has, named behind a name whose possessive was left out: "mercy sister"."""

OWNERS = frozenset({"a", "an", "the", "their", "his", "her", "our", "my", "your", "no"})
"""Before initials they tell an abbreviation: "their MD"."""

PERSON_HEADS = frozenset(
    """
    present absent attendees attendance attending members member clients client participants pt pts
    ns noshow show shows late excused left graduate graduates graduated graduating reader snack
    request requests transport transports passes duty duties crew secretary treasurer admits
    intakes discharges birthdays coins chips roommates watch precautions
    chore chores lead leader speaker volunteer volunteers newcomer newcomers dc discharged cl
    play van with cc attn re from by to name names
    roll rollcall roster attended here census tonight today circle dyad dyads pair pairs triad
    triads trio seats speakers sharers shares order turns checkins homework host hosts excused
    absences arrivals departures remote online virtual inperson zoom phone guests sponsors sponsees
    kudos shoutouts beds pod bunk bunks van riders drivers cooks cleanup setup helpers
    """.split()
)
"""Before a colon: what is listed behind it are people."""

CALLED = frozenset(
    "prefers called aka nicknamed nickname named by as calls alias name names dubbed say".split()
)
"""Before a name in quotation marks."""

SAID = frozenset("said says asked added replied joked offered whispered laughed".split())
"""Before who said it, behind the words that were said."""

OF_IDEAS = frozenset(
    """
    power role value place end importance light warmth edge sake part name time way beauty work
    child throw list day eve advocate
    """.split()
)
"""What ideas and things have: "hope's power", "a stone's throw"."""

SPEAKING = frozenset(
    """
    said says shared shares stated states reported reports reporting disclosed discloses admitted
    admits acknowledged acknowledges endorsed endorses denied denies denying disagreed disagrees
    agreed agrees agreeing apologized apologizes apologised cried cries sobbed wept laughed laughs
    smiled smiles nodded nods spoke speaks talked talks told tells asked asks explained explains
    described describes mentioned mentions noted replied replies responded responds commented
    remarked volunteered declined declines refused refuses arrived arrives attended attends
    participated participates engaged engages verbalized verbalizes verbalised expressed expresses
    recounted reflected reflects recalled recalls remembered thanked thanks hugged greeted
    complained interrupted interrupts disclosed confided celebrated celebrates relapsed relapses
    used slipped graduated discharged missed misses skipped came joined joins left walked sat stood
    stayed returned returns wants wanted wishes wished needs needed hopes hoped plans planned thinks
    thought believes believed feels felt struggled struggles seemed seems appeared appears
    presented presents listened listens offered offers gave took brought read wrote drew texted
    called phoned emailed met agreed promised committed completes completed identified identifies
    practiced practised rated rates set listed chose picked processed processes demonstrated tried
    tries works worked lives lived moved quit drinks drank smokes smoked started began stopped
    rolled paced snapped yelled shouted whispered vented teared laughed joked teased challenged
    confronted supported encouraged validated normalized suggested advised recommended reminded
    congratulated welcomed admits loves loved hates hated likes liked knows knew
    lost got gets has had is was isn wasn hasn hadn doesn didn does did
    """.split()
)
"""What people do in a note; of these ``ASSERTING`` are done by people only."""

ASSERTING = frozenset(
    """
    said says shared shares stated states reported reports reporting disclosed discloses admitted
    admits acknowledged endorsed endorses denied denies disagreed disagrees agreed agrees apologized
    apologizes apologised cried cries sobbed wept laughed laughs smiled nodded nods spoke speaks
    talked talks told tells asked asks explained explains mentioned replied replies responded
    commented remarked volunteered declined declines refused refuses arrived attended attends
    participated verbalized verbalizes verbalised recounted recalled thanked hugged complained
    interrupted confided celebrated relapsed skipped joined wants wanted thinks believes feels
    struggled listened texted phoned emailed promised teared joked yelled shouted whispered vented
    wrote sat walked
    """.split()
)

STATES = frozenset(
    """
    tearful ns noshow late early absent present quiet quieter silent withdrawn anxious
    angry upset sad
    depressed engaged attentive guarded cooperative irritable restless agitated hesitant reluctant
    sleepy tired drowsy sober clean calm able unable encouraged asked given invited reminded praised
    redirected supported thanked welcomed discharged admitted hospitalized hospitalised seen met
    called excused escorted observed noted visibly initially very less more also still kind nice
    funny mean patient honest rude polite
    receptive resistant defensive nervous proud ashamed suicidal euthymic flat talkative
    minimally actively fully briefly here there back home out mortified proud stable ok okay
    relieved tense weepy chatty sick fine uneasy grateful jealous hopeful hurt furious scared
    worried thrilled excited overwhelmed numb shaky pleasant appropriate alert oriented
    afraid alone asleep awake aware homeless pregnant unemployed jobless sure unsure certain
    lonely isolated exhausted frustrated annoyed embarrassed bitter heartbroken hungover sicker
    better worse impulsive manic paranoid tangential triggered dissociative panicky jittery
    confused puzzled curious skeptical sceptical ambivalent willing unwilling ready hungry
    sweaty pale disheveled unkempt groggy somber sombre cheerful giddy jovial shy blunt curt
    caught restrained arrested fired hired evicted robbed searched bullied assaulted detained
    jailed sectioned sedated intubated transferred suspended expelled
    argumentative disruptive distracted preoccupied tangled attuned insightful forthcoming
    evasive avoidant compliant noncompliant adherent nonadherent symptomatic asymptomatic
    eligible enrolled unmedicated medicated employed divorced widowed engaged remarried
    """.split()
)
"""After "was" or "is", they are said of people."""

ONLY_BEHIND_BE = frozenset("out in back here there still very less more also visibly".split())
"""Of these, the ones that are said of things as well: "hand out", "iris in"."""

ADDRESSED = frozenset(
    """
    thanked thank asked ask told tell redirected redirect confronted confront reminded remind
    congratulated congratulate texted text emailed email phoned hugged hug greeted greet
    interrupted interrupt escorted comforted comfort consoled invited invite teased tease joined
    welcomed welcome validated validate challenged challenge praised praise encouraged encourage
    supported support called call missed miss seated
    """.split()
)
"""Before a name: what is done to people. Only to people: ``ADDRESSED_ONLY``."""

ADDRESSED_ONLY = frozenset(
    """
    thanked thank asked told tell redirected redirect confronted confront reminded remind
    congratulated congratulate texted emailed phoned hugged greeted interrupted escorted comforted
    consoled invited teased
    """.split()
)

PREPOSITIONS = frozenset("with to from by for about of between than like without".split())

STRONG_PHRASES = frozenset(
    {
        ("checked", "in", "with"), ("check", "in", "with"), ("feedback", "to"), ("feedback", "for"),
        ("feedback", "from"), ("spoke", "to"), ("spoke", "with"), ("talked", "to"),
        ("talked", "with"), ("met", "with"), ("sat", "with"), ("paired", "with"),
        ("according", "to"), ("named",), ("seat", "to"), ("apologized", "to"), ("per",),
        ("follow", "up", "with"), ("followed", "up", "with"), ("seat", "goes", "to"),
        ("responded", "to"), ("reached", "out", "to"),
        ("next", "to"), ("kudos", "to"), ("props", "to"), ("shoutout", "to"), ("sat", "by"),
        ("beside",), ("alongside",), ("partnered", "with"), ("roomed", "with"), ("rooms", "with"),
        ("room", "with"), ("bunks", "with"), ("bunked", "with"), ("change", "for"),
        ("transport", "for"), ("meds", "for"), ("ride", "for"), ("call", "from"), ("call", "to"),
        ("visit", "from"), ("visit", "with"), ("argument", "with"), ("argued", "with"),
        ("arguing", "with"), ("fight", "with"), ("fought", "with"), ("clashed", "with"),
        ("peer", "support", "from"), ("feedback", "by"), ("redirection", "to"),
    }
)  # fmt: skip
"""What hardly anything but a person comes after."""

OWNED = (
    KIN
    | PERSON_NOUNS
    | frozenset(
        """
        homework story turn relapse slip share sharing check checkin goal goals house home apartment
        phone car truck job work kids kid children family parents birthday anniversary death funeral
        meds medication medications dose prescription dog cat girlfriend chart file record note
        comment comments question questions remark remarks response feedback outburst behavior
        behaviour affect mood face voice hand hands tears sobriety recovery drinking use using
        absence attendance arrival departure discharge graduation case court lawyer po probation
        divorce breakup marriage wedding surgery diagnosis overdose attempt cravings anger anxiety
        depression progress treatment last first seat chair email number address apology letter
        poem drawing collage worksheet diary card plan ex wife
        """.split()
    )
)
"""What a person has in a note: "Mark's homework", not "hope's power"."""

MODALS = frozenset({"will", "may", "can", "do", "so", "in", "my", "an"})
"""Names that begin or carry sentences: after a noun they are verbs, before a verb they help it."""

BARE_VERBS = frozenset({"read", "put", "set", "let", "come", "quit", "cut", "hit", "need", "use"})
