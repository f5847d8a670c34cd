"""Everything that may leave the practice in the record of one note, in the words it leaves in.

A renderer gets a Record and nothing else, so what is not named here cannot get out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from groupnotes.disclosure import wording
from groupnotes.signing import content as signed
from groupnotes.signing.entry import SignedEntry
from groupnotes.signing.review import SignedReview

_NONE = "None on file"


@dataclass(frozen=True, slots=True)
class Fact:
    """One short statement under its name."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What was written under one heading, as typed; an empty text says that nothing was."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The practice that the record comes from."""

    name: str
    address: tuple[str, ...]
    phone: str
    npi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facilitator:
    """One person who rendered the service."""

    name: str
    role: str
    licence: str
    npi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One objective of the plan, how it goes, and what shows that."""

    goal: str
    objective: str
    rating: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The manifestation of the electronic signature (21 CFR 11.50)."""

    signer: str
    signed_at: datetime
    facts: tuple[Fact, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was added to the note after it was signed, under a signature of its own."""

    title: str
    passages: tuple[Passage, ...]
    signature: Signature
    review: Signature | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One locked note of one client, ready to be laid out."""

    title: str
    subtitle: str
    confidentiality: str
    encounter: str
    client_name: str
    client_id: str
    date_of_service: str
    practice: Letterhead
    client: tuple[Fact, ...]
    service: tuple[Fact, ...]
    facilitators: tuple[Facilitator, ...]
    diagnoses: tuple[Fact, ...]
    shared: tuple[Passage, ...]
    individual: tuple[Passage, ...]
    progress: tuple[Progress, ...]
    signature: Signature
    review: Signature | None  # a supervisor's, beside the author's
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A co-signature with its digest and the fingerprint of its key, to go into a record."""

    content: SignedReview
    digest: str
    key: str


@dataclass(frozen=True, slots=True)
class Added:
    """An entry with its digest and the fingerprint of its key, to go into a record."""

    content: SignedEntry
    digest: str
    key: str
    review: Reviewed | None = None


def record_of(
    content: signed.SignedContent,
    digest: str,
    key: str,
    added: Iterable[Added] = (),
    review: Reviewed | None = None,
) -> Record:
    """Put signed content into the words of a record.

    `digest` is that of its signed bytes, `key` the fingerprint of the key that signed them.
    """
    client = content.client
    return Record(
        title="Group therapy progress note",
        subtitle=content.group.title,
        confidentiality=wording.confidentiality(content.group.kind),
        encounter=content.encounter,
        client_name=f"{client.last_name}, {client.first_name}",
        client_id=f"MRN {client.mrn}",
        date_of_service=wording.day(content.session.date),
        practice=_letterhead(content.practice),
        client=tuple(_client(client)),
        service=tuple(_service(content)),
        facilitators=tuple(_facilitator(person) for person in content.facilitators),
        diagnoses=tuple(Fact(d.code, d.description) for d in content.individual.diagnoses),
        shared=tuple(_shared(content.shared)),
        individual=tuple(_individual(content.individual)),
        progress=tuple(_progress(one) for one in content.individual.progress),
        signature=_signature(
            content.signature, content.session.time_zone, digest, key, _late(content.late)
        ),
        review=_review(review),
        entries=tuple(_entry(one) for one in added),
    )


def _letterhead(practice: signed.Practice) -> Letterhead:
    return Letterhead(
        name=practice.name,
        address=practice.lines,
        phone=practice.phone,
        npi=practice.npi or _NONE,
    )


def _client(client: signed.Client) -> Iterator[Fact]:
    yield Fact("Legal name", f"{client.first_name} {client.last_name}")
    yield Fact("Date of birth", wording.day(client.birth_date))
    yield Fact("MRN", client.mrn)
    if client.coverage is None:
        yield Fact("Payer", _NONE)
    else:
        yield Fact("Payer", client.coverage.payer)
        yield Fact("Member ID", client.coverage.member_id)


def _service(content: signed.SignedContent) -> Iterator[Fact]:
    session, group = content.session, content.group
    yield Fact("Date of service", wording.day(session.date))
    yield Fact("Start", _time(session, session.starts_at))
    yield Fact("Stop", _time(session, session.ends_at))
    yield from _attendance(content)
    yield Fact("Type of service", f"{group.title} ({wording.kind(group.kind)})")
    yield Fact("Service code", session.service_code)
    yield Fact("Place of service", wording.place(session.place_of_service))
    yield Fact("Modality", wording.MODALITIES[session.modality])
    yield Fact("Participants", str(session.participants))


def _attendance(content: signed.SignedContent) -> Iterator[Fact]:
    attendance, session = content.attendance, content.session
    length = (session.ends_at - session.starts_at) // timedelta(minutes=1)
    yield Fact("Attendance", wording.ATTENDANCE[attendance.status])
    yield Fact("Client arrived", _time(session, attendance.arrived_at or session.starts_at))
    yield Fact("Client left", _time(session, attendance.departed_at or session.ends_at))
    yield Fact("Minutes attended", f"{attendance.minutes} of {length}")


def _time(session: signed.Session, moment: datetime) -> str:
    """Give a time of the session on the practice's clock, with its day where that is another."""
    local = moment.astimezone(ZoneInfo(session.time_zone))
    after = "" if local.date() == session.date else f" on {wording.day(local)}"
    return wording.clock(local) + after


def _facilitator(person: signed.Facilitator) -> Facilitator:
    return Facilitator(
        name=_titled(person.name, person.credentials),
        role=wording.FACILITATORS[person.role],
        licence=person.licence or _NONE,
        npi=person.npi or _NONE,
    )


def _shared(section: signed.GroupSection) -> Iterator[Passage]:
    yield Passage("Topic", section.topic)
    yield Passage("Interventions", "; ".join(section.interventions))
    yield Passage("Other interventions", section.interventions_other)
    yield Passage("Group process", section.dynamics)
    yield Passage("Plan for the group", section.plan)


def _individual(section: signed.IndividualSection) -> Iterator[Passage]:
    qualities = ", ".join(quality.value for quality in section.engagement_qualities)
    level = wording.ENGAGEMENT[section.engagement_level]
    yield Passage("Engagement", f"{level} ({qualities})" if qualities else level)
    yield Passage("Response to the group", section.response)
    yield Passage("The group's response to the client", section.group_response)
    yield Passage("Risk to self or others", wording.RISKS[section.risk_level])
    yield Passage("Action taken on risk", section.risk_action)
    yield Passage("Plan", section.plan)


def _progress(one: signed.Progress) -> Progress:
    return Progress(
        goal=one.goal,
        objective=one.objective,
        rating=wording.NOT_ADDRESSED if one.rating is None else wording.RATINGS[one.rating],
        evidence=one.evidence,
    )


def _entry(added: Added) -> Entry:
    entry = added.content
    return Entry(
        title=f"{entry.kind.label} of {wording.day(_local(entry).date())}",
        passages=(Passage("Reason", entry.reason), Passage("Text", entry.text)),
        signature=_signature(entry.signature, entry.time_zone, added.digest, added.key),
        review=_review(added.review),
    )


def _review(review: Reviewed | None) -> Signature | None:
    if review is None:
        return None
    content = review.content
    return _signature(content.signature, content.time_zone, review.digest, review.key)


def _late(late: signed.Lateness | None) -> tuple[Fact, ...]:
    if late is None:
        return ()
    days, limit = late.business_days, late.limit
    return (Fact("Late entry", f"Signed {days} business days after the session (limit {limit})"),)


def _local(entry: SignedEntry) -> datetime:
    return entry.signature.signed_at.astimezone(ZoneInfo(entry.time_zone))


def _signature(
    signature: signed.Signature,
    zone: str,
    digest: str,
    key: str,
    more: tuple[Fact, ...] = (),
) -> Signature:
    local = signature.signed_at.astimezone(ZoneInfo(zone))
    return Signature(
        signer=_titled(signature.name, signature.credentials),
        signed_at=signature.signed_at,
        facts=(
            Fact("Role", signature.role.capitalize()),
            Fact("License", signature.licence or _NONE),
            Fact("NPI", signature.npi or _NONE),
            Fact("Signed", f"{wording.exact(local)} ({signature.signed_at:%Y-%m-%dT%H:%M:%SZ})"),
            *more,
            Fact("Meaning", wording.MEANINGS[signature.meaning]),
            Fact("Key", key),
        ),
        digest=digest,
    )


def _titled(name: str, credentials: str) -> str:
    return f"{name}, {credentials}" if credentials else name
