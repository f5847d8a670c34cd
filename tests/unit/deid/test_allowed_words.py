"""A practice's own words: allowed ones pass, denied ones block, and a client's name goes first."""

import pytest

from groupnotes.deid import (
    Circumstances,
    Level,
    PracticeWords,
    Scope,
    check,
)
from tests.support.rosters import found_in, of_names

GROUP = of_names("Maria", "Pearl")


def within(
    *, allowed: tuple[str, ...] = (), denied: tuple[str, ...] = (), scope: Scope = Scope.SHARED
) -> Circumstances:
    return Circumstances(scope, PracticeWords(allowed, denied))


class TestAllowed:
    def test_what_is_for_review_passes(self) -> None:
        text = "then pearl stood by the door"

        assert [f.level for f in check(text, GROUP)] == [Level.REVIEW]
        assert check(text, GROUP, within(allowed=("Pearl stood",))) == []

    def test_a_stranger_passes(self) -> None:
        text = "Met in the Quillfeather room."

        assert check(text, GROUP, within(allowed=("quillfeather",))) == []

    def test_the_name_of_a_client_does_not(self) -> None:
        text = "Then Maria left the Maria room."

        assert len(check(text, GROUP, within(allowed=("Maria",)))) == 2


class TestDenied:
    @pytest.mark.parametrize("scope", list(Scope))
    @pytest.mark.parametrize("written", ["Ward Seven", "ward seven", "WARD-SEVEN", "Wárd Seven's"])
    def test_it_blocks_in_any_form(self, written: str, scope: Scope) -> None:
        (finding,) = check(f"moved to {written} today", GROUP, within(denied=("ward seven",)))

        assert finding.level is Level.BLOCK
        assert finding.rule == "practice.denied"

    def test_it_goes_over_what_is_allowed(self) -> None:
        both = within(allowed=("Ward Seven",), denied=("Ward Seven",))

        assert found_in("x Ward Seven", check("x Ward Seven", GROUP, both)) == ["Ward Seven"]
