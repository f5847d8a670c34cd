"""Months and holidays on which something befell someone, days from one to another, and ages."""

import pytest

from groupnotes.deid import Category
from groupnotes.deid.circumstances import SHARED
from groupnotes.deid.findings import Finding
from groupnotes.deid.folding import fold
from groupnotes.deid.identifiers import identifiers_in
from tests.support.marks import unmarked


def identifiers(text: str) -> list[Finding]:
    return list(identifiers_in(text, fold(text), SHARED))


FOUND = [
    "He left the program in {August}.",
    "She completed treatment with us in {November}.",
    "They were evicted from the flat last {June}.",
    "She had her baby in {May}.",
    "He hit a guardrail in {January}.",
    "Dentures on order since {February}.",
    "He got out in {September} and called.",
    "Her uncle retired from the mine last {April}.",
    "He was diagnosed at the VA in {July}.",
    "She miscarried back in {October}.",
    "His dad died on {Christmas Eve}.",
    "He relapsed on {the 4th of July}.",
    "Last drink was {New Year's Day}.",
    "She was arrested on {Halloween}.",
    "Their son was born {Easter Sunday}.",
    "He was gone from {5/3} to {5/9}.",
    "Furlough between {6/28} and {7/4}.",
    "Her brother is coming {7-3}.",
    "Ruth, {96} this year, hummed along.",
    "At {98}, his great-aunt still farms.",
    "Ruben, {93} next week, laughed.",
    "At {ninety-three} she still sings.",
]

LEFT_ALONE = [
    "The group moved online in March.",
    "The class completed module two in October.",
    "Members lost funding for the van in June.",
    "Many people quit in January and start again.",
    "Easter crafts, Halloween candy and the Fourth of July were triggers.",
    "Christmas is hard for most members.",
    "The group was sober on Christmas.",
    "Scores moved from 9/27 to 4/27 on the scale.",
    "Craving fell from 7/10 to 3/10.",
    "Suboxone as ordered (8/2 mg BID).",
    "Melatonin was given @ 2040. Slept well.",
    "At 90 days each gets a chip.",
]


class TestEvents:
    @pytest.mark.parametrize("sentence", FOUND)
    def test_what_befell_someone_is_found(self, sentence: str) -> None:
        text, stretches = unmarked(sentence)

        found = identifiers(text)

        assert [text[one.start : one.end].removeprefix("the ") for one in found] == [
            one.removeprefix("the ") for one in stretches
        ]
        assert {one.category for one in found} <= {Category.DATE, Category.AGE90}

    @pytest.mark.parametrize("text", LEFT_ALONE)
    def test_what_a_group_does_is_left_alone(self, text: str) -> None:
        assert identifiers(text) == []
