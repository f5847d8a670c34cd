"""Service codes and places of service."""

from __future__ import annotations

import pytest

from groupnotes.groups import codes


class TestAServiceCode:
    @pytest.mark.parametrize(
        ("typed", "written"),
        [
            ("90853", "90853"),
            (" h0005 ", "H0005"),
            ("H0004 hq", "H0004-HQ"),
            ("90853-95", "90853-95"),
            ("h2017, hq 59", "H2017-HQ-59"),
        ],
    )
    def test_it_is_written_one_way(self, typed: str, written: str) -> None:
        assert codes.service_code(typed) == written
        assert codes.problems(written, "11") == {}

    @pytest.mark.parametrize(
        "wrong", ["", "9085", "908530", "HH005", "Z0005", "90853-9", "90853-95-HQ-59", "Group"]
    )
    def test_anything_else_is_refused(self, wrong: str) -> None:
        assert list(codes.problems(codes.service_code(wrong), "11")) == ["service_code"]


class TestAPlace:
    def test_one_of_the_list_is_taken(self) -> None:
        assert all(codes.problems("90853", place) == {} for place in codes.PLACES)

    def test_any_other_is_refused(self) -> None:
        assert list(codes.problems("90853", "00")) == ["place_of_service"]
