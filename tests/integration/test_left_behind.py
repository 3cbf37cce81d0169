"""An interrupted run of the tests leaves no server, scheduler, database or browser behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from tests.integration.schedule.town import ROOT, wait_for

BUSY = """
import time

def test_something(postgres_server, browser, town, tmp_path):
    from tests.browser.conftest import serve
    browser.new_page()
    town.start("schedule")
    with serve(town.url, 1, tmp_path / "log"):
        time.sleep(600)
"""
PROGRAMS = ("bin/postgres", "chromium", "gunicorn", "main(['schedule']")
PLUGINS = ("tests.integration.conftest", "tests.integration.schedule.conftest", "tests.browser.conftest")


def marked(mark: str) -> dict[int, str]:
    """Return the programs whose environment holds a mark, by process."""
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_text(encoding="utf-8").replace("\0", " ")
        except OSError:  # ended meanwhile
            continue
    return found


def _heed_interrupts() -> None:
    """Undo what a shell does to what it starts in the background: that ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_no_process_behind(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "test_busy.py").write_text(BUSY, encoding="utf-8")
    mark = uuid4().hex
    plugins = [word for name in PLUGINS for word in ("-p", name)]
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), *plugins]
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "MARK": mark}
    run = subprocess.Popen([*command, str(tmp_path)], env=environ, start_new_session=True, preexec_fn=_heed_interrupts)
    try:
        wait_for(lambda: all(word in " ".join(marked(mark).values()) for word in PROGRAMS), 300)
        [folder] = set(re.findall(r"bin/postgres -D (\S+)/data", " ".join(marked(mark).values())))
    finally:
        os.kill(run.pid, number)
        run.wait(60)
    wait_for(lambda: not marked(mark), 300)
    assert not Path(folder).exists()
