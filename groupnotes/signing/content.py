"""Everything that a signature on one client's note covers, and nothing of anyone else.

A signed note must still be read when today's tables are gone, so the vocabulary is
written out here and belongs to the format: a new word or field makes a new format. Only a
field that says something of few notes may come later: it is None by default, and not written then.
There is no place for another client, nor for an id that the notes of one session share
or that was made in the act that made them. Whoever holds the records of two clients still sees
that they met: date, time, facilitators and the group section are the same by their nature.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

FORMAT = "groupnotes.note/2"
FIRST_FORMAT = "groupnotes.note/1"  # which had the practice's address in one text
FORMATS = frozenset({FORMAT, FIRST_FORMAT})


class ContentError(ValueError):
    """The content cannot be signed, or the bytes are not signed content; `field` says where."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason

    def under(self, name: str) -> "ContentError":
        """Return the same refusal, as seen from the part that has it as ``name``."""
        return ContentError(f"{name}.{self.field}" if self.field else name, self.reason)


class Modality(StrEnum):
    """How the client took part."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    AUDIO = "audio"


class AttendedStatus(StrEnum):
    """The ways of having been there; who was absent has no note to sign."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"


class FacilitatorRole(StrEnum):
    """Who led the session and who helped."""

    LEAD = "lead"
    CO = "co"


class EngagementLevel(StrEnum):
    """How much the client took part."""

    NONE = "none"
    MINIMAL = "minimal"
    RESPONSIVE = "responsive"
    ACTIVE = "active"
    LEADING = "leading"


class EngagementQuality(StrEnum):
    """The manner in which the client took part."""

    SUPPORTIVE = "supportive"
    SHARING = "sharing"
    ATTENTIVE = "attentive"
    GUARDED = "guarded"
    INTRUSIVE = "intrusive"
    MONOPOLIZING = "monopolizing"
    RESISTANT = "resistant"
    WITHDRAWN = "withdrawn"
    TEARFUL = "tearful"
    DISTRACTED = "distracted"


class Rating(StrEnum):
    """Progress on one objective, in the codes of FHIR `goal-achievement`."""

    IMPROVING = "improving"
    NO_CHANGE = "no-change"
    WORSENING = "worsening"
    ACHIEVED = "achieved"
    SUSTAINING = "sustaining"
    NOT_ACHIEVED = "not-achieved"
    NO_PROGRESS = "no-progress"
    NOT_ATTAINABLE = "not-attainable"
    IN_PROGRESS = "in-progress"


class RiskLevel(StrEnum):
    """Whether a risk to self or others was found."""

    NONE = "none"
    PRESENT = "present"


class Meaning(StrEnum):
    """What the signer declares by signing (21 CFR 11.50(a)(3))."""

    AUTHORSHIP = "authorship"
    REVIEW = "review"


class Review(StrEnum):
    """Whether the content is locked by this signature, or only by a supervisor's beside it."""

    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The payer that knows the client, and the number it knows the client by."""

    payer: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The one client the note is about, under the legal name."""

    id: UUID
    first_name: str
    last_name: str
    mrn: str
    birth_date: date
    coverage: Coverage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The practice as it was named at signing.

    In the first format its `address` is one text, with one line per line; since then it is None,
    and each part of it is a field.
    """

    name: str
    address: str | None = None
    street: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    phone: str
    npi: str | None

    def __post_init__(self) -> None:
        parts = (self.street, self.city, self.state, self.postal_code)
        if {part is None for part in parts} != {self.address is not None}:
            raise ContentError("practice", "must have its address in one text, or all its parts")

    @property
    def lines(self) -> tuple[str, ...]:
        """The address as it stands on a letter."""
        last = f"{self.city}, {self.state} {self.postal_code}"
        whole = self.address if self.address is not None else f"{self.street}\n{last}"
        return tuple(line.strip() for line in whole.splitlines() if line.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupService:
    """The service that the group is: its kind and title, as in "DBT skills group"."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """When, where and under which code the group met; times in UTC, `time_zone` an IANA name."""

    date: date
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    modality: Modality
    service_code: str
    place_of_service: str
    participants: int

    def __post_init__(self) -> None:
        _require_order("session", self.starts_at, self.ends_at)
        _require_zone(self.time_zone)
        if self.participants < 1:
            raise ContentError("session.participants", "a session has at least one participant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """How long this client was there; a time is None where it is the session's own."""

    status: AttendedStatus
    arrived_at: datetime | None
    departed_at: datetime | None
    minutes: int

    def __post_init__(self) -> None:
        if self.arrived_at is not None and self.departed_at is not None:
            _require_order("attendance", self.arrived_at, self.departed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facilitator:
    """Who rendered the service; a licence or NPI is None for staff who have none."""

    name: str
    credentials: str
    licence: str | None
    npi: str | None
    role: FacilitatorRole


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSection:
    """The member-neutral account of the session: the revision that the signer saw."""

    revision: int
    topic: str
    interventions: tuple[str, ...]
    interventions_other: str
    dynamics: str
    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """An ICD-10-CM code with its description."""

    code: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One objective of the client's plan; `rating` is None where it was not worked on."""

    goal: str
    objective: str
    rating: Rating | None
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndividualSection:
    """What is this client's alone."""

    engagement_level: EngagementLevel
    engagement_qualities: tuple[EngagementQuality, ...]
    response: str
    group_response: str
    diagnoses: tuple[Diagnosis, ...]
    progress: tuple[Progress, ...]
    risk_level: RiskLevel
    risk_action: str
    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signs, in which capacity, with which meaning, and when (UTC)."""

    signer_id: UUID
    name: str
    credentials: str
    role: str
    licence: str | None
    npi: str | None
    meaning: Meaning
    signed_at: datetime
    review: Review | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """That the note was signed later than the practice allows, and by how much."""

    business_days: int  # from the day of the session to that of the signature
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedContent:
    """The whole of one signed note.

    `encounter` is the number that stands for the note outside the practice. Its id does
    not leave: ids that were made in one act tell by their time that they belong together.
    """

    format: str = FORMAT
    encounter: str
    version: int  # of the note, which counts every change of it
    client: Client
    practice: Practice
    group: GroupService
    session: Session
    attendance: Attendance
    facilitators: tuple[Facilitator, ...]
    shared: GroupSection
    individual: IndividualSection
    signature: Signature
    late: Lateness | None = None

    def __post_init__(self) -> None:
        if self.format not in FORMATS:
            raise ContentError("format", f"this version reads only {' and '.join(sorted(FORMATS))}")
        if (self.format == FIRST_FORMAT) is (self.practice.address is None):
            raise ContentError("practice.address", "is one text in the first format, and no other")
        length = self.session.ends_at - self.session.starts_at
        if not timedelta(0) <= timedelta(minutes=self.attendance.minutes) <= length:
            raise ContentError("attendance.minutes", "must lie within the length of the session")


def _require_order(where: str, first: datetime, last: datetime) -> None:
    for moment in (first, last):
        if moment.utcoffset() != timedelta(0):
            raise ContentError(where, "times must be given in UTC")
    if last <= first:
        raise ContentError(where, "must end after it starts")


def _require_zone(name: str) -> None:
    """Refuse a zone unknown here: local times could never be printed from the signed bytes."""
    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError) as unknown:
        raise ContentError("session.time_zone", "is no IANA time zone") from unknown
