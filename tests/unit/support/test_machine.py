"""A machine that lacks something must never look like one where all tests passed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ALONE = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
PASSING = "def test_passes() -> None: ..."
SKIPPED = """
import pytest
@pytest.mark.skip(reason="of no reason")
def test_it_is_skipped() -> None: ...
"""
SKIPPED_WHILE_RUNNING = """
import pytest
def test_it_gives_up() -> None:
    pytest.skip("of no reason")
"""
SKIPPED_AS_A_WHOLE = """
import pytest
pytest.skip("of no reason", allow_module_level=True)
"""
FAILING_AS_EXPECTED = """
import pytest
@pytest.mark.xfail
def test_it_fails() -> None:
    assert 1 == 2
"""
DRIVING_A_BROWSER = """
import pytest
@pytest.mark.e2e
def test_it_browses() -> None: ...
"""


def run(folder: Path, source: str, **environment: str) -> tuple[int, str]:
    """Run pytest on one file with this plugin; return its exit status and what it printed."""
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  e2e\n  postgresql\n")
    (folder / "test_sample.py").write_text(source)
    plugins = ["-p", "tests.support.machine", "-p", "xdist"]
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-ra", *plugins, "-n", "1", str(folder)],
        env={**os.environ, "REQUIRE_ALL": "", **ALONE, **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, result.stdout


class TestRequireAll:
    @pytest.mark.parametrize(
        "source",
        [SKIPPED, SKIPPED_WHILE_RUNNING, SKIPPED_AS_A_WHOLE],
        ids=["marked", "running", "module"],
    )
    def test_it_turns_a_skip_into_a_failure(self, tmp_path: Path, source: str) -> None:
        status, printed = run(tmp_path, source, REQUIRE_ALL="1")

        assert status == pytest.ExitCode.TESTS_FAILED
        assert "may not be skipped. Skipped: of no reason" in printed

    def test_it_lets_an_expected_failure_be(self, tmp_path: Path) -> None:
        status, printed = run(tmp_path, FAILING_AS_EXPECTED, REQUIRE_ALL="1")

        assert status == pytest.ExitCode.OK
        assert "1 xfailed" in printed

    def test_it_fails_for_want_of_a_browser(self, tmp_path: Path) -> None:
        status, printed = run(tmp_path, DRIVING_A_BROWSER, REQUIRE_ALL="1", CHROMIUM="/nowhere")

        assert status == pytest.ExitCode.TESTS_FAILED
        assert "Chromium was not found" in printed


class TestAMachineThatLacksSomething:
    def test_it_skips_and_says_what_is_missing(self, tmp_path: Path) -> None:
        status, printed = run(tmp_path, PASSING + DRIVING_A_BROWSER, CHROMIUM="/nowhere")

        assert status == pytest.ExitCode.OK
        assert "1 passed, 1 skipped" in printed
        assert "Chromium: none, so tests marked e2e are skipped" in printed
        assert "Chromium was not found; install it, or name it with CHROMIUM" in printed
