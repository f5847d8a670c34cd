"""Compare long expected output with a file that is read in review.

`pytest --update-golden` writes the files anew; a plain run never does.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

_FILES = Path(__file__).parents[1] / "golden" / "files"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@dataclass(frozen=True)
class Golden:
    """The golden files, and whether this run rewrites them."""

    update: bool

    def check(self, name: str, text: str) -> None:
        """Hold `text` against the golden file `name`, character by character."""
        path = _FILES / name
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"no golden file {name}: run pytest --update-golden and read it"
        assert text == path.read_bytes().decode()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(update=bool(request.config.getoption("--update-golden")))
