"""Events of the audit log as FHIR R4 AuditEvent (hl7.org/fhir/R4/auditevent.html); pure.

A client is an identifier and nothing else, as in the log: a Patient resource would tell
whoever gets the file more than who looked.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from groupnotes.oversight.events import EventLine

_TYPES = "http://terminology.hl7.org/CodeSystem/audit-event-type"
_DICOM = "http://dicom.nema.org/resources/ontology/DCM"
_ROLES = "http://terminology.hl7.org/CodeSystem/object-role"
_KINDS = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
_TAGS = "urn:groupnotes:audit-tag"
_UUIDS = "urn:ietf:rfc:3986"
_EVENT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:groupnotes:audit-event")

_TYPE_OF = {  # of the subject of a tag; anything else is what one does with a record
    "account": (_DICOM, "110114", "User Authentication"),
    "audit": (_DICOM, "110101", "Audit Log Used"),
    "emergency": (_DICOM, "110113", "Security Alert"),
    "practice": (_DICOM, "110100", "Application Activity"),
    "staff": (_DICOM, "110113", "Security Alert"),
}
_RECORD = (_DICOM, "110110", "Patient Record")
_ACTION_OF = {"read": "R", "list": "R", "print": "R", "export": "R", "create": "C"}
_CHANGING = "U"
# Why it was done, where that was an emergency access.
_BREAK_THE_GLASS = [
    {
        "coding": [
            {
                "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
                "code": "BTG",
                "display": "break the glass",
            }
        ]
    }
]
_EXECUTING = "E"  # neither reads nor changes a record: signing in, being refused
_OUTCOME_OF = {"success": "0", "refused": "4", "failed": "8"}


def bundle(lines: Iterable[EventLine], *, practice: str, made_at: dt.datetime) -> dict[str, object]:
    """Return the events as one Bundle, in the order given."""
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": _instant(made_at),
        "entry": [
            {
                "fullUrl": f"urn:uuid:{uuid.uuid5(_EVENT, str(line.id))}",
                "resource": audit_event(line, practice),
            }
            for line in lines
        ],
    }


def audit_event(line: EventLine, practice: str) -> dict[str, object]:
    """Return one event as an AuditEvent."""
    subject, _, action = line.tag.partition(":")
    system, code, display = _TYPE_OF.get(subject, _RECORD)
    made: dict[str, object] = {
        "resourceType": "AuditEvent",
        "id": str(line.id),
        "type": {"system": system, "code": code, "display": display},
        "subtype": [{"system": _TAGS, "code": line.tag}],
        "action": _action(subject, action),
        "recorded": _instant(line.at),
        "outcome": _OUTCOME_OF[line.outcome.value],
        "agent": [_agent(line)],
        "source": {"observer": {"display": f"GroupNotes at {practice}"}},
    }
    if line.under_emergency:
        made["purposeOfEvent"] = _BREAK_THE_GLASS
    entities = list(_entities(line))
    return made | ({"entity": entities} if entities else {})


def _action(subject: str, action: str) -> str:
    if subject in {"account", "emergency", "request"} and action != "read":
        return _EXECUTING
    return _ACTION_OF.get(action, _CHANGING)


def _agent(line: EventLine) -> dict[str, object]:
    who: dict[str, object] = {"display": line.who}
    if line.actor_id is not None:
        who |= {"type": "Practitioner", "identifier": _identifier(line.actor_id)}
    purpose = {"purposeOfUse": _BREAK_THE_GLASS} if line.under_emergency else {}
    return {"who": who, "requestor": True, **purpose}


def _entities(line: EventLine) -> Iterable[dict[str, object]]:
    if line.client_id is not None:
        yield {
            "what": {"type": "Patient", "identifier": _identifier(line.client_id)},
            "type": {"system": _KINDS, "code": "1", "display": "Person"},
            "role": {"system": _ROLES, "code": "1", "display": "Patient"},
        }
    if line.object_type is not None:
        what = {"what": {"identifier": _identifier(line.object_id)}} if line.object_id else {}
        yield {
            **what,
            "type": {"system": _KINDS, "code": "2", "display": "System Object"},
            "role": {"system": _ROLES, "code": "4", "display": "Domain Resource"},
            "name": line.object_type,
        }


def _identifier(value: uuid.UUID) -> dict[str, str]:
    return {"system": _UUIDS, "value": f"urn:uuid:{value}"}


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
