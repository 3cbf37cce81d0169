"""What comes back to the sender: copy, letter, an empty inbox; and answers that need not be sent twice."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine

from etl.catalogue.models import Catalogue, Office, Urusan
from etl.connectors import file
from etl.connectors.base import Delivery
from etl.jobs.loading.delivery_load import Report
from etl.jobs.loading.feed_run import run_feed
from etl.jobs.loading.raw_files import clear_outstayed, keep_raw, known, remember
from etl.jobs.reports.run_report import MOST_SHOWN, refused_lines
from etl.settings import HOME
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.read.journal import every_finding, returned
from etl.warehouse.write.commits import record_catalogue
from tests.jobs import job
from tests.problems.trial import feed, trial_catalogue

NOW = dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC)
HEADER = "Indikator;Wilayah;Periode;Nilai;Satuan\n"
GOOD = (HEADER + "ipm;Paser;2023;75,13;indeks\n").encode()


class Opd:
    """An OPD that sends files and looks at what came back."""

    def __init__(self, engine: Engine, root: Path) -> None:
        self.engine, self.root, self.home = engine, root, HOME.default
        self.inbox, self.back = root / "data/inbox/opd", root / "data/inbox/dikembalikan/opd"
        self.inbox.mkdir(parents=True)
        self.use(trial_catalogue())

    def use(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        record_catalogue(self.engine, catalogue, NOW)

    def send(self, name: str, content: bytes) -> Report:
        (self.inbox / name).write_bytes(content)
        context = job(self.engine, self.catalogue, self.root, NOW, home=self.home)
        [report] = run_feed(context, self.catalogue.feed["opd"])
        return report

    def returned(self) -> list[str]:
        return sorted(path.suffix for path in self.back.glob("*"))

    def letter(self) -> str:
        [path] = self.back.glob("*.txt")
        return path.read_text(encoding="utf-8")


@pytest.fixture
def office(tmp_path: Path, sqlite_url: str) -> Iterator[Opd]:
    engine = open_engine(sqlite_url)
    migrate(engine)
    yield Opd(engine, tmp_path)
    engine.dispose()


def test_a_file_with_faulty_rows_is_loaded_and_its_rows_go_back(office: Opd) -> None:
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


def test_a_sound_file_comes_back_in_no_way(office: Opd) -> None:
    office.send("a.csv", (HEADER + "ipm;Paser;2023;75,13;indeks\n").encode())
    assert office.returned() == []


def test_a_file_of_the_wrong_shape_goes_back_and_is_kept_raw(office: Opd) -> None:
    assert office.send("a.csv", b"A;B\n1;2\n").ending == "failed"
    assert list(office.inbox.iterdir()) == []
    assert office.returned() == [".txt", ".xlsx"]
    assert len(list((office.root / "data/raw/opd").iterdir())) == 1
    assert "Baris judul tidak ditemukan" in office.letter()


def test_a_file_that_cannot_be_read_goes_back_as_it_came(office: Opd) -> None:
    content = b"%PDF-1.7 lain"
    assert office.send("laporan.xlsx", content).ending == "failed"
    [path] = office.back.glob("*.pdf")
    assert path.read_bytes() == content
    assert not (office.root / "data/raw").exists()


def test_a_file_with_personal_data_goes_back_as_it_came_and_lies_nowhere_else_for_seven_days(office: Opd) -> None:
    content = (HEADER + f"ipm;Paser;2023;{NIK};indeks\n").encode()
    office.send("a.csv", content)
    assert office.returned() == [".csv", ".txt"]
    assert "kolom D" in office.letter()
    assert "dihapus sendiri pada" in office.letter()
    [back] = office.back.glob("*.csv")
    assert back.read_bytes() == content
    assert not (office.root / "data/raw").exists()
    assert list(office.inbox.iterdir()) == []
    day = dt.date.fromisoformat(back.name[:10])
    clear_outstayed(office.root, day + dt.timedelta(days=6))
    assert back.exists()
    clear_outstayed(office.root, day + dt.timedelta(days=7))
    assert office.returned() == [".txt"]
    assert nowhere(office, NIK)


def test_of_a_push_with_personal_data_nothing_is_kept(office: Opd) -> None:
    content = (HEADER + f"ipm;Paser;2023;{NIK};indeks\n").encode()
    record = office.root / "data/inbox/.push/opd/.layanan-2026"
    record.parent.mkdir(parents=True)
    record.write_text(hashlib.sha256(content).hexdigest())
    office.send("layanan-2026.csv", content)
    assert office.returned() == [".txt"]
    assert "sudah dihapus dari server" in office.letter()
    assert nowhere(office, NIK)


NIK = "6401012003990001"


def nowhere(office: Opd, word: str) -> bool:
    """Tell whether a word is in no file, in no file's name and in nothing that the warehouse holds."""
    office.engine.dispose()
    everything = [path for path in office.root.rglob("*") if path.is_file()]
    return all(word not in path.name and word.encode() not in path.read_bytes() for path in everything)


@pytest.mark.parametrize("content", [GOOD, b"%PDF-1.7 lain", b"x" * 200])
def test_a_nik_in_a_files_name_is_shown_and_stored_nowhere(
    office: Opd, content: bytes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    monkeypatch.setattr(file, "MOST_TEXT_BYTES", 150)
    report = office.send(f"siti_{NIK}.csv", content)
    assert (report.ending, report.file) == ("failed", "data/inbox/opd/siti_(16 digit).csv")
    assert "nama berkas (16 digit)" in report.message
    assert list(office.inbox.iterdir()) == []
    assert office.returned() == [".txt"]
    assert "siti_(16 digit).csv" in office.letter()
    assert "sudah dihapus dari server" in office.letter()
    assert NIK not in caplog.text + str(report)
    assert nowhere(office, NIK)


def test_bytes_that_were_loaded_before_are_refused_under_the_name_of_a_person(office: Opd) -> None:
    assert office.send("a.csv", GOOD).ending == "loaded"
    assert office.send(f"{NIK}.csv", GOOD).ending == "failed"


@pytest.mark.parametrize("header", [HEADER, "A;B;C;D;E\n"])
def test_a_nik_in_a_sheets_name_is_shown_and_stored_nowhere(
    office: Opd, header: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    book = Workbook()
    book.worksheets[0].title = f"NIK {NIK}"
    for line in (header, "ipm;Paser;2023;75,13;indeks"):
        book.worksheets[0].append(line.strip().split(";"))
    buffer = io.BytesIO()
    book.save(buffer)
    report = office.send("a.xlsx", buffer.getvalue())
    assert report.ending == "failed"
    assert "nama lembar NIK (16 digit)" in report.message
    assert office.returned() == [".txt", ".xlsx"]
    assert NIK not in caplog.text + str(report)
    clear_outstayed(office.root, NOW.date() + dt.timedelta(days=7))
    assert nowhere(office, NIK)


def test_a_file_that_cannot_be_read_goes_back_for_some_days_where_its_fault_names_a_nik(office: Opd) -> None:
    rows = '<Row ss:Index="2"><Cell><Data ss:Type="String">a</Data></Cell></Row>' * 2
    own = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = f'<Worksheet ss:Name="NIK {NIK}"><Table>{rows}</Table></Worksheet>'
    book = f'<?xml version="1.0"?><Workbook xmlns="{own}" xmlns:ss="{own}">{sheet}</Workbook>'
    report = office.send("a.xls", book.encode())
    assert "nama lembar atau isi (16 digit)" in report.message
    assert office.returned() == [".txt", ".xls"]
    clear_outstayed(office.root, NOW.date() + dt.timedelta(days=7))
    assert nowhere(office, NIK)


def test_a_file_that_is_too_large_goes_back_unread_and_the_later_ones_are_loaded(
    office: Opd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "MOST_TEXT_BYTES", 150)
    large = GOOD + b"x" * 200
    (office.inbox / "besar.csv").write_bytes(large)
    os.utime(office.inbox / "besar.csv", (1000, 1000))
    (office.inbox / "kecil.csv").write_bytes(GOOD)
    reports = run_feed(job(office.engine, office.catalogue, office.root, NOW), feed())
    assert [(each.file, each.ending) for each in reports] == [
        ("data/inbox/opd/besar.csv", "failed"),
        ("data/inbox/opd/kecil.csv", "loaded"),
    ]
    assert list(office.inbox.iterdir()) == []
    [path] = office.back.glob("*.csv")
    assert path.read_bytes() == large
    assert f"{len(large)} byte" in office.letter()
    assert "Bagi menjadi beberapa berkas" in office.letter()


def test_the_corrected_copy_is_taken_like_any_file(office: Opd) -> None:
    office.send("a.csv", (HEADER + "ipm;Entah;2023;75,13;indeks\n").encode())
    [path] = office.back.glob("*.xlsx")
    book = load_workbook(path)
    book["Data"]["B2"] = "Paser"
    book.save(office.inbox / "betul.xlsx")
    [report] = run_feed(job(office.engine, office.catalogue, office.root, NOW), feed())
    assert (report.ending, report.accepted, report.refused) == ("loaded", 1, 0)


def test_a_returned_file_that_cannot_be_written_back_is_told(office: Opd) -> None:
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


def test_the_letter_greets_the_office_that_answers_for_the_feed(office: Opd) -> None:
    office.home = "64.09"
    health = Office(id="dinkes", region="64.09", name="Dinas Kesehatan", short="Dinkes", provenance="uji")
    task = Urusan(id="kesehatan", name="Kesehatan", offices={"64.09": "dinkes"})
    office.use(trial_catalogue(offices=(health,), urusan=(task,), feeds=(feed(owner="kesehatan"),)))
    office.send("a.csv", b"A;B\n1;2\n")
    assert office.letter().startswith("Yth. Dinkes,")


def test_a_very_long_name_comes_back_shortened(office: Opd) -> None:
    name = "laporan " * 30 + ".csv"
    office.send(name, (HEADER + "ipm;Entah;2023;75,13;indeks\n").encode())
    assert office.returned() == [".txt", ".xlsx"]
    assert list(office.inbox.iterdir()) == []


def test_a_sheet_may_have_a_name_that_no_workbook_allows(office: Opd) -> None:
    name = "Data 2026/2027: [rekap] kabupaten dan kecamatan"
    texts = [HEADER.strip().split(";"), ["ipm", "Entah", "2023", "75,13", "indeks"]]
    rows = ["".join(f'<Cell><Data ss:Type="String">{each}</Data></Cell>' for each in row) for row in texts]
    cells = "".join(f"<Row>{each}</Row>" for each in rows)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = f'<Worksheet ss:Name="{name}"><Table>{cells}</Table></Worksheet>'
    book = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{sheet}</Workbook>'
    assert office.send("a.xls", book.encode()).refused == 1
    [path] = office.back.glob("*.xlsx")
    copy = load_workbook(path).worksheets[1]
    assert copy.title == "Data 2026_2027_ _rekap_ kabupat"
    assert "Entah" in copy["B2"].comment.text


def test_what_was_loaded_stays_so_where_no_copy_can_be_made(office: Opd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.jobs.workbooks.commented_copy._grid_copy", broken_copy)
    report = office.send("a.csv", (HEADER + "ipm;Paser;2023;75,13;indeks\nipm;Entah;2023;1;indeks\n").encode())
    assert (report.ending, report.accepted) == ("loaded", 1)
    assert list(office.inbox.iterdir()) == []
    [path] = office.back.glob("*.xlsx")
    [sheet] = load_workbook(path).worksheets
    assert "Entah" in sheet["E2"].value


def broken_copy(sheets: object, faults: object) -> Workbook:
    if sheets:
        raise ValueError("a cell that no workbook holds")
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def test_what_was_fetched_in_a_wrong_shape_is_kept_to_be_run_again(office: Opd) -> None:
    fetched = feed(path="data/ambil/*.csv")
    (office.root / "data/ambil").mkdir()
    (office.root / "data/ambil/a.csv").write_bytes(b"A;B\n1;2\n")
    [report] = run_feed(job(office.engine, office.catalogue, office.root, NOW), fetched)
    assert report.ending == "failed"
    assert len(list((office.root / "data/raw/opd").iterdir())) == 1


def test_very_many_returned_rows_are_counted_and_only_the_first_listed(office: Opd) -> None:
    rows = "".join(f"ipm;Entah {number};2023;75,13;indeks\n" for number in range(MOST_SHOWN + 7))
    office.send("a.csv", (HEADER + rows).encode())
    with office.engine.connect() as connection:
        assert [(each.file, each.count) for each in returned(connection)] == [("a.csv", MOST_SHOWN + 7)]
        lines = refused_lines(every_finding(connection))
    assert lines[0] == f"Dikembalikan: {MOST_SHOWN + 7} baris"
    assert lines[-1].startswith("… dan 7 lagi")
    assert len(lines) == 2 * MOST_SHOWN + 3


def test_the_letter_says_a_sentence_once_for_all_its_rows(office: Opd) -> None:
    rows = "".join(f"ipm;Tak Ada;202{each};70;indeks\n" for each in range(2, 5))
    office.send("a.csv", (HEADER + rows + "ipm;Entah;2023;75,13;indeks\n").encode())
    asked = office.letter()
    assert "Entah" in asked
    assert "indicators.yaml" not in asked
    assert "python -m etl" not in asked
