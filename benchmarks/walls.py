"""Many walls on one server: how fast is the snapshot, and how often is it sent again although nothing changed?

Each wall asks as the browser does: with the tag it has, once a minute with jitter (here sped up), over its own
connection. Prints percentiles; exits with 1 where the 95th is above 20 ms.
"""

from __future__ import annotations

import argparse
import http.client
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.conftest import serve, wait_until_ready
from tests.shipping import ship

LIMIT = 20.0  # milliseconds
PATH = "/wall/snapshot.json?wilayah=64.01&lang=id"


class Wall(threading.Thread):
    """One screen: asks, keeps the tag, waits."""

    def __init__(self, host: str, port: int, interval: float, end: float) -> None:
        super().__init__(daemon=True)
        self.host, self.port, self.interval, self.end = host, port, interval, end
        self.took: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.tag = ""

    def run(self) -> None:
        time.sleep(random.random() * self.interval)
        while time.monotonic() < self.end:
            self.ask()
            time.sleep(self.interval * (0.75 + 0.25 * random.random()))

    def ask(self) -> None:
        headers = {"Accept-Encoding": "gzip", **({"If-None-Match": self.tag} if self.tag else {})}
        began = time.perf_counter()
        connection = http.client.HTTPConnection(self.host, self.port, timeout=10)
        connection.request("GET", PATH, headers=headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        self.took.append((time.perf_counter() - began) * 1000)
        self.statuses[answer.status] += 1
        self.tag = answer.headers.get("ETag", self.tag)


def percentile(values: list[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    """Serve what is shipped and poll it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--walls", type=int, default=200)
    parser.add_argument("--interval", type=float, default=60, help="seconds between a wall's requests")
    parser.add_argument("--seconds", type=float, default=180)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serve(ship(folder), 2, folder / "log") as address:
            wait_until_ready(address)
            walls = poll(address, options.walls, options.interval, options.seconds)
    took = [each for wall in walls for each in wall.took]
    statuses = sum((wall.statuses for wall in walls), Counter[int]())
    p50, p95, p99 = (percentile(took, share) for share in (0.5, 0.95, 0.99))
    print(f"{options.walls} walls, {len(took)} requests in {options.seconds:.0f} s")
    print(f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms, longest {max(took):.1f} ms")
    print(", ".join(f"{status}: {count} ({count / len(took):.1%})" for status, count in sorted(statuses.items())))
    sys.exit(p95 > LIMIT)


def poll(address: str, count: int, interval: float, seconds: float) -> list[Wall]:
    """Let walls poll for some seconds."""
    where = urlsplit(address)
    end = time.monotonic() + seconds
    walls = [Wall(str(where.hostname), int(where.port or 80), interval, end) for _ in range(count)]
    for wall in walls:
        wall.start()
    for wall in walls:
        wall.join()
    return walls


if __name__ == "__main__":
    main()
