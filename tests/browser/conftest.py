"""A real server over the shipped figures, and Debian's Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.leash import PYTHON
from tests.shipping import ROOT, copy_shipped

QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(database_url: str, workers: int, log: Path) -> Iterator[str]:
    """Start the web server as the operator does and give its address at once; stop it in the end."""
    port = free_port()
    environment = {
        **os.environ,
        "PANTAU_DATABASE_URL": database_url,
        "PORT": str(port),
        "PANTAU_WORKERS": str(workers),
    }
    with log.open("wb") as sink:
        process = subprocess.Popen([*PYTHON, "-m", "dashboard"], cwd=ROOT, env=environment, stdout=sink, stderr=sink)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def wait_until_ready(address: str, seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=20):
                return
        except OSError:  # refused, or accepted and not answered in time
            time.sleep(0.2)
    raise AssertionError(f"{address}/readyz was not 200 within {seconds} s")


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return copy_shipped(tmp_path_factory)


@pytest.fixture(scope="session")
def address(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(database_url, 2, tmp_path_factory.mktemp("server") / "log") as served:
        wait_until_ready(served)
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium-headless-shell")  # the same engine without its window: pages stand in half the time
    assert found, "Chromium is not installed; run: make browser"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield opened
        opened.close()


class Visit:
    """A page being looked at: what it asked for, and what it complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.requested: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self._heard(message.type, message.text))

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def open(self, path: str) -> Page:
        """Open a page and wait until its figures stand."""
        self.page.goto(self.address + path, wait_until="networkidle")
        self.page.wait_for_selector("main h1")
        if self.page.query_selector(".dash-graph"):
            self.page.wait_for_selector(".js-plotly-plot .main-svg >> visible=true")
        return self.page


@pytest.fixture(scope="session")
def reader(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """One reader's browser, which keeps Pantau's files as his does; what is chosen stands in the address."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    yield context
    context.close()


@pytest.fixture
def visit(reader: BrowserContext, address: str) -> Iterator[Visit]:
    page = reader.new_page()
    yield Visit(page, address)
    page.close()
