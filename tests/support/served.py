"""The server as an installation runs it: a process of its own, spoken to over a socket."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator

from tests.support.databases import KEY

_ADDRESS = re.compile(r"GroupNotes is at http://127\.0\.0\.1:(\d+)")


@contextlib.contextmanager
def started(database_url: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run the server until the block ends."""
    environment = os.environ | {"DATABASE_URL": database_url, "GROUPNOTES_KEK": KEY.hex()}
    with subprocess.Popen(
        [sys.executable, "-m", "groupnotes.serve", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def port_of(process: subprocess.Popen[str]) -> int:
    """Return where a server that was just started says it is."""
    assert process.stdout is not None
    line = process.stdout.readline()
    found = _ADDRESS.match(line)
    assert found, line
    return int(found[1])


def answer_to(port: int, *lines: str, body: str = "") -> str:
    """Send these very bytes; return everything that comes back."""
    request = "\r\n".join(lines) + "\r\n\r\n" + body
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request.encode())
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()
