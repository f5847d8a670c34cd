"""What happens to people and hardly to an idea: "was cut by the reviewer", "got moved to B pod"."""

from groupnotes.deid.members.surroundings import Surroundings

# ruff: noqa: SIM905 - as prose the lists are read and kept in order

_BE = frozenset("was is got gets were wasn isn been being".split())
_ALWAYS = frozenset(
    """
    fired hired arrested arraigned sentenced paroled jailed charged convicted acquitted subpoenaed
    deployed expelled suspended benched demoted evicted deported detained baptized ordained widowed
    orphaned hospitalized hospitalised medicated sedated intubated vaccinated catheterized biopsied
    immunized restrained handcuffed cuffed frisked searched paged fingerprinted breathalyzed
    swabbed weighed dosed overdosed injected discharged readmitted admitted induced miscarried
    impregnated breastfed adopted fostered bullied assaulted robbed mugged stabbed raped groped
    molested abused molested neglected bitten laid enrolled unenrolled waitlisted rehired furloughed
    reincarcerated incarcerated remanded extradited excused escorted promoted interviewed
    """.split()
)
"""What is done to people only."""
_WITH_MORE = frozenset(
    """
    cut moved transferred bumped pulled sent taken driven picked dropped denied approved placed
    referred released removed cleared screened tested examined seen served cited booked granted
    caught written picked kicked thrown put let told asked given sat left billed fined reported
    assigned excluded ejected stopped followed hit scheduled switched tapered started weaned
    stepped signed checked flagged called summoned brought held kept chosen voted elected named
    """.split()
)
"""What is done to things as well: what follows has to tell."""
_BEHIND = frozenset("by from to off for after before on out up down back home aside".split())
_PARTS = frozenset(
    """
    pod block unit er ed icu nicu court jail prison hospital home class school team squad crew
    shift caseload waitlist list roster program house dorm cell ward floor room bed detail court
    reviewer insurer insurance judge po officer nurse doctor staff coach warden deputy sheriff cop
    cops police teacher principal boss foreman sister brother mother mom dad father wife husband
    son daughter ex visits meds suboxone methadone lithium work duty custody detox rehab respite
    hospice seg segregation seclusion labor surgery dialysis parole probation supervision isolation
    meeting meal meals group count yard chow
    """.split()
)
"""Where people are moved, by whom, and what they are taken off."""
_NEAR = 5


def undergoes(around: Surroundings, after: int) -> bool:
    """Tell it by the verb behind a word that begins a sentence, and by what follows."""
    if around.following(after) not in _BE:
        return False
    done = around.following(after + 1)
    if done in _ALWAYS:
        return True
    if done not in _WITH_MORE or around.following(after + 2) not in _BEHIND:
        return False
    near = (around.following(place) for place in range(after + 3, after + 3 + _NEAR))
    return any(word in _PARTS for word in near)
