"""The words that a record uses for what is stored as a code."""

from datetime import date, datetime

from groupnotes.signing.content import (
    AttendedStatus,
    EngagementLevel,
    FacilitatorRole,
    Meaning,
    Modality,
    Rating,
    RiskLevel,
)

NOT_ADDRESSED = "Not addressed in this session"

ATTENDANCE = {
    AttendedStatus.PRESENT: "Present for the whole session",
    AttendedStatus.LATE: "Arrived late",
    AttendedStatus.LEFT_EARLY: "Left early",
}
MODALITIES = {
    Modality.IN_PERSON: "In person",
    Modality.VIDEO: "Telehealth, audio and video",
    Modality.AUDIO: "Telehealth, audio only",
}
FACILITATORS = {
    FacilitatorRole.LEAD: "Lead facilitator",
    FacilitatorRole.CO: "Co-facilitator",
}
ENGAGEMENT = {
    EngagementLevel.NONE: "None",
    EngagementLevel.MINIMAL: "Minimal",
    EngagementLevel.RESPONSIVE: "Responsive",
    EngagementLevel.ACTIVE: "Active",
    EngagementLevel.LEADING: "Leading",
}
RATINGS = {
    Rating.IMPROVING: "Improving",
    Rating.NO_CHANGE: "No change",
    Rating.WORSENING: "Worsening",
    Rating.ACHIEVED: "Achieved",
    Rating.SUSTAINING: "Sustaining",
    Rating.NOT_ACHIEVED: "Not achieved",
    Rating.NO_PROGRESS: "No progress",
    Rating.NOT_ATTAINABLE: "Not attainable",
    Rating.IN_PROGRESS: "In progress",
}
RISKS = {
    RiskLevel.NONE: "None found",
    RiskLevel.PRESENT: "Present",
}
MEANINGS = {
    Meaning.AUTHORSHIP: "Authorship: the signer wrote this note",
    Meaning.REVIEW: "Review: the signer supervises the author, and reviewed exactly this",
}

_CONFIDENTIAL = (
    "Confidential health record of one client. Use and redisclosure are limited by law "
    "(45 CFR Parts 160 and 164)."
)
_PART_2 = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."

_KINDS = {
    "process": "process group",
    "psychoeducation": "psychoeducation group",
    "skills": "skills training group",
    "substance-use": "substance use group",
    "multi-family": "multiple-family group",
    "support": "support group",
}

# CMS, Place of Service Code Set
_PLACES = {
    "01": "Pharmacy",
    "02": "Telehealth provided other than in patient's home",
    "03": "School",
    "04": "Homeless shelter",
    "05": "Indian Health Service free-standing facility",
    "06": "Indian Health Service provider-based facility",
    "07": "Tribal 638 free-standing facility",
    "08": "Tribal 638 provider-based facility",
    "09": "Prison or correctional facility",
    "10": "Telehealth provided in patient's home",
    "11": "Office",
    "12": "Home",
    "13": "Assisted living facility",
    "14": "Group home",
    "15": "Mobile unit",
    "16": "Temporary lodging",
    "17": "Walk-in retail health clinic",
    "18": "Place of employment or worksite",
    "19": "Off campus outpatient hospital",
    "20": "Urgent care facility",
    "21": "Inpatient hospital",
    "22": "On campus outpatient hospital",
    "23": "Emergency room, hospital",
    "24": "Ambulatory surgical center",
    "25": "Birthing center",
    "26": "Military treatment facility",
    "27": "Outreach site or street",
    "31": "Skilled nursing facility",
    "32": "Nursing facility",
    "33": "Custodial care facility",
    "34": "Hospice",
    "41": "Ambulance, land",
    "42": "Ambulance, air or water",
    "49": "Independent clinic",
    "50": "Federally qualified health center",
    "51": "Inpatient psychiatric facility",
    "52": "Psychiatric facility, partial hospitalization",
    "53": "Community mental health center",
    "54": "Intermediate care facility for individuals with intellectual disabilities",
    "55": "Residential substance abuse treatment facility",
    "56": "Psychiatric residential treatment center",
    "57": "Non-residential substance abuse treatment facility",
    "58": "Non-residential opioid treatment facility",
    "60": "Mass immunization center",
    "61": "Comprehensive inpatient rehabilitation facility",
    "62": "Comprehensive outpatient rehabilitation facility",
    "65": "End-stage renal disease treatment facility",
    "66": "Programs of All-inclusive Care for the Elderly (PACE) center",
    "71": "Public health clinic",
    "72": "Rural health clinic",
    "81": "Independent laboratory",
    "99": "Other place of service",
}

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(when: date) -> str:
    """Write a day the way it is read aloud, whatever the machine's locale: March 4, 2025."""
    return f"{_MONTHS[when.month - 1]} {when.day}, {when.year:04d}"


def clock(local: datetime) -> str:
    """Write a local time with its zone: 5:00 PM PST."""
    half = "AM" if local.hour < 12 else "PM"
    return f"{local.hour % 12 or 12}:{local.minute:02d} {half} {local.tzname()}"


def exact(local: datetime) -> str:
    """Write a local moment to the second, as a signature needs it (21 CFR 11.50)."""
    hours, zone = clock(local).split(" ", 1)
    return f"{day(local)}, {hours}:{local.second:02d} {zone}"


def confidentiality(code: str) -> str:
    """Say what law stands before the use of a record, by the kind of its group.

    Whoever gets a record of treatment for substance use is to be told (42 CFR 2.32(a)(2)).
    """
    return f"{_CONFIDENTIAL} {_PART_2}" if code == "substance-use" else _CONFIDENTIAL


def kind(code: str) -> str:
    """Name a kind of group; a kind added after this text is named by its code."""
    return _KINDS.get(code, code.replace("-", " "))


def place(code: str) -> str:
    """Name a place of service; a code that CMS added later stands alone."""
    return f"{code} {_PLACES[code]}" if code in _PLACES else code
