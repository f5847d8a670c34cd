"""The demo's notes read as written for one person each, and name nobody they must not."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from groupnotes.cli.demo import demo_practice
from groupnotes.cli.demo.content import (
    Client,
    DemoPractice,
    Group,
    GroupNote,
    IndividualNote,
    Session,
)
from groupnotes.deid import Person, Roster, check, others_of

NOON = datetime(2026, 2, 4, 12, 0, tzinfo=ZoneInfo("America/New_York"))
ONE_PERSON_PER_NOTE = 0.6
ONE_WEEK_PER_NOTE = 0.8
LABELS_IN_PLACE_OF_PEOPLE = re.compile(
    r"\b(addict|alcoholic|borderlines?|abuser|junkie|schizophrenic|bipolars|bulimics?|"
    r"the mentally ill|suffers? from|non-?compliant|manipulative|committed suicide|clean)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module", name="demo")
def _demo() -> DemoPractice:
    return demo_practice(NOON)


def sessions(demo: DemoPractice) -> Iterator[tuple[Group, Session, GroupNote]]:
    for group in demo.groups:
        for session in group.sessions:
            if session.group_note is not None:
                yield group, session, session.group_note


def fields_of(note: IndividualNote) -> list[str]:
    evidence = [entry.evidence for entry in note.progress]
    texts = [note.response, note.group_response, *evidence, note.risk_action, note.plan]
    return [text for text in texts if text]


def shared_fields_of(note: GroupNote) -> list[str]:
    return [note.topic, note.interventions_other, note.dynamics, note.plan]


def chart_of(client: Client) -> Iterator[str]:
    yield from (diagnosis.description for diagnosis in client.diagnoses)
    for problem in client.plan.problems:
        yield problem.text
        for goal in problem.goals:
            yield goal.text
            for objective in goal.objectives:
                yield from (objective.text, objective.target)


def sentences(texts: list[str]) -> Iterator[str]:
    for text in texts:
        for sentence in re.split(r"(?<=[.?!])\s+", text):
            yield " ".join(re.findall(r"\w+", sentence.casefold()))


def trigrams(texts: list[str]) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(texts).casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


def containment(one: list[str], other: list[str]) -> float:
    """How much of the shorter text's word triples the other text has too, from 0 to 1."""
    first, second = trigrams(one), trigrams(other)
    return len(first & second) / min(len(first), len(second))


def roster_of(demo: DemoPractice, group: Group) -> tuple[Roster, dict[str, UUID]]:
    clients = [c for c in demo.clients if c.key in {entry.client for entry in group.enrolments}]
    ids = {client.key: UUID(int=number) for number, client in enumerate(clients, start=1)}
    return Roster(tuple(_person(client, ids[client.key]) for client in clients)), ids


def _person(client: Client, person_id: UUID) -> Person:
    return Person(
        person_id,
        client.first_name,
        client.last_name,
        client.preferred_name or "",
        client.aliases,
    )


class TestNames:
    def test_no_group_note_names_a_member(self, demo: DemoPractice) -> None:
        for group, _, note in sessions(demo):
            roster, _ = roster_of(demo, group)

            assert [text for text in shared_fields_of(note) if check(text, roster)] == []

    def test_no_individual_note_names_another_member(self, demo: DemoPractice) -> None:
        for group, session, _ in sessions(demo):
            roster, ids = roster_of(demo, group)
            for note in session.notes:
                others = others_of(roster, ids[note.client])

                assert [text for text in fields_of(note) if check(text, others)] == []

    def test_no_chart_and_no_groups_name_names_a_member(self, demo: DemoPractice) -> None:
        for group in demo.groups:
            roster, ids = roster_of(demo, group)
            assert check(group.name, roster) == []
            for client in demo.clients:
                if client.key in ids:
                    others = others_of(roster, ids[client.key])
                    assert all(check(text, others) == [] for text in chart_of(client))

    def test_notes_name_no_staff(self, demo: DemoPractice) -> None:
        names = {name for person in demo.staff for name in (person.first_name, person.last_name)}
        for _, session, note in sessions(demo):
            texts = shared_fields_of(note) + [t for n in session.notes for t in fields_of(n)]

            assert names.isdisjoint(re.findall(r"\w+", " ".join(texts)))

    def test_only_birthdays_are_dates_in_the_content(self, demo: DemoPractice) -> None:
        written = re.compile(r"\b(19|20)\d\d\b|\b\d{1,2}/\d{1,2}/\d")
        for _, session, note in sessions(demo):
            texts = shared_fields_of(note) + [t for n in session.notes for t in fields_of(n)]

            assert [text for text in texts if written.search(text)] == []


class TestIndividualNotes:
    def test_no_two_notes_share_a_sentence(self, demo: DemoPractice) -> None:
        counted: Counter[str] = Counter()
        for _, session, note in sessions(demo):
            counted.update(set(sentences(shared_fields_of(note))))
            for own in session.notes:
                counted.update(set(sentences(fields_of(own))))

        assert [sentence for sentence, times in counted.items() if times > 1] == []

    def test_notes_of_one_session_differ_from_each_other(self, demo: DemoPractice) -> None:
        for _, session, _ in sessions(demo):
            for one, other in combinations(session.notes, 2):
                assert containment(fields_of(one), fields_of(other)) < ONE_PERSON_PER_NOTE

    def test_a_client_s_note_differs_from_their_last_three(self, demo: DemoPractice) -> None:
        written: dict[str, list[list[str]]] = {}
        for _, session, _ in sessions(demo):
            for note in session.notes:
                earlier = written.setdefault(note.client, [])
                for text in earlier[-3:]:
                    assert containment(fields_of(note), text) < ONE_WEEK_PER_NOTE
                earlier.append(fields_of(note))

    def test_an_individual_note_does_not_repeat_the_group_note(self, demo: DemoPractice) -> None:
        for _, session, note in sessions(demo):
            for own in session.notes:
                assert containment(fields_of(own), shared_fields_of(note)) < ONE_PERSON_PER_NOTE

    def test_a_note_has_enough_to_say(self, demo: DemoPractice) -> None:
        for _, session, _ in sessions(demo):
            for note in session.notes:
                assert 60 <= len(" ".join(fields_of(note)).split()) <= 160

    def test_people_come_before_their_conditions(self, demo: DemoPractice) -> None:
        for _, session, note in sessions(demo):
            texts = shared_fields_of(note) + [t for n in session.notes for t in fields_of(n)]

            assert [text for text in texts if LABELS_IN_PLACE_OF_PEOPLE.search(text)] == []


class TestGroupNotes:
    def test_every_week_has_its_own_topic(self, demo: DemoPractice) -> None:
        topics = [note.topic for _, _, note in sessions(demo)]

        assert len(set(topics)) == len(topics)

    def test_they_are_of_therapy_only(self, demo: DemoPractice) -> None:
        social = {entry.name for entry in demo.interventions if not entry.therapeutic}

        assert social
        assert all(social.isdisjoint(note.interventions) for _, _, note in sessions(demo))

    def test_each_intervention_is_used_somewhere(self, demo: DemoPractice) -> None:
        therapeutic = {entry.name for entry in demo.interventions if entry.therapeutic}
        used = {name for _, _, note in sessions(demo) for name in note.interventions}

        assert used == therapeutic
