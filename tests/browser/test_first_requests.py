"""Fresh workers under a rush: Dash alone answers 500 for its own scripts when the very first requests come at once."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.browser.conftest import serve

RUSH = 32
PATHS = ("/", "/indikator/ipm?wilayah=64.01", "/_dash-layout", "/_dash-dependencies", "/data", "/assets/20-app.css")


def ask(url: str) -> int:
    """Return the status; a server that does not listen yet is asked again."""
    for _ in range(3000):
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} was never answered")


def test_a_rush_of_first_requests_meets_no_fault(database_url: str, tmp_path: Path) -> None:
    with serve(database_url, 2, tmp_path / "log") as address, ThreadPoolExecutor(RUSH) as pool:
        found = list(pool.map(ask, [address + PATHS[at % len(PATHS)] for at in range(RUSH)]))
        document = urllib.request.urlopen(address, timeout=60).read().decode()
        scripts = [part.split('"')[0] for part in document.split('src="')[1:]]
        rushed = list(pool.map(ask, [address + script for script in scripts * 4]))
    assert set(found) == {200}
    assert set(rushed) == {200}
    assert b"Traceback" not in (tmp_path / "log").read_bytes()
