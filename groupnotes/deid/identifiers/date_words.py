"""The words that tell a date of month and day from a score: "since 5/3", "mood 5/10"."""

import re

BETWEEN = frozenset(
    """
    is was on for at the of from in to by night morning evening afternoon session group back again
    work home school town date had been will be set w with about or his her
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
"""Small words that may stand between a cue and its date."""

SURE = frozenset(
    """
    since until till til fu rtc nxt u dob born birthdate birthday bday dated date appointment
    appointments appt appts
    court hearing sentenced arraigned arraignment intake admit admits admitted admission discharge
    discharged dc anniversary surgery procedure due effective eff scheduled rescheduled next last
    relapse relapsed started starting began begins clean sober sobriety overdosed overdose died
    passed loss death wedding married release released week wk lmp edd eta tomorrow yesterday today
    tonight expires expire through thru continue continues continued returns returned returning
    back visit visits visiting arrives arrived leaves moved moving flies deadline eviction evicted
    trial exam graduates graduated graduation delivered delivery filed served signed closes opens
    canceled cancelled postponed funeral sentencing parole mediation deposition eval evaluation scan
    board podiatry cardiology neurology dermatology derm dentist dental eye ophthalmology gyn
    gynecology
    pcp ortho orthopedics oncology urology nephrology endocrinology rheumatology psychiatry imaging
    mri colonoscopy mammogram labs bloodwork infusion dialysis endoscopy xray testified testifies
    ultrasound biopsy chemo
    coming comes arriving leaving
    baptized retired hired deployed enlisted eow academy orientation
    """.split()  # noqa: SIM905 - as above
)

EVENTS = frozenset(
    """
    anniversary birthday bday deadline due court hearing appt appointment surgery wedding funeral
    admitted discharge discharged admission dob release follow followup appts
    """.split()  # noqa: SIM905 - as above
)
"""What has a date of its own, which may stand some words away."""

WEEKDAYS = frozenset(
    day + ending
    for day in (
        "mon", "monday", "tue", "tues", "tuesday", "wed", "weds", "wednesday", "thu", "thur",
        "thurs", "thursday", "fri", "friday", "sat", "saturday", "sun", "sunday",
    )
    for ending in ("", "s")
)  # fmt: skip

LIKELY = frozenset(
    "after before and from to between thru through of for".split()  # noqa: SIM905
)

COUNTED = frozenset(
    """
    session sessions grp group wk week visit module lesson day page pg class part step unit chapter
    item exercise question meeting level stage phase game round wks weeks film films strip strips
    suboxone buprenorphine bup zubsolv percocet norco tab tabs dose doses dosing loop bus
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
"""What is counted "3/12" of so many."""

SCORES = frozenset(
    """
    phq gad pcl bdi bai audit dast moca mmse epds ymrs madrs ybocs bocs ors srs sud suds gaf isi gds
    asrs mdq score scored scores scoring rate rates rated rating ratings mood anxiety anx pain
    distress craving cravings urge urges sleep energy anger depression dep stress motivation
    confidence intensity importance readiness level scale scaled attend attended attendance
    attendees participated participating participation complete completed completing completion
    present quiz engaged engagement engage comfort hope hopefulness appetite irritability worry fear
    panic sadness shame guilt esteem focus connection cohesion item percent answered correct
    roughly belief down up dropped increase increased decrease decreased improved reduced average
    averaged averages discomfort loneliness tension satisfaction progress functioning checkin
    checkins checkout
    """.split()  # noqa: SIM905 - as above
)

SHARE_AFTER = re.compile(
    r" ?(?:of\b|mc?g\b|films?\b|tabs?\b|strips?\b"
    r"|members?\b|present|attended|participants?|clients?|pts?\b|people|completed|cup"
    r"|tsp|inch|mile|hours?|days?|sessions?|meals?|pain\b|distress|intensity|mood|anxiety|craving"
    r"|urge|groups?\b|time\b|finished|shared|reported|returned|did\b|said\b|were\b|endorsed"
    r"|agreed|marked|ready|confidence|breath|depression|tonight|before|after\b|down|up\b|score"
    r"|at (?:the )?(?:start|end|peak|worst|best|baseline|check)|by the end|weeks?|items|correct"
    r"|on (?:the )?(?:phq|gad|scale|suds|mood|craving|anxiety|pain)|done|total|chance|odds|full"
    r"|adherent|kept)"
)
