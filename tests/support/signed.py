"""One note as it is signed, complete in every field, for tests to vary."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from groupnotes.signing.content import (
    FIRST_FORMAT,
    Attendance,
    AttendedStatus,
    Client,
    Coverage,
    Diagnosis,
    EngagementLevel,
    EngagementQuality,
    Facilitator,
    FacilitatorRole,
    GroupSection,
    GroupService,
    IndividualSection,
    Meaning,
    Modality,
    Practice,
    Progress,
    Rating,
    RiskLevel,
    Session,
    Signature,
    SignedContent,
)
from groupnotes.signing.entry import CHANGES, NoteReference, SignedEntry

ENCOUNTER = "7K3M-C0XD-2HTV"
CLIENT_ID = UUID("01940b7d-1c00-7a11-8f02-6b1d0e5a9c42")
KEY = "3f2a 91bc 04d7 6e58 a1c9 22f0 7b3d e846"  # its fingerprint, as it is printed
PROOF = '{"format": "groupnotes.proof/1", "entries": []}'
SIGNER_ID = UUID("01930001-aa00-7d45-b3c8-0f9e8d7c6b5a")

_CLIENT = Client(
    id=CLIENT_ID,
    first_name="Ana Sofía",
    last_name="Rivera",
    mrn="RV-10442",
    birth_date=date(1991, 7, 23),
    coverage=Coverage(payer="Harborview Health Plan", member_id="HHP 4471 9920 01"),
)

_PRACTICE = Practice(
    name="Riverbend Counseling Associates",
    street="214 Alder Street, Suite 3",
    city="Portland",
    state="OR",
    postal_code="97204",
    phone="(503) 555-0142",
    npi="1234567893",
)

_SESSION = Session(
    date=date(2025, 3, 4),
    starts_at=datetime(2025, 3, 5, 1, 0, tzinfo=UTC),
    ends_at=datetime(2025, 3, 5, 2, 30, tzinfo=UTC),
    time_zone="America/Los_Angeles",
    modality=Modality.IN_PERSON,
    service_code="90853",
    place_of_service="11",
    participants=10,
)

_ATTENDANCE = Attendance(
    status=AttendedStatus.LATE,
    arrived_at=datetime(2025, 3, 5, 1, 12, tzinfo=UTC),
    departed_at=None,
    minutes=78,
)

_FACILITATORS = (
    Facilitator(
        name="Maya Lindqvist",
        credentials="LCSW",
        licence="OR L7741",
        npi="1669402937",
        role=FacilitatorRole.LEAD,
    ),
    Facilitator(
        name="Theo Adeyemi",
        credentials="MA, QMHP",
        licence=None,
        npi=None,
        role=FacilitatorRole.CO,
    ),
)

_SHARED = GroupSection(
    revision=3,
    topic="Distress tolerance: TIPP skills for crisis moments",
    interventions=("Skills teaching", "Behavioral rehearsal", "Homework review"),
    interventions_other="Paced-breathing practice with a one-minute timer",
    dynamics=(
        "The group reviewed last week's diary cards, then practiced temperature change and paced "
        "breathing in pairs. Members compared which skill they would reach for first and gave each "
        "other concrete feedback. Energy was low at the start and rose during the rehearsal."
    ),
    plan="Next session: paired muscle relaxation; members bring one crisis plan to rehearse.",
)

_INDIVIDUAL = IndividualSection(
    engagement_level=EngagementLevel.ACTIVE,
    engagement_qualities=(EngagementQuality.SHARING, EngagementQuality.SUPPORTIVE),
    response=(
        "Ana described an argument on Sunday in which she noticed the urge to cut, held ice for "
        "two minutes and called her sister instead. She rated distress 8 before and 4 after. She "
        "demonstrated paced breathing without prompting and asked how long to continue."
    ),
    group_response=(
        "Members named her use of the skill as something they wanted to try; one asked her to "
        "repeat how she set it up at home, which she did."
    ),
    diagnoses=(
        Diagnosis(code="F60.3", description="Borderline personality disorder"),
        Diagnosis(code="F33.1", description="Major depressive disorder, recurrent, moderate"),
    ),
    progress=(
        Progress(
            goal="Respond to intense emotion without self-harm",
            objective="Use one distress-tolerance skill in 4 of 5 urges, by diary card",
            rating=Rating.IMPROVING,
            evidence="Diary card: skill used in 3 of 4 urges this week; none acted on.",
        ),
        Progress(
            goal="Keep close relationships",
            objective="Ask for help in words once a week",
            rating=Rating.NO_CHANGE,
            evidence="Called her sister once; did not ask for what she needed.",
        ),
    ),
    risk_level=RiskLevel.PRESENT,
    risk_action=(
        "Urges to self-harm without intent or plan. Safety plan reviewed after the session, "
        "crisis line card renewed; individual therapist informed the same evening."
    ),
    plan="Practice TIPP daily; bring diary card. Individual session on Thursday.",
)

_SIGNATURE = Signature(
    signer_id=SIGNER_ID,
    name="Maya Lindqvist",
    credentials="LCSW",
    role="facilitator",
    licence="OR L7741",
    npi="1669402937",
    meaning=Meaning.AUTHORSHIP,
    signed_at=datetime(2025, 3, 5, 3, 4, 17, tzinfo=UTC),
)

_CONTENT = SignedContent(
    encounter=ENCOUNTER,
    version=7,
    client=_CLIENT,
    practice=_PRACTICE,
    group=GroupService(kind="skills", title="DBT skills group"),
    session=_SESSION,
    attendance=_ATTENDANCE,
    facilitators=_FACILITATORS,
    shared=_SHARED,
    individual=_INDIVIDUAL,
    signature=_SIGNATURE,
)


def signed_content(**parts: dict[str, Any]) -> SignedContent:
    """Return the note, with single fields of its parts changed: `client={"mrn": "7"}`."""
    changed = {part: replace(getattr(_CONTENT, part), **values) for part, values in parts.items()}
    return replace(_CONTENT, **changed)


def in_first_format(content: SignedContent) -> SignedContent:
    """Return a note as it was signed when the practice's address was one text."""
    practice = content.practice
    old = Practice(
        name=practice.name,
        address="\n".join(practice.lines),
        phone=practice.phone,
        npi=practice.npi,
    )
    return replace(content, format=FIRST_FORMAT, practice=old)


def signed_entries() -> list[SignedEntry]:
    """Return an entry of each kind that changes the note, in the order of time."""
    note = NoteReference(date=_SESSION.date, sha256="9b" * 32)
    return [
        SignedEntry(
            encounter=ENCOUNTER,
            mark=f"{version:032x}",
            version=version,
            kind=kind,
            note=note,
            client=_CLIENT,
            time_zone=_SESSION.time_zone,
            reason=f"Why this {kind.value} was made.",
            text=f"What this {kind.value} says.\nIn two lines.",
            signature=replace(_SIGNATURE, signed_at=datetime(2025, 3, 6 + version, tzinfo=UTC)),
        )
        for version, kind in enumerate(CHANGES, start=1)
    ]
