"""Starting costs little: what only some pages or commands need is loaded when they need it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from groupnotes import config

START = "import json, sys; from groupnotes import create_app; create_app();"
MODULES = "print(json.dumps(sorted(sys.modules)))"
# Not ru_maxrss: a child begins with the peak of the process that started it.
MEMORY = "print(open('/proc/self/status').read())"
MOST = 90 * 1024  # KiB


def started(then: str) -> str:
    """Start the application in a process of its own; return what ``then`` prints."""
    environment = os.environ | {"GROUPNOTES_KEK": "0123456789abcdef" * 4}
    return subprocess.run(
        [sys.executable, "-c", START + then],
        env=environment,
        cwd=config.ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


class TestCreateApp:
    def test_it_loads_neither_the_typesetter_nor_the_migrations(self) -> None:
        packages = {name.partition(".")[0] for name in json.loads(started(MODULES))}

        assert "flask" in packages
        assert not packages & {"typst", "alembic", "flask_migrate", "waitress"}

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of a process")
    def test_it_stays_small(self) -> None:
        [peak] = [line for line in started(MEMORY).splitlines() if line.startswith("VmHWM:")]

        assert int(peak.split()[1]) <= MOST
