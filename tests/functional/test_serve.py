"""Serving on this machine, as a process of its own."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPMessage
from pathlib import Path

import pytest

from tests.support.databases import make_durable
from tests.support.served import answer_to, port_of, started

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def answer_of(process: subprocess.Popen[str]) -> tuple[HTTPMessage, str]:
    """Ask a server that was just started for its first page."""
    connection = http.client.HTTPConnection("127.0.0.1", port_of(process))
    with contextlib.closing(connection):
        connection.request("GET", "/sign-in")
        response = connection.getresponse()
        return response.headers, response.read().decode()


def refusal(process: subprocess.Popen[str]) -> str:
    """Return why a server did not start."""
    _, reason = process.communicate(timeout=60)
    assert process.returncode == 1
    return reason


class TestServing:
    def test_it_says_where_it_is_and_answers_there(self, database_url: str) -> None:
        make_durable(database_url)
        with started(database_url, "--port", "0") as server:
            _, body = answer_of(server)

        assert "<h1>Sign in</h1>" in body

    @on_sqlite
    def test_it_does_not_say_what_serves(self, database_url: str) -> None:
        with started(database_url, "--port", "0") as server:
            headers, _ = answer_of(server)

        assert "Server" not in headers

    @on_sqlite
    def test_it_stops_when_the_system_asks(self, database_url: str) -> None:
        with started(database_url, "--port", "0") as server:
            port_of(server)
            server.send_signal(signal.SIGTERM)
            _, errors = server.communicate(timeout=60)

        assert (server.returncode, errors) == (0, "")


HIDDEN = "GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
AMBIGUOUS = {
    "two lengths": (
        ["Content-Length: 4", "Transfer-Encoding: chunked"],
        f"0\r\n\r\n{HIDDEN}",
    ),
    "two content lengths": (["Content-Length: 4", "Content-Length: 50"], f"abcd{HIDDEN}"),
    "a length below nothing": (["Content-Length: -1"], ""),
    "an unknown coding": (["Transfer-Encoding: xchunked"], f"0\r\n\r\n{HIDDEN}"),
    "two hosts": (["Host: 127.0.0.1", "Content-Length: 0"], ""),
    "a strange host": ([], ""),
}


class TestAmbiguousRequests:
    @on_sqlite
    def test_they_are_refused_and_hide_no_second_one(self, database_url: str) -> None:
        with started(database_url, "--port", "0") as server:
            port = port_of(server)
            for name, (lines, body) in AMBIGUOUS.items():
                host = "evil.example" if name == "a strange host" else "127.0.0.1"
                answer = answer_to(
                    port, "POST /sign-in HTTP/1.1", f"Host: {host}", *lines, body=body
                )

                assert answer.split()[1] in {"400", "501"}, f"{name}: {answer}"
                assert answer.count("HTTP/1.") == 1, f"{name}: {answer}"

    @on_sqlite
    def test_an_honest_one_is_answered(self, database_url: str) -> None:
        with started(database_url, "--port", "0") as server:
            lines = ["GET /sign-in HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
            answer = answer_to(port_of(server), *lines)

        assert answer.startswith("HTTP/1.1 200")


class TestRefusingToServe:
    @on_sqlite
    def test_a_taken_port_is_named_with_a_way_out(self, database_url: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with started(database_url, "--port", str(port)) as server:
                reason = refusal(server)

        assert f"Port {port} is taken" in reason
        assert f"PORT={port + 1}" in reason
        assert "Traceback" not in reason

    def test_a_missing_database_is_no_empty_practice(self, tmp_path: Path) -> None:
        with started(f"sqlite:///{tmp_path}/none.sqlite3", "--port", "0") as server:
            reason = refusal(server)

        assert "make setup" in reason

    @on_sqlite
    def test_another_installations_key_opens_nothing(self, database_url: str) -> None:
        environment = {"DATABASE_URL": database_url, "GROUPNOTES_KEK": bytes(32).hex()}
        run = subprocess.run(
            [sys.executable, "-m", "groupnotes.serve", "--port", "0"],
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )

        assert run.returncode == 1
        assert "practice key 1 does not open with this key" in run.stderr
        assert "Traceback" not in run.stderr
