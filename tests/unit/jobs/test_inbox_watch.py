"""The inbox: whole files only, each with its feed; a template's copy finds its own way."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import pytest

from etl.jobs.scheduling import inbox_watch
from etl.jobs.scheduling.inbox_watch import RETRY, SETTLED_SECONDS, Inbox
from etl.jobs.workbooks.template import build_template
from etl.stewardship.inbox_files import unclaimed_files
from tests.problems.trial import feed, trial_catalogue

OPD = feed()
TARGETS = feed(id="targets", path="data/inbox/target-*.xlsx")
SHIPPED = feed(id="published", path="data/published/*.csv")
FEEDS = (OPD, TARGETS, SHIPPED)
LATER = dt.timedelta(seconds=SETTLED_SECONDS + 1)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take longer to start the process that opens a file than the scheduler would wait."""
    monkeypatch.setattr(sys.modules[Inbox.__module__], "OPEN_SECONDS", 600)


def drop(root: Path, place: str, content: bytes = b"a;b\n") -> Path:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def after(path: Path, seconds: float = SETTLED_SECONDS) -> dt.datetime:
    return dt.datetime.fromtimestamp(path.stat().st_ctime + seconds + 0.01, dt.UTC)


def template(root: Path, place: str, of: str = "opd") -> Path:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    build_template(feed(id=of), trial_catalogue(), "64.01", dt.date(2026, 11, 22)).save(path)
    return path


def test_a_file_waits_once_nothing_was_written_to_it_for_seconds(tmp_path: Path) -> None:
    path = drop(tmp_path, "data/inbox/opd/a.csv")
    assert Inbox(tmp_path).waiting(FEEDS, after(path, SETTLED_SECONDS - 1)) == {}
    os.utime(path, (1000, 1000))  # as a copy that keeps the time of its original
    assert Inbox(tmp_path).waiting(FEEDS, after(path, SETTLED_SECONDS - 1)) == {}
    assert Inbox(tmp_path).waiting(FEEDS, after(path)) == {"opd": [path]}


@pytest.mark.parametrize("name", ["~$a.xlsx", ".~lock.a.ods#", "a.xlsx.part", "a.CRDOWNLOAD", "a.tmp", ".a.csv"])
def test_what_a_program_still_holds_does_not_wait(tmp_path: Path, name: str) -> None:
    path = drop(tmp_path, f"data/inbox/opd/{name}")
    assert Inbox(tmp_path).waiting(FEEDS, after(path)) == {}
    assert unclaimed_files(tmp_path, FEEDS) == []


def test_shipped_and_returned_files_do_not_wait(tmp_path: Path) -> None:
    drop(tmp_path, "data/published/a.csv")
    drop(tmp_path, "data/inbox/.push/opd/kunci")
    path = drop(tmp_path, "data/inbox/dikembalikan/opd/a.xlsx")
    assert Inbox(tmp_path).waiting(FEEDS, after(path)) == {}
    assert unclaimed_files(tmp_path, FEEDS) == []


@pytest.mark.parametrize("place", ["data/inbox/isian.xlsx", "data/inbox/folder baru/isian.xlsx"])
def test_a_templates_copy_finds_its_feed_from_anywhere(tmp_path: Path, place: str) -> None:
    path = template(tmp_path, place)
    moved = tmp_path / "data/inbox/opd/isian.xlsx"
    assert Inbox(tmp_path).waiting(FEEDS, after(path) + LATER) == {"opd": [moved]}
    assert not path.exists()


def test_a_moved_file_takes_a_name_that_the_feed_looks_for_and_replaces_none(tmp_path: Path) -> None:
    first, second = (template(tmp_path, f"data/inbox/{folder}/isi.xlsx", "targets") for folder in "ab")
    Inbox(tmp_path).waiting(FEEDS, after(second) + LATER)
    assert not first.exists()
    assert sorted(path.name for path in (tmp_path / "data/inbox").glob("*.xlsx")) == [
        "target-isi-2.xlsx",
        "target-isi.xlsx",
    ]


def test_what_nobody_knows_stays_and_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [drop(tmp_path, "data/inbox/surat.pdf", b"%PDF"), drop(tmp_path, "data/inbox/x/rusak.xlsx", b"PK\x03\x04")]
    paths.append(template(tmp_path, "data/inbox/lain.xlsx", "tidak-ada"))
    inbox = Inbox(tmp_path)
    assert inbox.waiting(FEEDS, after(paths[-1]) + LATER) == {}
    assert unclaimed_files(tmp_path, FEEDS) == sorted(paths)
    monkeypatch.setattr(inbox_watch, "look_apart", lambda _, path, __: pytest.fail(f"{path} opened again"))
    assert inbox.waiting(FEEDS, after(paths[-1]) + LATER) == {}


def test_a_file_that_stays_is_named_again_only_after_a_while(tmp_path: Path) -> None:
    path = drop(tmp_path, "data/inbox/opd/a.csv")
    inbox, now = Inbox(tmp_path), after(path)
    assert inbox.waiting(FEEDS, now) == {"opd": [path]}
    assert inbox.waiting(FEEDS, now + LATER) == {}
    assert inbox.waiting(FEEDS, now + RETRY) == {"opd": [path]}
    path.write_bytes(b"yang baru")
    assert inbox.waiting(FEEDS, now + RETRY + LATER) == {"opd": [path]}
