"""What lies in the inbox in vain is said: a file of no feed, a file dated after today; what is taken is not."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from etl.stewardship.inbox_notes import inbox_notes
from tests.problems.trial import feed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data/inbox/opd").mkdir(parents=True)
    path = tmp_path / "data/inbox/opd/a.csv"
    path.write_text("x", encoding="utf-8")
    return tmp_path


def said(root: Path, now: dt.datetime) -> list[str]:
    return [each.id for each in inbox_notes(root, [feed()], now)]


def test_what_a_feed_takes_is_not_said(root: Path) -> None:
    assert said(root, dt.datetime.now(dt.UTC)) == []


def test_an_unknown_file_is_said_without_the_number_of_a_person(root: Path) -> None:
    (root / "data/inbox/rekap 6401012003990001.xlsx").write_bytes(b"x")
    [sentence] = said(root, dt.datetime.now(dt.UTC))
    assert sentence.startswith("Berkas tak dikenal: data/inbox/rekap (16 digit).xlsx")
    assert "python -m etl inspect" in sentence


def test_a_file_dated_after_today_is_said(root: Path) -> None:
    ahead = (dt.datetime.now(dt.UTC) + dt.timedelta(days=40)).timestamp()
    os.utime(root / "data/inbox/opd/a.csv", (ahead, ahead))
    [sentence] = said(root, dt.datetime.now(dt.UTC))
    assert "sesudah hari ini" in sentence


def test_a_folder_that_cannot_be_read_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "opd")
    assert [each for each in said(root, dt.datetime.now(dt.UTC)) if "data/inbox/opd tidak dapat dibaca" in each]
