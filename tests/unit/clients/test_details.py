"""What is wrong with a client's details."""

from __future__ import annotations

import dataclasses
import datetime as dt

from groupnotes.clients.details import ClientDetails, problems

TODAY = dt.date(2026, 3, 4)
SOUND = ClientDetails(first_name="Ana", last_name="Alvarez", birth_date=TODAY, mrn="1")


class TestProblems:
    def test_sound_details_have_none(self) -> None:
        covered = dataclasses.replace(SOUND, payer="Aetna", member_id="W1")

        assert problems(SOUND, today=TODAY) == {}
        assert problems(covered, today=TODAY) == {}

    def test_nobody_is_born_tomorrow(self) -> None:
        unborn = dataclasses.replace(SOUND, birth_date=TODAY + dt.timedelta(days=1))

        assert set(problems(unborn, today=TODAY)) == {"birth_date"}

    def test_payer_and_member_id_go_together(self) -> None:
        nameless = dataclasses.replace(SOUND, member_id="W1")
        numberless = dataclasses.replace(SOUND, payer="Aetna")

        assert set(problems(nameless, today=TODAY)) == {"payer"}
        assert set(problems(numberless, today=TODAY)) == {"member_id"}
