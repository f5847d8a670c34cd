"""Eight people who type at once, on SQLite, through the server that is shipped."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from pathlib import Path
from typing import Any

import waitress

from groupnotes.serve import THREADS
from tests.bench import copies, operations
from tests.bench.browser import Browser
from tests.bench.contestants import Application
from tests.bench.history import Work

_WRITERS = 8
_SAVES = 60  # by each


def measure(folder: Path) -> dict[str, Any]:
    """Return how long saves took in milliseconds, one writer alone and eight at once."""
    with copies.template("sqlite", folder, rounds=1, background=2000) as made:
        served = Application(made.copy(), made.work)
        server = waitress.create_server(served.app, host="127.0.0.1", port=0, threads=THREADS)
        serving = threading.Thread(target=server.run, daemon=True)
        serving.start()
        port = int(server.effective_port)
        alone, _ = _typing(port, served.browser, made.work, writers=1, first=0)
        together, refused = _typing(port, served.browser, made.work, writers=_WRITERS, first=_SAVES)
        server.task_dispatcher.shutdown()
        server.close()
        served.close()
    return {
        "writers": _WRITERS,
        "refused": refused,
        "alone_p50_ms": statistics.median(alone),
        "together_p50_ms": statistics.median(together),
        "together_p99_ms": statistics.quantiles(together, n=100)[98],
        "saves_a_second": len(together) / (sum(together) / 1000 / _WRITERS),
    }


def in_words(measured: dict[str, Any]) -> str:
    """Return one line; nothing in it is judged but a refused save."""
    return (
        f"{measured['writers']} autosavers at once on SQLite through waitress:"
        f" {measured['refused']} refused, p50 {measured['together_p50_ms']:.1f} ms,"
        f" p99 {measured['together_p99_ms']:.1f} ms, {measured['saves_a_second']:.0f} a second"
        f" (one alone: p50 {measured['alone_p50_ms']:.1f} ms)"
    )


def _typing(
    port: int, browser: Browser, work: Work, *, writers: int, first: int
) -> tuple[list[float], int]:
    taken: list[float] = []
    refused: list[int] = []

    def write(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        session = work.to_write[0]
        start = first if place == 0 else 0
        for turn in range(start, start + _SAVES):
            fields = operations.written(work, session.clients[place], turn)
            began = time.perf_counter()
            connection.request(
                "POST",
                f"/notes/{session.notes[place]}/draft",
                browser.encoded(fields),
                browser.headers,
            )
            answer = connection.getresponse()
            answer.read()
            taken.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                refused.append(answer.status)
        connection.close()

    threads = [threading.Thread(target=write, args=(place,)) for place in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, len(refused)
