"""What comes back to the sender: copy, letter, an empty inbox; and answers that need not be sent twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from etl.connectors.base import Delivery
from etl.jobs.load import Report
from etl.jobs.raw import keep_raw, known, remember
from etl.jobs.run import run_feed
from etl.warehouse.engine import migrate, open_engine
from etl.warehouse.write import record_catalogue
from tests.problems.trial import feed, trial_catalogue

NOW = dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC)
HEADER = "Indikator;Wilayah;Periode;Nilai;Satuan\n"


class Office:
    """An OPD that sends files and looks at what came back."""

    def __init__(self, engine: Engine, root: Path) -> None:
        self.engine, self.root = engine, root
        self.inbox, self.back = root / "data/inbox/opd", root / "data/inbox/dikembalikan/opd"
        self.inbox.mkdir(parents=True)
        self.catalogue = trial_catalogue()
        record_catalogue(engine, self.catalogue, NOW)

    def send(self, name: str, content: bytes) -> Report:
        (self.inbox / name).write_bytes(content)
        [report] = run_feed(self.engine, self.catalogue, feed(), self.root, lambda: NOW)
        return report

    def returned(self) -> list[str]:
        return sorted(path.suffix for path in self.back.glob("*"))

    def letter(self) -> str:
        [path] = self.back.glob("*.txt")
        return path.read_text(encoding="utf-8")


@pytest.fixture
def office(tmp_path: Path, sqlite_url: str) -> Iterator[Office]:
    engine = open_engine(sqlite_url)
    migrate(engine)
    yield Office(engine, tmp_path)
    engine.dispose()


def test_a_file_with_faulty_rows_is_loaded_and_its_rows_go_back(office: Office) -> None:
    rows = "ipm;Paser;2023;75,13;indeks\nipm;Entah;2023;75,13;indeks\nipm;Paser;2024;banyak;indeks\n"
    report = office.send("IPM Nov.csv", (HEADER + rows).encode())
    assert (report.ending, report.accepted, report.refused) == ("loaded", 1, 2)
    assert list(office.inbox.iterdir()) == []
    [path] = office.back.glob("*.xlsx")
    book = load_workbook(path)
    assert "Entah" in book["Data"]["B3"].comment.text
    assert "banyak" in book["Data"]["D4"].comment.text
    letter = office.letter()
    for words in ("Yth. ", "IPM Nov.csv", "Kiriman OPD", "2023", "2 dari 3 baris", "kolom D", "25 November 2026"):
        assert words in letter


def test_a_sound_file_comes_back_in_no_way(office: Office) -> None:
    office.send("a.csv", (HEADER + "ipm;Paser;2023;75,13;indeks\n").encode())
    assert office.returned() == []


def test_a_file_of_the_wrong_shape_goes_back_and_is_kept_raw(office: Office) -> None:
    assert office.send("a.csv", b"A;B\n1;2\n").ending == "failed"
    assert list(office.inbox.iterdir()) == []
    assert office.returned() == [".txt", ".xlsx"]
    assert len(list((office.root / "data/raw/opd").iterdir())) == 1
    assert "Baris judul tidak ditemukan" in office.letter()


def test_a_file_that_cannot_be_read_goes_back_as_it_came(office: Office) -> None:
    content = b"%PDF-1.7 lain"
    assert office.send("laporan.xlsx", content).ending == "failed"
    [path] = office.back.glob("*.pdf")
    assert path.read_bytes() == content
    assert not (office.root / "data/raw").exists()


def test_of_a_file_with_personal_data_nothing_stays_but_the_letter(office: Office) -> None:
    office.send("a.csv", (HEADER + "ipm;Paser;2023;6401012003990001;indeks\n").encode())
    assert office.returned() == [".txt"]
    assert "kolom D" in office.letter()
    everything = [path for path in office.root.rglob("*") if path.is_file() and "sqlite" not in path.name]
    assert all(b"6401012003990001" not in path.read_bytes() for path in everything)


def test_the_corrected_copy_is_taken_like_any_file(office: Office) -> None:
    office.send("a.csv", (HEADER + "ipm;Entah;2023;75,13;indeks\n").encode())
    [path] = office.back.glob("*.xlsx")
    book = load_workbook(path)
    book["Data"]["B2"] = "Paser"
    book.save(office.inbox / "betul.xlsx")
    [report] = run_feed(office.engine, office.catalogue, feed(), office.root, lambda: NOW)
    assert (report.ending, report.accepted, report.refused) == ("loaded", 1, 0)


def test_a_returned_file_that_cannot_be_written_back_is_told(office: Office) -> None:
    (office.root / "data/inbox/dikembalikan").write_text("berkas, bukan folder", encoding="utf-8")
    report = office.send("a.csv", (HEADER + "ipm;Entah;2023;75,13;indeks\n").encode())
    assert "a.csv sudah diperiksa" in report.message


def test_validators_are_kept_beside_the_bytes_that_they_stand_for(tmp_path: Path) -> None:
    first = Delivery("https://portal/a", b"a;b\n1;2\n", etag='"1"', modified="Sun, 22 Nov 2026 02:00:00 GMT")
    path = keep_raw(tmp_path, "portal", first)
    remember(tmp_path, "portal", first)
    earlier = known(tmp_path, "portal")["https://portal/a"]
    assert (earlier.etag, earlier.modified, earlier.content) == (first.etag, first.modified, first.content)
    assert known(tmp_path, "lain").get("https://portal/a") is None
    path.write_bytes(b"dirusak")
    assert known(tmp_path, "portal").get("https://portal/a") is None


def test_an_answer_without_validators_is_forgotten(tmp_path: Path) -> None:
    keep_raw(tmp_path, "portal", Delivery("x", b"1"))
    remember(tmp_path, "portal", Delivery("x", b"1", etag="1"))
    remember(tmp_path, "portal", Delivery("x", b"1"))
    assert list(known(tmp_path, "portal")) == []
    (tmp_path / "data/raw/portal/validators.json").write_text("{", encoding="utf-8")
    assert len(known(tmp_path, "portal")) == 0
