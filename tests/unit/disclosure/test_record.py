"""A record says what a reviewer looks for, in words, and nothing of anyone else."""

from dataclasses import astuple
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given

from groupnotes.disclosure import wording
from groupnotes.disclosure.record import Fact, Passage, Record, record_of
from groupnotes.signing.content import (
    AttendedStatus,
    EngagementQuality,
    Facilitator,
    FacilitatorRole,
    Meaning,
    Modality,
    Progress,
    Rating,
    RiskLevel,
    SignedContent,
)
from tests.support.contents import contents
from tests.support.signed import ENCOUNTER, KEY, in_first_format, signed_content

DIGEST = "9b" * 32


def record(**parts: dict[str, Any]) -> Record:
    return record_of(signed_content(**parts), DIGEST, KEY)


def fact(facts: tuple[Fact, ...], label: str) -> str:
    (value,) = (one.value for one in facts if one.label == label)
    return value


def passage(passages: tuple[Passage, ...], label: str) -> str:
    (text,) = (one.text for one in passages if one.label == label)
    return text


def words(value: Any) -> list[str]:
    """Every text in a record, however deep."""
    if isinstance(value, tuple):
        return [word for inner in value for word in words(inner)]
    return [str(value)]


class TestHeader:
    def test_each_page_can_name_the_client_the_number_and_the_day(self) -> None:
        made = record()

        assert made.client_name == "Rivera, Ana Sofía"
        assert made.client_id == "MRN RV-10442"
        assert made.date_of_service == "March 4, 2025"

    def test_the_encounter_is_the_clients_own(self) -> None:
        assert record().encounter == ENCOUNTER


class TestClient:
    def test_it_gives_the_legal_name_and_the_identifiers(self) -> None:
        assert record().client == (
            Fact("Legal name", "Ana Sofía Rivera"),
            Fact("Date of birth", "July 23, 1991"),
            Fact("MRN", "RV-10442"),
            Fact("Payer", "Harborview Health Plan"),
            Fact("Member ID", "HHP 4471 9920 01"),
        )

    def test_it_says_so_when_there_is_no_coverage(self) -> None:
        client = record(client={"coverage": None}).client

        assert fact(client, "Payer") == "None on file"
        assert "Member ID" not in {one.label for one in client}


class TestPractice:
    def test_it_is_named_with_address_phone_and_npi(self) -> None:
        practice = record().practice

        assert practice.name == "Riverbend Counseling Associates"
        assert practice.address == ("214 Alder Street, Suite 3", "Portland, OR 97204")
        assert practice.phone == "(503) 555-0142"
        assert practice.npi == "1234567893"

    def test_empty_lines_of_the_address_are_left_out(self) -> None:
        practice = record(practice={"street": "\r\n 1 Elm St \r\n\r\nFloor 2\r\n"}).practice

        assert practice.address == ("1 Elm St", "Floor 2", "Portland, OR 97204")

    def test_what_was_signed_in_the_first_format_reads_the_same(self) -> None:
        old = record_of(in_first_format(signed_content()), DIGEST, KEY)

        assert old == record()

    def test_it_says_so_when_there_is_no_npi(self) -> None:
        assert record(practice={"npi": None}).practice.npi == "None on file"


class TestService:
    def test_it_says_when_how_long_where_and_under_which_code(self) -> None:
        assert record().service == (
            Fact("Date of service", "March 4, 2025"),
            Fact("Start", "5:00 PM PST"),
            Fact("Stop", "6:30 PM PST"),
            Fact("Attendance", "Arrived late"),
            Fact("Client arrived", "5:12 PM PST"),
            Fact("Client left", "6:30 PM PST"),
            Fact("Minutes attended", "78 of 90"),
            Fact("Type of service", "DBT skills group (skills training group)"),
            Fact("Service code", "90853"),
            Fact("Place of service", "11 Office"),
            Fact("Modality", "In person"),
            Fact("Participants", "10"),
        )

    @pytest.mark.parametrize(
        ("zone", "starts", "shown"),
        [
            ("America/New_York", datetime(2025, 3, 5, 2, 0, tzinfo=UTC), "9:00 PM EST"),
            ("America/Phoenix", datetime(2025, 3, 4, 19, 0, tzinfo=UTC), "12:00 PM MST"),
            ("Pacific/Honolulu", datetime(2025, 3, 4, 10, 5, tzinfo=UTC), "12:05 AM HST"),
        ],
    )
    def test_times_are_on_the_practices_clock(
        self, zone: str, starts: datetime, shown: str
    ) -> None:
        service = record(
            session={"time_zone": zone, "starts_at": starts},
            attendance={"minutes": 1, "arrived_at": None},
        ).service

        assert fact(service, "Start") == shown

    def test_a_session_over_the_end_of_summer_time_shows_both_offsets(self) -> None:
        service = record(
            session={
                "date": date(2025, 11, 2),
                "starts_at": datetime(2025, 11, 2, 8, 30, tzinfo=UTC),
                "ends_at": datetime(2025, 11, 2, 9, 30, tzinfo=UTC),
            },
            attendance={"minutes": 60, "arrived_at": None},
        ).service

        assert fact(service, "Start") == "1:30 AM PDT"
        assert fact(service, "Stop") == "1:30 AM PST"
        assert fact(service, "Minutes attended") == "60 of 60"

    def test_a_stop_after_midnight_names_its_day(self) -> None:
        service = record(session={"ends_at": datetime(2025, 3, 5, 8, 30, tzinfo=UTC)}).service

        assert fact(service, "Stop") == "12:30 AM PST on March 5, 2025"

    def test_who_was_there_all_the_time_came_and_left_with_the_session(self) -> None:
        service = record(
            attendance={"status": AttendedStatus.PRESENT, "arrived_at": None, "minutes": 90}
        ).service

        assert fact(service, "Attendance") == "Present for the whole session"
        assert fact(service, "Client arrived") == fact(service, "Start")
        assert fact(service, "Client left") == fact(service, "Stop")

    def test_leaving_early_shows_when(self) -> None:
        service = record(
            attendance={
                "status": AttendedStatus.LEFT_EARLY,
                "arrived_at": None,
                "departed_at": datetime(2025, 3, 5, 1, 45, tzinfo=UTC),
                "minutes": 45,
            }
        ).service

        assert fact(service, "Attendance") == "Left early"
        assert fact(service, "Client left") == "5:45 PM PST"
        assert fact(service, "Minutes attended") == "45 of 90"

    @pytest.mark.parametrize(
        ("code", "shown"),
        [
            ("10", "10 Telehealth provided in patient's home"),
            ("53", "53 Community mental health center"),
            ("57", "57 Non-residential substance abuse treatment facility"),
            ("98", "98"),
        ],
    )
    def test_a_place_of_service_is_named_where_cms_names_it(self, code: str, shown: str) -> None:
        assert fact(record(session={"place_of_service": code}).service, "Place of service") == shown

    @pytest.mark.parametrize(
        ("modality", "shown"),
        [
            (Modality.VIDEO, "Telehealth, audio and video"),
            (Modality.AUDIO, "Telehealth, audio only"),
        ],
    )
    def test_telehealth_says_which(self, modality: Modality, shown: str) -> None:
        assert fact(record(session={"modality": modality}).service, "Modality") == shown

    def test_a_kind_of_group_that_is_new_goes_by_its_code(self) -> None:
        service = record(group={"kind": "art-therapy", "title": "Studio"}).service

        assert fact(service, "Type of service") == "Studio (art therapy)"


class TestFacilitators:
    def test_each_has_credentials_role_licence_and_npi(self) -> None:
        lead, co = record().facilitators

        assert astuple(lead) == (
            "Maya Lindqvist, LCSW",
            "Lead facilitator",
            "OR L7741",
            "1669402937",
        )
        assert astuple(co) == (
            "Theo Adeyemi, MA, QMHP",
            "Co-facilitator",
            "None on file",
            "None on file",
        )

    def test_a_name_without_credentials_stands_alone(self) -> None:
        person = Facilitator(
            name="Theo Adeyemi", credentials="", licence="", npi="", role=FacilitatorRole.CO
        )
        content = signed_content()
        object.__setattr__(content, "facilitators", (person,))

        (only,) = record_of(content, DIGEST, KEY).facilitators

        assert only.name == "Theo Adeyemi"
        assert only.npi == "None on file"


class TestGroupSection:
    def test_it_holds_the_shared_text_as_typed(self) -> None:
        shared = record(shared={"dynamics": "one\r\n\r\n  two"}).shared

        assert [one.label for one in shared] == [
            "Topic",
            "Interventions",
            "Other interventions",
            "Group process",
            "Plan for the group",
        ]
        assert passage(shared, "Group process") == "one\r\n\r\n  two"
        assert (
            passage(shared, "Interventions")
            == "Skills teaching; Behavioral rehearsal; Homework review"
        )

    def test_an_empty_part_keeps_its_heading(self) -> None:
        shared = record(shared={"interventions": (), "interventions_other": "", "plan": ""}).shared

        assert passage(shared, "Interventions") == ""
        assert passage(shared, "Other interventions") == ""
        assert passage(shared, "Plan for the group") == ""


class TestIndividualSection:
    def test_it_holds_participation_responses_risk_and_plan(self) -> None:
        individual = record().individual

        assert passage(individual, "Engagement") == "Active (sharing, supportive)"
        assert passage(individual, "Response to the group").startswith("Ana described")
        assert passage(individual, "The group's response to the client").startswith("Members named")
        assert passage(individual, "Risk to self or others") == "Present"
        assert passage(individual, "Action taken on risk").startswith("Urges to self-harm")
        assert passage(individual, "Plan").startswith("Practice TIPP")

    def test_engagement_without_a_quality_is_its_level(self) -> None:
        individual = record(individual={"engagement_qualities": ()}).individual

        assert passage(individual, "Engagement") == "Active"

    def test_no_risk_is_said_and_not_left_out(self) -> None:
        individual = record(individual={"risk_level": RiskLevel.NONE, "risk_action": ""}).individual

        assert passage(individual, "Risk to self or others") == "None found"
        assert passage(individual, "Action taken on risk") == ""

    def test_diagnoses_come_with_their_codes(self) -> None:
        assert record().diagnoses == (
            Fact("F60.3", "Borderline personality disorder"),
            Fact("F33.1", "Major depressive disorder, recurrent, moderate"),
        )

    def test_each_objective_has_goal_rating_and_evidence(self) -> None:
        first, second = record().progress

        assert first.objective.startswith("Use one distress-tolerance skill")
        assert first.goal == "Respond to intense emotion without self-harm"
        assert first.rating == "Improving"
        assert first.evidence.startswith("Diary card")
        assert second.rating == "No change"

    def test_an_objective_without_a_rating_says_so(self) -> None:
        one = Progress(goal="g", objective="o", rating=None, evidence="")

        (only,) = record(individual={"progress": (one,)}).progress

        assert only.rating == "Not addressed in this session"


class TestSignature:
    def test_it_shows_name_time_and_meaning(self) -> None:
        signature = record().signature

        assert signature.signer == "Maya Lindqvist, LCSW"
        assert fact(signature.facts, "Signed") == (
            "March 4, 2025, 7:04:17 PM PST (2025-03-05T03:04:17Z)"
        )
        assert fact(signature.facts, "Meaning") == "Authorship: the signer wrote this note"
        assert fact(signature.facts, "Role") == "Facilitator"
        assert fact(signature.facts, "License") == "OR L7741"
        assert fact(signature.facts, "NPI") == "1669402937"

    def test_it_carries_the_whole_digest(self) -> None:
        assert record().signature.digest == DIGEST


class TestWords:
    @pytest.mark.parametrize(
        ("codes", "said"),
        [
            (Rating, wording.RATINGS),
            (AttendedStatus, wording.ATTENDANCE),
            (Modality, wording.MODALITIES),
            (FacilitatorRole, wording.FACILITATORS),
            (RiskLevel, wording.RISKS),
            (Meaning, wording.MEANINGS),
        ],
    )
    def test_every_code_that_can_be_signed_has_words_of_its_own(
        self, codes: Any, said: dict[Any, str]
    ) -> None:
        assert set(said) == set(codes)
        assert len(set(said.values())) == len(said)

    @pytest.mark.parametrize("quality", EngagementQuality)
    def test_a_quality_is_its_own_word(self, quality: EngagementQuality) -> None:
        individual = record(individual={"engagement_qualities": (quality,)}).individual

        assert passage(individual, "Engagement") == f"Active ({quality.value})"


class TestCompleteness:
    @given(contents())
    def test_whatever_can_be_signed_can_be_said(self, content: SignedContent) -> None:
        said = " ".join(words(astuple(record_of(content, DIGEST, KEY))))

        for typed in (
            content.shared.dynamics,
            content.individual.response,
            content.individual.plan,
            *(one.evidence for one in content.individual.progress),
            *(one.description for one in content.individual.diagnoses),
        ):
            assert typed in said

    def test_no_identifier_leaves_but_the_encounters(self) -> None:
        content = signed_content()

        said = words(astuple(record_of(content, DIGEST, KEY)))

        assert content.encounter in said
        assert str(content.client.id) not in said
        assert str(content.signature.signer_id) not in said
