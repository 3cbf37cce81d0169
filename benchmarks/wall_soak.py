"""A wall for a long time: 20,000 scene changes and as many refreshes in a real browser on a real server, sped up.

Prints JavaScript heap, nodes and listeners after forced collections, and the memory of renderer and server. Exits with
1 where one of the first three has grown by more than 5 % between the 1,000th change and the last.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.devtools import Page, chromium
from benchmarks.plot import picture
from tests.browser.conftest import QUIET, serve, wait_until_ready
from tests.shipping import ship

GROWTH = 1.05
STEP = 1000
HELD = ("heap kB", "nodes", "listeners")
COLLECTIONS = 60  # spread over all scenes: a page of a list has more nodes than one of tiles
APART = 0.07
SECONDS = 60  # of a scene, in the page's own time: about one refresh each
SPEED = 1200
REQUEST_LIMIT = 10_000  # the wall's own limit of one request; the server answers in real time
# The engine goes on compiling what runs often, and counts that as heap: interpreted, the heap is what the wall holds.
BROWSER = (*QUIET, "--js-flags=--jitless", "--window-size=1920,1080")
HURRY = f"""
  const [now, steady, later] = [Date.now(), performance.now(), window.setTimeout.bind(window)];
  const passed = performance.now.bind(performance);
  Date.now = () => now + (passed() - steady) * {SPEED};
  performance.now = () => steady + (passed() - steady) * {SPEED};
  window.setTimeout = (run, delay) => later(run, delay === {REQUEST_LIMIT} ? delay : delay / {SPEED});
  window.drawn = 0; window.asked = 0;
  const fetched = window.fetch;
  window.fetch = (...all) => {{ window.asked += 1; return fetched(...all); }};
  const replaced = Element.prototype.replaceChildren;
  Element.prototype.replaceChildren = function (...all) {{
    if (this.id === "stage") window.drawn += 1;
    return replaced.apply(this, all);
  }};
"""


def children(parent: int) -> list[int]:
    """List the processes below one."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [each for pid in map(int, found) for each in (pid, *children(pid))]


def resident(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def listening(port: str) -> list[int]:
    """List the server's processes: those of gunicorn whose command names the port."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = path.read_bytes()
        except OSError:
            continue
        if b"gunicorn" in text and f"127.0.0.1:{port}".encode() in text:
            found.append(int(path.parent.name))
    return found


def renderer(browser: int) -> float:
    """Return the memory of the page's process in MB: that of the renderer that holds most."""
    found = [each for each in children(browser) if b"--type=renderer" in Path(f"/proc/{each}/cmdline").read_bytes()]
    return max(map(resident, found))


def measure(page: Page) -> dict[str, float]:
    """Count the least that the page holds after forced collections; one alone leaves some of what nothing refers to."""
    found = [_measure_once(page) for _ in range(COLLECTIONS)]
    return {name: min(each[name] for each in found) for name in found[0]}


def _measure_once(page: Page) -> dict[str, float]:
    time.sleep(APART)
    page.ask("HeapProfiler.collectGarbage")
    heap, counted = page.ask("Runtime.getHeapUsage"), page.ask("Memory.getDOMCounters")
    return {
        "heap kB": heap["usedSize"] / 1024,
        "nodes": counted["nodes"],
        "listeners": counted["jsEventListeners"],
    }


def turn(page: Page, changes: int) -> tuple[int, int]:
    """Wait until the page has changed its scene so often; return that and how often it has asked the server."""
    while True:
        drawn, asked = page.value("[window.drawn, window.asked]")
        if drawn >= changes:
            return drawn, asked
        time.sleep(1)


def soak(page: Page, browser: int, port: str, changes: int) -> list[dict[str, float]]:
    """Change scenes; print and return what is held after each thousand."""
    rows: list[dict[str, float]] = []
    began = time.monotonic()
    for goal in range(STEP, changes + 1, STEP):
        drawn, asked = turn(page, goal)
        held = measure(page)
        memory = {"renderer MB": renderer(browser), "server MB": sum(map(resident, listening(port)))}
        rows.append({"changes": drawn, "refreshes": asked, **held, **memory})
        said = "  ".join(f"{name} {value:.0f}" for name, value in rows[-1].items())
        print(f"{time.monotonic() - began:6.0f} s  {said}", flush=True)
    return rows


def is_flat(first: dict[str, float], last: dict[str, float]) -> bool:
    """Print how what the page holds has grown; tell whether it stayed within bounds."""
    for name in HELD:
        print(f"{name}: {first[name]:.0f} -> {last[name]:.0f} ({last[name] / first[name] - 1:+.1%})")
    return all(last[name] <= first[name] * GROWTH for name in HELD)


def main() -> None:
    """Serve what is shipped and watch one wall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=20_000)
    parser.add_argument("--plot", type=Path, help="SVG file to draw what was measured to")
    options = parser.parse_args()
    if options.changes < STEP:
        parser.error(f"--changes: at least {STEP}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serve(ship(folder), 2, folder / "log") as address, chromium(BROWSER) as (page, browser):
            wait_until_ready(address)
            page.ask("Page.addScriptToEvaluateOnNewDocument", source=HURRY)
            page.ask("Page.enable")
            page.ask("Page.navigate", url=f"{address}/wall?detik={SECONDS}")
            rows = soak(page, browser, address.rsplit(":", 1)[1], options.changes)
    if options.plot:
        options.plot.write_text(picture("changes", rows), encoding="utf-8")
    sys.exit(not is_flat(rows[0], rows[-1]))


if __name__ == "__main__":
    main()
