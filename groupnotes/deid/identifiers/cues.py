"""The words that announce a number of someone: "chart no.", "policy", "plate"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from groupnotes.deid.findings import Category
from groupnotes.deid.lexicon import is_word
from groupnotes.deid.reading import Reading
from groupnotes.deid.states import STATE_CODES

_WORD = re.compile(r"[^\W_]+")
_CODE = (
    r"(?P<code>(?:[a-z]{1,4}(?:-[a-z])? )?(?:[a-z]{1,5}[\-.]){0,3}[a-z]{0,5}\d[\da-z]{0,24}"
    r"(?:[\-./][\da-z]{1,16}){0,4}"
    r"(?: ?-? ?\d[\da-z]{2,11}){0,4})(?!\w)"
)
_PLATE = (
    r"(?P<code>[a-z]{1,4}[\- ·]\d{2,6}[a-z]{0,3}|\d{1,4}[\- ]?[a-z]{2,4}[\- ]?\d{0,4}"
    r"|[a-z]{0,4}\d[\da-z]{1,8}(?:[\- ·]\d[\da-z]{1,6})?)(?!\w)"
)
_SMALL = (
    r"is|was|of|no|num|nbr|numbers?|ids?|the|as|reads?|reading|ending|ends|in|on|file|card|listed"
    r"|they|gave|has|have|had|which|that|it|under|for|plan|with|says|said|showed|starts|starting"
    r"|begins|beginning|again|called|digits|last|four|filed|and|his|her|their|car|truck|saying"
)
_LOOSE = rf"(?:'s)?(?:[ \t]?(?:[#:=,;\-(\"'.]|\n|\b(?:{_SMALL})\b\.?)){{1,7}}[ \t\n]{{0,2}}[#(\"']?"
_OR_SPACE = rf"(?:{_LOOSE}|[ \t]{{1,2}})"
_MARKED = (
    r"(?:'s)?[ \t]?(?:(?:no|num|nbr|numbers?|ids?)\b\.?|#|:?[ ]?#){1,3}[ \t]?"
    r"(?:[#:=(\-]|is\b|was\b){0,3}[ \t]{0,2}[#(\"']?"
)
_BESIDE = r"(?:'s)?[ \t:#=(\-]{1,4}(?:(?:no|num|nbr|number|id|is|was|reads?)\b[.: #]{1,3}){0,2}"

LOOSE = re.compile(_OR_SPACE + _CODE)
"""Some small words may stand between: "account number on file is 12345"."""
MARKED = re.compile(_MARKED + _CODE)
"""A sign or word says that a number follows: "chart #4410", "patient id: 88231"."""
BESIDE = re.compile(_BESIDE + _CODE)
"""It stands right beside: "case 24-118"."""
TAGGED = re.compile(_OR_SPACE + _PLATE)
"""As LOOSE, for a plate with its blank: "plate is GHT 999"."""


class Cue(NamedTuple):
    """Words and what follows them; ``least`` is how many letters and digits the number has."""

    words: tuple[str, ...]
    category: Category
    link: re.Pattern[str]
    least: int


class Announced(NamedTuple):
    """Where a number stands that a cue announces."""

    cue: Cue
    start: int
    end: int


def announced_in(reading: Reading) -> Iterator[Announced]:
    """Find the numbers that follow one of the cues."""
    words: list[re.Match[str]] = []
    if not _BY_FIRST_WORD.keys().isdisjoint(reading.words):
        words = list(_WORD.finditer(reading.plain))
    for place, word in enumerate(words):
        for cue in _BY_FIRST_WORD.get(word[0], ()):
            end = _end(words, place, cue)
            match = cue.link.match(reading.plain, end) if end else None
            if match is not None and _is_code(match["code"], cue.least):
                stop = match.start("code") + len(match["code"].rstrip(" .-/"))
                yield Announced(cue, match.start("code"), stop)
                break
    for match in _NUMBERED.finditer(reading.plain) if _has_sign(reading) else ():
        least = _LEAST_NUMBERED - (match[0].startswith(("no.", "#")))
        if _is_code(match["code"], least):
            yield Announced(_ANY_NUMBER, match.start("code"), match.end("code"))


def _has_sign(reading: Reading) -> bool:
    return bool(reading.numbers) and (
        "#" in reading.plain or not _NUMBERED_WORDS.isdisjoint(reading.words)
    )


def _end(words: Sequence[re.Match[str]], place: int, cue: Cue) -> int:
    """Give where the words of the cue end; 0 if they are not all there."""
    found = words[place : place + len(cue.words)]
    if tuple(word[0] for word in found) != cue.words:
        return 0
    whole = found[-1].end() - found[0].start()
    letters = sum(len(word) for word in cue.words)
    return found[-1].end() if whole <= letters + 2 * len(cue.words) else 0


def _cues(category: Category, link: re.Pattern[str], least: int, phrases: str) -> list[Cue]:
    return [
        Cue(tuple(phrase.split()), category, link, least)
        for line in phrases.strip().splitlines()
        for phrase in line.split(",")
        if phrase.strip()
    ]


_ALL = [
    *_cues(
        Category.MRN,
        LOOSE,
        4,
        """
        mrn, mrns, m r n, medical record, medical records, med rec, med record, medical rec, emr
        ehr, health record, hospital id, hospital number, hospital no, chart number, chart no
        chart id, patient id, patient number, patient no, pt id, client id, client number
        lab id, specimen, accession, folder, wristband, label, sticker, barcode
        record number, record no, encounter number, encounter id, visit id, epic id
        """,
    ),
    *_cues(Category.MRN, MARKED, 4, "chart, patient, pt, client, record, encounter, fin, mr, epic"),
    *_cues(Category.MRN, BESIDE, 6, "chart, record, records, epic, encounter"),
    *_cues(
        Category.MEMBER_ID,
        LOOSE,
        5,
        """
        member id, member number, member no, membership, mem id, subscriber, subscriber id, policy
        policies, policyholder, insurance, insurance id, insurance card, insurance number
        medicaid, medicare, medi cal, medical assistance, masshealth, mbi, hicn, beneficiary
        rx bin, rx grp, rx group, rx pcn, rxbin, rxgrp, rxpcn, pcn, cin, aetna, cigna, anthem
        humana, bcbs, blue cross, blue shield, uhc, united healthcare, unitedhealthcare, kaiser
        molina, centene, tricare, champva, optum, magellan, carelon, beacon, ambetter, wellcare
        prior auth, prior authorization, preauth, pre auth, auth number, auth no, auth code
        authorization number, authorization no, authorization code, authorization, referral number
        referral no, group number, group no, group id, plan id, plan number, plan no, tpl, hmo
        ppo, insurer, coverage
        """,
    ),
    *_cues(Category.MEMBER_ID, BESIDE, 6, "member, group, plan, auth, referral"),
    *_cues(
        Category.ACCOUNT,
        LOOSE,
        4,
        """
        account, accounts, acct, accts, account number, routing, iban, swift, debit card
        credit card, gift card, ebt card, ebt, bank card, prepaid card, cash card, benefit card
        card number, card no, card ending, card, visa, mastercard, master card, amex, discover
        checking, savings, loan, loan number, invoice, order number, order no, order id
        confirmation, confirmation number, confirmation code, tracking, tracking number, aba
        apple pay, payment id, transaction, customer id, customer number, customer no, reference
        reference number, pin number, pin code, passcode, password, zoom id, meeting id
        zoom meeting id, access code, claim check, rewards number, safe combination, locker
        combination, hsa acct, rx, rx number, voucher number
        """,
    ),
    *_cues(Category.ACCOUNT, LOOSE, 4, "pin"),
    *_cues(Category.ACCOUNT, MARKED, 5, "id, ids, number, confirmation, code, ref, order"),
    *_cues(Category.ACCOUNT, BESIDE, 6, "id, ids, confirmation, ref, order"),
    *_cues(
        Category.LICENSE,
        LOOSE,
        4,
        """
        license, licence, licenses, lic, license number, license no, dl, d l, driver s license
        drivers license, driver license, driver s licence, cdl, permit, state id, id card
        identification, identification card, passport, passport number, visa number, visa no
        green card, alien number, alien registration, a number, uscis, npi, dea, dea number
        oln, us dot, dot number, enrollment
        certificate, certificate number, certification number, certification, cert, badge
        badge number, employee id, employee number, student id, student number, school id
        veteran id, military id, dod id, registration number, registration no, union card
        """,
    ),
    *_cues(
        Category.LICENSE,
        BESIDE,
        5,
        """
        lpc, lcsw, lmsw, lmft, lmhc, lcpc, lpcc, rn, lpn, lvn, cna, md, pa, np, aprn, crnp, psy
        lp, ladc, lcadc, cadc, lac, lcdc, otr, slp, cpa, bar, emt, pharmd, rph, bacb, bcba
        """,
    ),
    *_cues(
        Category.PLATE,
        TAGGED,
        4,
        """
        plate, plates, license plate, license plates, licence plate, tag number, tag no, tag
        tags, license tag, car tag, vehicle tag, plate number, license plate number
        """,
    ),
    *_cues(
        Category.DEVICE,
        LOOSE,
        5,
        """
        serial, serial number, serial no, ser no, s n, sn, device, device id, device number
        device serial, imei, meid, udi, implant, implant id, implant number, pacemaker
        defibrillator, icd serial, icd model, pump, insulin pump, glucose monitor, glucose meter
        cgm, cpap, cpap machine, ankle monitor, ankle bracelet, gps monitor, gps bracelet, monitor
        gps unit, scram, scram bracelet, interlock, hearing aid, hearing aids, model number
        model no, model, lot number, lot no, asset tag, mac address, stimulator, prosthesis
        """,
    ),
    *_cues(
        Category.CASE,
        LOOSE,
        4,
        """
        case number, case no, case num, case nbr, case id, docket, docket number, docket no, dkt
        cause number, cause no, claim, claims, claim number, claim no, claim id, inmate
        inmate number, inmate id, inmate no, booking, booking number, warrant, citation
        ticket number, ticket no, petition, police report, incident, incident report
        incident number, report number, report no, complaint number, complaint no, court file
        court case, court number, court no, court record, file number, file no, index number
        index no, doc id, doc number, doc no, doc inmate, cdcr, bop, jail id, prisoner, offender
        offender id, parole number, parole id, probation number, probation case, probation id
        juror, juror number, juror no, juror id, detainee, detainee file, a number, rpt
        order of protection, restraining order, protective order, cps case, cps referral
        cps report, cps intake, dcfs case, dcf case, dcf intake, intake number, intake no
        investigation, workers comp claim, worker s comp claim, workers comp, comp claim
        ssdi claim, disability claim, unemployment claim, section 8 voucher, voucher, so number
        pid, spn, opra, custody case, criminal case, family court case, juvenile case, case file
        """,
    ),
    *_cues(Category.DEVICE, BESIDE, 5, "tether, transmitter, sensor, receiver, box, concentrator"),
    *_cues(Category.MEMBER_ID, BESIDE, 6, "bin"),
    *_cues(Category.CASE, BESIDE, 5, "psi, psr, jacket, adc, registry, pretrial, presentence"),
    *_cues(Category.CASE, BESIDE, 5, "case, cause, file, ticket, matter, report, court, booking"),
    *_cues(Category.CASE, MARKED, 3, "case, docket, ticket, doc, file, report, claim, inmate"),
]  # fmt: skip


def _by_first_word() -> Mapping[str, Sequence[Cue]]:
    grouped: dict[str, list[Cue]] = {}
    for cue in sorted(_ALL, key=lambda cue: -len(cue.words)):
        grouped.setdefault(cue.words[0], []).append(cue)
    return grouped


_BY_FIRST_WORD = _by_first_word()
_NUMBERED = re.compile(r"(?:\b(?:no\.|num\.|nbr\.?|number|numbered|id)[ :#]{0,3} ?|#[ :]?)" + _CODE)
_NUMBERED_WORDS = frozenset({"no", "num", "nbr", "number", "numbered", "id"})
_LEAST_NUMBERED = 5
_ANY_NUMBER = Cue(("number",), Category.ACCOUNT, LOOSE, _LEAST_NUMBERED)

_WORDY = re.compile(r"[a-z]{6}|[a-z]{4,5}\Z")
_LEAST_ALONE = 6
_LONG_RUN = re.compile(r"\d{5}|[a-z].{0,3}\d{3}|\d{3}.{0,3}[a-z]")
_UNIT = re.compile(
    r"\d+(?:\.\d+)?(?:mg|mcg|ml|kg|lbs?|oz|cm|mm|ft|in|hrs?|h|min|mins|sec|am|pm|x|st|nd|rd|th|k"
    r"|days?|wks?|yrs?|mo|yo|bpm|s)\Z"
)
_LIKE_OTHERS = re.compile(
    r"(?:(?:19|20)\d\d|\d{1,2}/\d{1,2}(?:/(?:\d{2}|\d{4}))?|[a-tv-z]\d{2}(?:\.\d{1,4})?"
    r"|(?:phq|gad|pcl|bdi|moca|dsm|icd|cpt)-?\d+|9079[12]|908[34]\d|90853|992\d\d|[hgst]\d{4}"
    r"|(?:19|20)\d\d-(?:19|20)?\d\d|\d{1,3}-(?:19|20)\d\d)\Z"
)


def _is_code(written: str, least: int) -> bool:
    """Tell a code or number of someone from a dose, a year, a date or a billing code."""
    written = written.rstrip(" .-/")
    prefix, _, rest = written.partition(" ")
    if prefix.isalpha():  # "license TX 3391 8842", and "policy in 2020" is none
        if is_word(prefix) and prefix not in STATE_CODES:
            return False
        written = rest
    letters = sum(map(str.isalnum, written))
    digits = sum(map(str.isdigit, written))
    if letters < least or digits < 2 or _WORDY.search(written):
        return False
    if least >= _LEAST_ALONE and _LONG_RUN.search(written) is None:
        return False
    return _LIKE_OTHERS.match(written) is None and _UNIT.match(written) is None
