"""Every tag of the log reads as words."""

from __future__ import annotations

import re

import pytest

from groupnotes.audit.tags import Tag
from groupnotes.audit.words import done, done_to


class TestATag:
    @pytest.mark.parametrize(
        ("tag", "words"),
        [
            ("note:read", "Note opened"),
            ("group-note:write", "Group note written"),
            ("client:caseload-edit", "Client caseload changed"),
            ("account:sign-in", "Account sign in"),
            ("audit:read", "Audit log opened"),
            ("emergency:begin", "Emergency access begun"),
            ("request:refused", "Request refused"),
            ("new:never-heard-of", "New never heard of"),
            ("bare", "Bare"),
        ],
    )
    def test_it_reads(self, tag: str, words: str) -> None:
        assert done(tag) == words

    @pytest.mark.parametrize("tag", Tag)
    def test_each_has_no_code_left_in_it(self, tag: Tag) -> None:
        words = done(tag).replace("co-signed", "signed")

        assert re.fullmatch(r"[A-Z][a-z]*( [a-z]+)+", words)

    @pytest.mark.parametrize(
        ("tag", "in_emergency", "words"),
        [
            ("note:read", True, "Note opened in an emergency access"),
            ("note:read", False, "Note opened"),
            ("emergency:begin", True, "Emergency access begun"),
        ],
    )
    def test_it_says_what_rests_on_an_emergency(
        self, tag: str, in_emergency: bool, words: str
    ) -> None:
        assert done_to(tag, in_emergency=in_emergency) == words
