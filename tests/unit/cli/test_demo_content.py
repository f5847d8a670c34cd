"""The demo practice holds together: people, plans, groups, sessions, at any hour it is made."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from groupnotes.cli.demo import demo_practice
from groupnotes.cli.demo.content import Client, DemoPractice, Group, Session
from groupnotes.cli.demo.source import read
from groupnotes.core.actor import Role
from groupnotes.groups.models import GroupKind
from groupnotes.notes.vocabulary import EngagementLevel, EngagementQuality, Rating, RiskLevel
from groupnotes.sessions.attendance import AttendanceStatus

ZONE = ZoneInfo("America/New_York")
NOON = datetime(2026, 2, 4, 12, 0, tzinfo=ZONE)


@pytest.fixture(scope="module", name="demo")
def _demo() -> DemoPractice:
    return demo_practice(NOON)


def telling_moments() -> Iterator[datetime]:
    """Give moments of every weekday and hour, and of both changes of the clock."""
    monday = datetime(2026, 6, 1, 0, 10, tzinfo=ZONE)
    yield from (monday + timedelta(hours=3, minutes=35) * step for step in range(49))
    for clock_changes in (
        datetime(2026, 3, 8, 4, tzinfo=UTC),
        datetime(2026, 11, 1, 3, tzinfo=UTC),
    ):
        yield from (clock_changes + timedelta(minutes=50) * step for step in range(12))


def past(group: Group) -> tuple[Session, ...]:
    return tuple(session for session in group.sessions if session.group_note is not None)


def client_of(demo: DemoPractice, key: str) -> Client:
    return next(client for client in demo.clients if client.key == key)


def group_of(demo: DemoPractice, key: str) -> Group:
    return next(group for group in demo.groups if group.key == key)


def passes_check_digit(npi: str) -> bool:
    """Say whether a National Provider Identifier passes the Luhn check with its 80840 prefix."""
    digits = [int(digit) for digit in reversed("80840" + npi)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0


class TestPeople:
    def test_they_are_as_many_as_the_practice_says(self, demo: DemoPractice) -> None:
        sizes = {g.key: len({entry.client for entry in g.enrolments}) for g in demo.groups}

        assert len(demo.clients) == 24
        assert sizes == {"dbt": 10, "relapse": 8, "grief": 6}

    def test_every_role_has_somebody(self, demo: DemoPractice) -> None:
        assert {Role(role) for person in demo.staff for role in person.roles} == set(Role)

    def test_one_signs_clinical_notes_alone_one_only_facilitates(self, demo: DemoPractice) -> None:
        roles = {person.key: set(person.roles) for person in demo.staff}
        facilitating = {entry.staff for group in demo.groups for entry in group.facilitators}

        assert {"facilitator", "clinician"} <= roles["ines"]
        assert roles["declan"] == {"facilitator"}
        assert roles["noor"] == {"clinician"}
        assert "noor" not in facilitating
        assert any("noor" in client.clinicians for client in demo.clients)

    def test_the_lead_of_a_group_cares_for_everyone_in_it(self, demo: DemoPractice) -> None:
        for group in demo.groups:
            lead = next(entry.staff for entry in group.facilitators if entry.part == "lead")

            for entry in group.enrolments:
                assert lead in client_of(demo, entry.client).clinicians

    def test_a_supervisor_supervises_somebody_else(self, demo: DemoPractice) -> None:
        supervisors = {person.key for person in demo.staff if "supervisor" in person.roles}
        keys = {person.key for person in demo.staff}

        assert demo.supervisions
        for pair in demo.supervisions:
            assert pair.supervisor in supervisors
            assert pair.supervisee in keys - supervisors

    def test_nobody_shares_a_number_or_an_address(self, demo: DemoPractice) -> None:
        for attribute in ("key", "mrn", "phone", "email", "address"):
            values = Counter(getattr(client, attribute) for client in demo.clients)
            assert max(values.values()) == 1, attribute
        sign_in_names = {person.sign_in_name for person in demo.staff}
        assert len(sign_in_names) == len(demo.staff)
        assert len({client.coverage.member_id for client in demo.clients}) == len(demo.clients)

    def test_names_meet_every_trap_of_the_check_for_names(self, demo: DemoPractice) -> None:
        names = {name for client in demo.clients for name in client.names}
        first_names = Counter(client.first_name for client in demo.clients)

        assert {"Grace", "Hope", "Will"} <= names
        assert any("-" in name for name in names)
        assert any("'" in name for name in names)
        assert any(not name.isascii() for name in names)
        assert any(name.startswith(("van ", "de ", "al-")) for name in names)
        assert first_names["Daniel"] == 2

    def test_contact_data_is_of_nobody(self, demo: DemoPractice) -> None:
        phones = [demo.practice.phone, *(client.phone for client in demo.clients)]
        mail = [person.sign_in_name for person in demo.staff]
        mail += [client.email for client in demo.clients]

        assert all(re.fullmatch(r"518-555-01\d\d", phone) for phone in phones)
        assert all(address.endswith("@example.org") and address.isascii() for address in mail)
        assert {client.address.zip_code for client in demo.clients} == {"12000"}

    def test_provider_numbers_are_well_formed_and_not_yet_given_out(
        self, demo: DemoPractice
    ) -> None:
        npis = [demo.practice.npi, *(person.npi for person in demo.staff if person.npi)]

        assert len(set(npis)) == len(npis)
        assert all(passes_check_digit(npi) and npi.startswith("2000000") for npi in npis)


class TestPlans:
    def test_diagnoses_are_leaf_shaped_codes_with_a_description(self, demo: DemoPractice) -> None:
        for client in demo.clients:
            assert client.diagnoses
            for diagnosis in client.diagnoses:
                assert re.fullmatch(r"[A-Z]\d[\dA-Z]\.[\dA-Z]{1,4}", diagnosis.code)
                assert diagnosis.description
                assert diagnosis.onset_on < client.plan.effective_on

    def test_a_code_has_one_description(self, demo: DemoPractice) -> None:
        pairs = {(entry.code, entry.description) for c in demo.clients for entry in c.diagnoses}

        assert len({code for code, _ in pairs}) == len(pairs)

    def test_each_plan_measures_two_or_three_objectives(self, demo: DemoPractice) -> None:
        for client in demo.clients:
            objectives = client.plan.objectives

            assert len({objective.key for objective in objectives}) == len(objectives)
            assert 2 <= len(objectives) <= 3
            assert all(objective.text and objective.target for objective in objectives)
            listed = {diagnosis.code for diagnosis in client.diagnoses}
            assert all(set(problem.diagnoses) <= listed for problem in client.plan.problems)

    def test_a_plan_prescribes_the_group_its_client_attends(self, demo: DemoPractice) -> None:
        for group in demo.groups:
            for entry in group.enrolments:
                (service,) = client_of(demo, entry.client).plan.services

                assert service.group == group.key
                assert service.service_code == group.service_code
                assert service.minutes == group.minutes

    def test_a_plan_is_in_force_at_every_session(self, demo: DemoPractice) -> None:
        for group in demo.groups:
            for entry in group.enrolments:
                plan = client_of(demo, entry.client).plan

                assert plan.effective_on <= entry.since
                assert plan.signed_at.astimezone(ZONE).date() == plan.effective_on
                assert plan.review_on > NOON.date()
                assert all(objective.target_on <= plan.review_on for objective in plan.objectives)


class TestSessions:
    def test_eight_weeks_are_documented_and_one_session_waits(self, demo: DemoPractice) -> None:
        assert all(len(past(group)) == 8 for group in demo.groups)
        (waiting,) = [s for group in demo.groups for s in group.sessions if s.group_note is None]
        assert waiting.starts_at.astimezone(ZONE).date() == NOON.date()
        assert waiting.attendance == ()
        assert waiting.notes == ()

    def test_attendance_lists_everyone_enrolled_that_day_once(self, demo: DemoPractice) -> None:
        for group in demo.groups:
            for session in past(group):
                day = session.starts_at.astimezone(ZONE).date()
                enrolled = [entry.client for entry in group.enrolments if entry.covers(day)]

                assert [record.client for record in session.attendance] == enrolled
                assert len(set(enrolled)) == len(enrolled)

    def test_notes_are_of_those_who_attended_by_the_lead(self, demo: DemoPractice) -> None:
        for group in demo.groups:
            lead = next(entry.staff for entry in group.facilitators if entry.part == "lead")
            for session in past(group):
                attended = [record.client for record in session.attendance if record.attended]

                assert [note.client for note in session.notes] == attended
                assert {note.author for note in session.notes} == {lead}

    def test_every_written_note_is_used(self, demo: DemoPractice) -> None:
        for group in demo.groups:
            written = read(f"{group.key}_notes")
            used = sum(len(session.notes) for session in past(group))

            assert used == sum(len(weeks) for weeks in written.values())

    def test_every_exception_to_attendance_is_used(self, demo: DemoPractice) -> None:
        for group in demo.groups:
            for session, source in zip(past(group), read(group.key)["sessions"], strict=True):
                told = [source.get(kind, {}) for kind in ("absent", "late", "left_early")]
                exceptional = [r.client for r in session.attendance if r.status != "present"]

                assert sorted(exceptional) == sorted(client for kind in told for client in kind)

    def test_every_kind_of_attendance_occurs_with_its_times(self, demo: DemoPractice) -> None:
        kinds = set()
        for group in demo.groups:
            for session in past(group):
                for record in session.attendance:
                    kinds.add(AttendanceStatus(record.status))
                    times = (record.arrived_at is not None, record.departed_at is not None)
                    assert times == (record.status == "late", record.status == "left_early")
                    for moment in filter(None, (record.arrived_at, record.departed_at)):
                        assert session.starts_at < moment < session.stops_at

        assert kinds == set(AttendanceStatus)

    def test_one_joined_midway_and_one_left_and_came_back(self, demo: DemoPractice) -> None:
        dbt, relapse = group_of(demo, "dbt"), group_of(demo, "relapse")
        joined = [entry for entry in dbt.enrolments if entry.since > dbt.first_on]
        first, second = (entry for entry in relapse.enrolments if entry.client == "yusuf")

        assert [entry.client for entry in joined] == ["tanya"]
        assert first.until is not None
        assert first.until < second.since
        assert second.until is None

    def test_notes_use_the_words_of_the_product(self, demo: DemoPractice) -> None:
        listed = {intervention.name for intervention in demo.interventions}
        for group in demo.groups:
            GroupKind(group.kind)
            for session in past(group):
                assert session.group_note is not None
                assert set(session.group_note.interventions) <= listed
                for note in session.notes:
                    EngagementLevel(note.engagement_level)
                    RiskLevel(note.risk_level)
                    assert [EngagementQuality(quality) for quality in note.engagement_qualities]
                    assert [Rating(entry.rating) for entry in note.progress]

    def test_notes_rest_on_their_client_s_own_chart(self, demo: DemoPractice) -> None:
        for group in demo.groups:
            for note in (note for session in past(group) for note in session.notes):
                client = client_of(demo, note.client)
                keys = {objective.key for objective in client.plan.objectives}

                assert {entry.objective for entry in note.progress} <= keys
                assert set(note.diagnoses) <= {entry.code for entry in client.diagnoses}
                assert note.diagnoses
                assert note.response
                assert note.group_response
                assert note.plan

    def test_a_risk_has_the_action_taken(self, demo: DemoPractice) -> None:
        notes = [n for group in demo.groups for session in past(group) for n in session.notes]

        assert all((note.risk_level == "present") == bool(note.risk_action) for note in notes)
        assert {note.client for note in notes if note.risk_action} == {"grace", "leilani"}

    def test_an_objective_is_achieved_before_it_is_sustained(self, demo: DemoPractice) -> None:
        for group in demo.groups:
            ratings: dict[tuple[str, str], list[str]] = {}
            for note in (note for session in past(group) for note in session.notes):
                for entry in note.progress:
                    ratings.setdefault((note.client, entry.objective), []).append(entry.rating)

            assert all(given[0] != "sustaining" for given in ratings.values())
            assert all(
                set(given[given.index("achieved") + 1 :]) <= {"sustaining"}
                for given in ratings.values()
                if "achieved" in given
            )


class TestTime:
    def test_the_same_moment_gives_the_same_practice(self) -> None:
        assert demo_practice(NOON) == demo_practice(NOON.astimezone(UTC))

    def test_a_later_day_moves_everything_but_birthdays(self, demo: DemoPractice) -> None:
        later = demo_practice(NOON + timedelta(weeks=4))

        for before, after in zip(demo.clients, later.clients, strict=True):
            assert before.born_on == after.born_on
            assert after.plan.effective_on - before.plan.effective_on == timedelta(weeks=4)
        for before_group, after_group in zip(demo.groups, later.groups, strict=True):
            assert after_group.first_on - before_group.first_on == timedelta(weeks=4)

    @pytest.mark.parametrize(
        ("clock", "day", "starts", "stops"),
        [
            ("2026-02-04T12:00", date(2026, 2, 4), "09:00", "10:30"),
            ("2026-02-04T11:00", date(2026, 2, 4), "09:00", "10:30"),
            ("2026-02-04T10:59", date(2026, 2, 4), "08:30", "10:00"),
            ("2026-02-04T07:05", date(2026, 2, 4), "05:00", "06:30"),
            ("2026-02-04T02:30", date(2026, 2, 4), "00:30", "02:00"),
            ("2026-02-04T02:29", date(2026, 2, 3), "18:00", "19:30"),
            ("2026-02-04T00:00", date(2026, 2, 3), "18:00", "19:30"),
        ],
    )
    def test_the_waiting_session_follows_the_clock(
        self, clock: str, day: date, starts: str, stops: str
    ) -> None:
        now = datetime.fromisoformat(clock).replace(tzinfo=ZONE)

        waiting = group_of(demo_practice(now), "dbt").sessions[-1]

        begins, ends = (at.astimezone(ZONE) for at in (waiting.starts_at, waiting.stops_at))
        assert begins.date() == ends.date() == day
        assert (f"{begins:%H:%M}", f"{ends:%H:%M}") == (starts, stops)

    def test_at_any_hour_all_is_over_signed_in_time_and_not_on_a_weekend(self) -> None:
        for now in telling_moments():
            demo = demo_practice(now)
            for group in demo.groups:
                _assert_past(group, now)
            _assert_days(demo)


def _assert_past(group: Group, now: datetime) -> None:
    for session in group.sessions:
        assert session.stops_at <= now - timedelta(minutes=30)
        assert session.stops_at - session.starts_at == timedelta(minutes=group.minutes)
        for note in session.notes:
            assert session.stops_at < note.signed_at < now
            assert note.signed_at - session.stops_at < timedelta(days=3)
            same_day = note.signed_at - session.stops_at < timedelta(hours=3)
            assert same_day or note.signed_at.astimezone(ZONE).weekday() < 5


def _assert_days(demo: DemoPractice) -> None:
    waiting = group_of(demo, "dbt").sessions[-1].starts_at.astimezone(ZONE)
    weekdays = {group.key: group.first_on.weekday() for group in demo.groups}

    assert weekdays["dbt"] == waiting.weekday()
    assert len(set(weekdays.values())) == 3
    assert weekdays["relapse"] < 5
    assert weekdays["grief"] < 5
