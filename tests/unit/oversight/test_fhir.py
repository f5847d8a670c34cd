"""Events as FHIR R4 AuditEvent: what the standard asks for, and nothing of a client but an id."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from typing import Any, cast

import pytest

from groupnotes.accounts.details import StaffLine
from groupnotes.audit.tags import UNDER_EMERGENCY, Outcome, Tag
from groupnotes.core.actor import Role
from groupnotes.oversight.events import EventLine
from groupnotes.oversight.fhir import audit_event, bundle

AT = dt.datetime(2026, 3, 3, 22, 0, 0, 123456, tzinfo=dt.UTC)
FIONA = StaffLine(
    id=uuid.UUID(int=1),
    name="Fiona Frost",
    credentials="LCSW",
    roles=frozenset({Role.CLINICIAN}),
    active=True,
)
# hl7.org/fhir/R4/datatypes.html
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")


def line(**values: Any) -> EventLine:
    facts: dict[str, Any] = {
        "id": uuid.UUID(int=7),
        "at": AT,
        "tag": Tag.NOTE_READ.value,
        "outcome": Outcome.SUCCESS,
        "actor_id": FIONA.id,
        "actor": FIONA,
        "client_id": uuid.UUID(int=3),
        "object_type": "individual_notes",
        "object_id": uuid.UUID(int=4),
        "detail": None,
    }
    return EventLine(**facts | values)


class TestAnEmergency:
    def test_what_rests_on_one_says_for_which_purpose(self) -> None:
        purpose = [
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

        made = audit_event(line(detail=UNDER_EMERGENCY), "Riverside")

        assert made["purposeOfEvent"] == purpose
        [agent] = cast("list[dict[str, Any]]", made["agent"])
        assert agent["purposeOfUse"] == purpose

    def test_nothing_else_says_so(self) -> None:
        assert "BTG" not in json.dumps(audit_event(line(detail="altered"), "Riverside"))

    @pytest.mark.parametrize(
        ("tag", "action"),
        [
            (Tag.EMERGENCY_BEGIN, "E"),
            (Tag.EMERGENCY_END, "E"),
            (Tag.EMERGENCY_REVIEW, "E"),
            (Tag.EMERGENCY_READ, "R"),
        ],
    )
    def test_its_own_events_are_alerts(self, tag: Tag, action: str) -> None:
        made = audit_event(line(tag=tag.value), "Riverside")

        assert made["type"] == {
            "system": "http://dicom.nema.org/resources/ontology/DCM",
            "code": "110113",
            "display": "Security Alert",
        }
        assert made["action"] == action


class TestAnEvent:
    def test_it_says_who_opened_whose_note_and_when(self) -> None:
        assert audit_event(line(), "Riverside") == {
            "resourceType": "AuditEvent",
            "id": "00000000-0000-0000-0000-000000000007",
            "type": {
                "system": "http://dicom.nema.org/resources/ontology/DCM",
                "code": "110110",
                "display": "Patient Record",
            },
            "subtype": [{"system": "urn:groupnotes:audit-tag", "code": "note:read"}],
            "action": "R",
            "recorded": "2026-03-03T22:00:00.123Z",
            "outcome": "0",
            "agent": [
                {
                    "who": {
                        "type": "Practitioner",
                        "identifier": {
                            "system": "urn:ietf:rfc:3986",
                            "value": "urn:uuid:00000000-0000-0000-0000-000000000001",
                        },
                        "display": "Fiona Frost, LCSW",
                    },
                    "requestor": True,
                }
            ],
            "source": {"observer": {"display": "GroupNotes at Riverside"}},
            "entity": [
                {
                    "what": {
                        "type": "Patient",
                        "identifier": {
                            "system": "urn:ietf:rfc:3986",
                            "value": "urn:uuid:00000000-0000-0000-0000-000000000003",
                        },
                    },
                    "type": {
                        "system": "http://terminology.hl7.org/CodeSystem/audit-entity-type",
                        "code": "1",
                        "display": "Person",
                    },
                    "role": {
                        "system": "http://terminology.hl7.org/CodeSystem/object-role",
                        "code": "1",
                        "display": "Patient",
                    },
                },
                {
                    "what": {
                        "identifier": {
                            "system": "urn:ietf:rfc:3986",
                            "value": "urn:uuid:00000000-0000-0000-0000-000000000004",
                        }
                    },
                    "type": {
                        "system": "http://terminology.hl7.org/CodeSystem/audit-entity-type",
                        "code": "2",
                        "display": "System Object",
                    },
                    "role": {
                        "system": "http://terminology.hl7.org/CodeSystem/object-role",
                        "code": "4",
                        "display": "Domain Resource",
                    },
                    "name": "individual_notes",
                },
            ],
        }

    @pytest.mark.parametrize(
        ("tag", "action", "code"),
        [
            ("note:list", "R", "110110"),
            ("record:print", "R", "110110"),
            ("client:create", "C", "110110"),
            ("note:sign", "U", "110110"),
            ("account:sign-in", "E", "110114"),
            ("request:refused", "E", "110110"),
            ("audit:export", "R", "110101"),
            ("staff:edit", "U", "110113"),
            ("practice:edit", "U", "110100"),
        ],
    )
    def test_its_action_and_type_follow_from_the_tag(
        self, tag: str, action: str, code: str
    ) -> None:
        made: Any = audit_event(line(tag=tag), "Riverside")

        assert (made["action"], made["type"]["code"]) == (action, code)

    @pytest.mark.parametrize(
        ("outcome", "code"),
        [(Outcome.SUCCESS, "0"), (Outcome.REFUSED, "4"), (Outcome.FAILED, "8")],
    )
    def test_every_outcome_has_its_code(self, outcome: Outcome, code: str) -> None:
        assert audit_event(line(outcome=outcome), "Riverside")["outcome"] == code

    def test_what_is_not_known_is_left_out(self) -> None:
        bare = line(actor=None, actor_id=None, client_id=None, object_type=None, object_id=None)
        listed = line(client_id=None, object_id=None)

        made: Any = audit_event(bare, "Riverside")

        assert "entity" not in made
        assert made["agent"] == [{"who": {"display": "Nobody signed in"}, "requestor": True}]
        few: Any = audit_event(listed, "Riverside")
        assert len(few["entity"]) == 1
        assert "what" not in few["entity"][0]


class TestABundle:
    def test_it_holds_each_event_once(self) -> None:
        lines = [line(id=uuid.UUID(int=n)) for n in (3, 2, 1)]

        made: Any = bundle(lines, practice="Riverside", made_at=AT)

        urls = [entry["fullUrl"] for entry in made["entry"]]
        assert [entry["resource"]["id"] for entry in made["entry"]] == [
            str(uuid.UUID(int=3)),
            str(uuid.UUID(int=2)),
            str(uuid.UUID(int=1)),
        ]
        assert len(set(urls)) == 3
        assert all(uuid.UUID(url.removeprefix("urn:uuid:")) for url in urls)
        assert urls == [
            entry["fullUrl"]
            for entry in bundle(lines, practice="Elsewhere", made_at=AT)["entry"]  # type: ignore[attr-defined]
        ]
        assert (made["resourceType"], made["type"]) == ("Bundle", "collection")
        assert INSTANT.fullmatch(made["timestamp"])

    def test_nothing_in_it_is_empty(self) -> None:
        made = bundle([line(), line(client_id=None)], practice="Riverside", made_at=AT)

        text = json.dumps(made)
        assert not re.search(r'(null|""|\[\]|\{\})', text)
        assert ID.fullmatch(str(uuid.UUID(int=7)))
