"""Words that tell of a person, a place or an organization by standing next to its name."""

from collections.abc import Iterable

TITLES = frozenset(
    """
    mr mrs ms miss mx dr doctor doc prof professor judge justice magistrate referee commissioner
    officer ofc sgt sergeant lt lieutenant capt captain cpl corporal pvt col colonel major chief
    sheriff deputy detective det trooper marshal agent inspector warden bailiff pastor pst father
    fr reverend rev bishop deacon elder rabbi imam sheikh sister brother minister chaplain
    monsignor padre coach principal dean senator congressman congresswoman mayor governor
    attorney atty nurse sra sr senor senora senorita srta don dona hermano hermana tio tia abuela
    abuelo padre lic licenciado licenciada doctora maestra maestro profe jefe jefa madame mme
    monsieur herr frau sensei guru swami ustad lady lord sir madam ma'am
    firefighter paramedic commander superintendent ranger constable bhai didi hajji
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
SURE_TITLES = frozenset(
    """
    mr mrs ms mx dr prof judge magistrate officer ofc sgt lt capt deputy detective det trooper
    pastor rev reverend rabbi imam sra srta senor senora tio tia sheriff chaplain
    """.split()  # noqa: SIM905 - as above
)
KIN = frozenset(
    """
    wife husband spouse partner girlfriend boyfriend gf bf fiance fiancee ex exes exwife
    exhusband bd babydaddy babymama mother mom mum mama mommy father dad daddy papa brother bro
    sister sis son daughter stepson stepdaughter stepmom stepmother stepdad stepfather
    stepbrother stepsister stepsis stepbro kid kids child children baby babies infant newborn
    toddler twin twins triplet aunt auntie aunty uncle cousin cuz niece nephew grandma
    grandmother granny nana nanny gran grandpa grandfather gramps grandson granddaughter
    grandchild grandbaby granddad grandad husb hubs gma gpa godson goddaughter godfather
    godmother godmom goddad mil fil sil bil law inlaw lover mistress sibling siblings widow
    widower abuela abuelo abuelita tia tio prima primo hermana hermano mami papi comadre compadre
    madrina padrino ciocia babcia oma opa halmoni nonna yiayia ate kuya lola lolo tita tito bubbe
    zayde dtr dau hubby wifey fam bestie fella mamaw meemaw memaw papaw peepaw pawpaw gram grams
    grammy grampa poppy pops mum mummy bonus goddaughter godchild grandnephew grandniece
    stepgrandma stepgrandpa halfsister halfbrother firstborn bride groom betrothed lolo dziadek
    baba dede nene bibi tata tante tonton tatie taya chacha chachi mausi masi khala mamu bua nani
    vovo
    """.split()  # noqa: SIM905 - as above
)
ROLES = frozenset(
    """
    friend friends buddy pal mate bff roommate roommates roomie housemate bunkmate cellmate
    neighbor neighbors neighbour classmate classmates teammate teammates coworker coworkers
    colleague boss manager mgr supervisor sup foreman employer owner lead landlord landlady
    tenant teacher tutor counselor counsellor therapist psychologist psychiatrist psych pcp
    doctor physician np midwife doula dentist pediatrician ob obgyn cardiologist neurologist
    dietitian nutritionist chiropractor acupuncturist surgeon pharmacist nurse aide caregiver cna
    prescriber provider clinician intern facilitator coordinator advocate adv caseworker cm
    casemanager worker lawyer attorney atty defender prosecutor da gal guardian po probation
    parole mentor sponsor sponsee sponsees dealer plug trafficker pimp abuser perpetrator rapist
    bully stalker attacker client pt patient member peer peers resident participant guest visitor
    speaker newcomer bandmate cellie bunkie barber hairdresser stylist babysitter sitter nanny
    instructor trainer coach advisor adviser principal interpreter translator driver rep adjuster
    agent broker banker recruiter clerk cashier custodian janitor chaplain pastor priest rabbi
    imam bailiff volunteer associate accomplice codefendant victim witness fiance crush guy girl
    boy man woman lady dude kid teen sophomore freshman junior senior student grandkid stepkid
    foster adoptive bio late biological
    cop dispatcher medic emt paramedic firefighter rookie probie recruit trainee lieutenant
    battalion sonographer perinatologist podiatrist audiologist optometrist hygienist phlebotomist
    orderly homemaker navigator mediator evaluator surrogate donor mentee apprentice crewmate
    shipmate squadmate wingman proctor dean realtor plumber electrician handyman mechanic
    contractor baker bartender chef waitress waiter barista organist deacon acolyte fosterer
    customer shopper celly cellmates inmate deputy captain commander detective guardian aides
    pediatric obstetrician hospitalist physiatrist urologist oncologist gastroenterologist
    endocrinologist internist allergist dermatologist
    examiner assessor adjudicator registrar conservator executor payee notary auditor
    veterinarian groomer gardener seamstress caterer housekeeper concierge super doorman
    groundskeeper farmhand librarian cantor vicar curate monk herbalist masseur referee umpire
    emcee psychic medium healer shaman tech bht houseparent housefather housemother sitter
    masseuse piercer tattooist cabbie trucker carpooler penpal godmother matron usher
    """.split()  # noqa: SIM905 - as above
)
NAMING = frozenset(
    "named called nicknamed name names aka alias dubbed nickname surname".split()  # noqa: SIM905
)
PERSON_VERBS = frozenset(
    """
    said says stated reported reports shared shares told tells asked asks called calls texted
    texts wrote writes came comes left leaves went goes lives lived works worked died passed
    cried cries laughed laughs wants wanted needs needed thinks thought felt feels kept keeps got
    gets cuts drives holds runs teaches gave gives took takes made makes helped helps hit hits
    threatened threatens moved moves
    visited visits drove drives picked refused refuses agreed agrees denied denies lowered yelled
    yells hugged apologized relapsed overdosed joined attended spoke talked talks listened
    noticed responded replied thanked cheated lied promised admitted disclosed blamed invited
    married divorced raised bought sold stole pushed punched choked molested raped abused beat
    kicked babysits owes owns loves hates misses knows believes has had is was will would doesn
    didn wasn isn can't won't showed cant couldnt wont didnt doesnt wasnt isnt hasnt
    brought sent paid met saw heard sat stood ran walked turned
    """.split()  # noqa: SIM905 - as above
)
WORK_CUES = frozenset({"employed", "hired", "fired", "interned", "temping", "clocked"})
AT_WORDS = frozenset({"at", "@"})
PLACE_CUES = frozenset(
    """
    nr in from near outside around to through thru via toward towards leaving left reached
    visiting visit visited toured into across beyond past outta off up down over
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
MOVES = frozenset(
    """
    moved moving move relocated relocating lives live lived living grew raised born resides drove
    drives driving flew flying travels traveled travelling traveling trip bus train flight
    house apartment farm hometown postcard mailed postmarked resides
    staying stays stayed sheltering hitchhiked commutes commuting deported wired originally
    native back
    """.split()  # noqa: SIM905 - as above
)
ORG_HEADS = frozenset(
    """
    elementary middle high school schools academy prep preparatory college university institute
    seminary montessori charter kindergarten preschool daycare church chapel cathedral temple
    tabernacle synagogue mosque masjid parish ministries ministry fellowship congregation
    congregational baptist methodist lutheran presbyterian episcopal pentecostal health hospital
    clinic medical infirmary hospice pediatrics peds orthodontics orthopedics dental dentistry
    optical pharmacy psychiatry behavioral wellness rehab rehabilitation nursing assisted manor
    lodge shelter mission house home haven sanctuary doorway court courthouse precinct jail
    prison penitentiary correctional detention library museum theater theatre studio studios gym
    ymca bank credit union bakery cafe diner grill restaurant pizzeria taproom brewery pub bar
    tavern saloon bistro deli market grocery foods catering laundry cleaners salon barbershop spa
    store shop outlet mart supply hardware lumber plumbing electric heating roofing construction
    builders contracting contractors landscaping trucking freight logistics couriers transport
    transit movers motors auto automotive tire tires brake lube collision towing rentals realty
    properties apartments foundry factory mill mills manufacturing industries plant warehouse
    tile linen textiles timberworks packing poultry farms farm ranch orchard vineyard dairy
    nursery florist insurance agency associates partners group services service solutions systems
    technologies tech consulting staffing enterprises company co corp corporation inc llc ltd
    foundation alliance coalition network society club league lodge legion post center centre ctr
    office bureau department unit hotel motel inn suites resort casino arena stadium speedway
    garden gardens kitchen barn wheels sweets pallet publishing press gazette radio sprouts
    specialty infant perinatal women's heart mood peds rec stem technical vocational union
    alternative annex drywall general juvenile municipal superior circuit district family
    fulfillment distribution haulage sawmill furniture feed seed hearing audiology optometry eyecare
    nails tattoo tattoos pawn carwash storage salvage scrap recycling welding machining fabrication
    plastics paper paving concrete masonry siding windows flooring cabinets glass signs printing
    graphics photography travel charter cab taxi shipping marine boatworks fisheries seafood meats
    produce creamery winery vineyards cellars distillery steakhouse bbq barbecue taqueria cantina
    donuts bagels roasters boutique bridal jewelers antiques books comics records cinema bowl lanes
    arcade zoo aquarium childcare learning tutoring fire police sheriff sheriff's ems ambulance
    station mortuary funeral cemetery memorial mausoleum arts crossing terrace harbor village
    residence towers commons grocers grocer butcher tailors cobbler lettering engraving upholstery
    orchards nurseries greenhouse greenhouses stables kennels veterinary vet's grooming gymnastics
    karate dojo ballet conservatory diagnostics labs laboratories imaging radiology condos
    condominiums loans finance financial lending mortgage bail bonds law legal
    llp attorneys
    """.split()  # noqa: SIM905 - as above
)
SURE_ORG_HEADS = frozenset(
    """
    temple elementary academy university college montessori church chapel cathedral tabernacle
    synagogue mosque masjid ministries hospital daycare plumbing roofing logistics trucking
    bakery diner taproom brewery pizzeria prep manor fellowship drywall timberworks lodge
    haulage sawmill furniture audiology optometry eyecare recycling welding fabrication salvage
    mortuary cemetery creamery winery distillery taqueria childcare jewelers grocers
    orthodontics pediatrics peds foundry motors automotive construction courthouse precinct
    penitentiary llc inc catering realty poultry lumber landscaping high
    """.split()  # noqa: SIM905 - as above
)
WEAK_HEADS = frozenset(
    """
    group services service department unit office program network society club team solutions
    systems family plant shop kitchen garden gardens studio gym center centre ctr home series
    tech stem gap heart mood rec women's house school high middle partners
    """.split()  # noqa: SIM905 - as above
)
"""Heads that programmes and rooms have too: "Anger Management Group"."""
PLACE_HEADS = frozenset(
    """
    county parish township borough village heights hollow flats park bridge creek river lake
    beach island islands hills hill valley canyon mesa ridge springs falls grove meadows estates
    point harbor bay junction crossing corner corners square plaza mall skatepark elevator
    overlook trailhead trail campground reservation rez pueblo ranch district neighborhood
    projects terrace commons landing notch gap fork wash bluff bluffs cove shores summit station
    road street avenue boulevard highway lane turnpike expressway roundabout overpass underpass
    meadow height garden gardens haven ranch exit spit cape bay bayou sound inlet peninsula
    pass peak butte mesa basin gulch ravine slough
    prairie rapids ferry ford mills crossroads depot platform pier wharf dock marina cemetery yards
    bottoms barrens woods forest pines oaks manor acres trace levee jetty quarry
    """.split()  # noqa: SIM905 - as above
)
PARTICLES = frozenset(
    """
    de la del las los da dos van von der den di du el al bin ibn ben y e ter ten le st san santa
    """.split()  # noqa: SIM905 - as above
)
GENERIC = frozenset(
    """
    the a an our local community regional general public private state county city town national
    federal mental behavioral health medical treatment recovery crisis support substance abuse
    use residential outpatient inpatient intensive partial hospitalization day night evening
    morning weekly women's men's womens mens teen youth adult adolescent children child family
    families senior seniors veterans veteran parent parenting peer peers group groups process
    skills skill coping therapy therapeutic art music drama play dance movement yoga anger grief
    trauma anxiety depression stress sleep pain chronic eating disorder disorders disordered drug
    alcohol dual diagnosis co occurring wellness rehabilitation rehab emergency urgent care
    primary nursing assisted sober transitional group foster halfway safe homeless domestic
    violence housing food soup job career employment vocational training education educational
    high middle elementary school after night summer winter college university community church
    court drug family juvenile municipal superior circuit district supreme traffic small claims
    probate appeals legal social human protective services service department office center
    centre house home unit room program programme clinic hospital shelter class course meeting
    session sessions workshop series module track level phase stage step steps main front back
    upper lower first second third one two new old best big little good own whole same other next
    last credit union book bible study prayer worship youth choir clubhouse club gym library park
    post bank grocery store shop coffee book thrift dollar hardware auto parts body fast
    apartment trailer mobile funeral nursing assisted living skilled long term acute short term
    adult day care head start pre infant early childhood special ed online virtual zoom hybrid
    telehealth waiting break conference lunch dining staff team living laundry rec recreation
    addiction relapse prevention early sustained self matrix
    game computer computer's street suite floor building wing hall lobby birch maple oak pine
    blue green red yellow purple white black gold silver
    """.split()  # noqa: SIM905 - as above
)
"""Words of which common descriptions are made: "the community health center" names no one."""
_KINDS = {
    "school": "elementary school academy prep preparatory college university montessori charter"
    " kindergarten preschool daycare institute seminary",
    "church": "church chapel cathedral temple tabernacle synagogue mosque masjid parish ministries"
    " ministry fellowship congregation congregational baptist methodist lutheran presbyterian",
    "clinic": "hospital clinic medical infirmary hospice pediatrics peds orthodontics dental"
    " psychiatry rehab perinatal",
    "court": "court courthouse precinct",
    "shelter": "shelter mission haven sanctuary lodge",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}


def organization_rule(words: Iterable[str]) -> str:
    """Name the rule by the sort of organization, so that "a school" can be suggested."""
    kinds = [_KIND_OF[word] for word in words if word in _KIND_OF]
    return f"organization.{kinds[-1]}" if kinds else "organization"


NOT_ANNOUNCED = frozenset(
    """
    either neither and or but who whose whom that which with at in on of to for from by is was
    are were be been being has had have having will would can could may might shall should must
    did do does done said says also still now then today tonight yesterday tomorrow there here
    not no yes re hx dx tx about over under after before during because when while if so i you he
    she it we they him her them his hers its my our ours your yours their theirs this these those
    a an the pt who's that's he's she's it's what how why where just very too as than into out up
    down off via per one two three all both each every some any none more most less few many much
    other another again once ever never always often maybe perhaps since until through without
    within between
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
"""Words that stand behind "sister" or "the client" and never begin a name."""
