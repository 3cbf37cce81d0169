"""One feed end to end on a real warehouse: what is loaded, kept, returned, and what a failure leaves behind."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from etl.catalogue.models import Catalogue
from etl.jobs.loading import delivery_load as jobs
from etl.jobs.loading.delivery_load import Report
from etl.jobs.loading.feed_run import run_feed, run_feeds
from etl.measures.observation import Finding, Observation
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.read import queries
from etl.warehouse.verify import verify
from etl.warehouse.write import commits
from etl.warehouse.write.commits import record_catalogue
from tests.jobs import job
from tests.problems.trial import feed, trial_catalogue

HEADER = "Indikator;Wilayah;Periode;Nilai;Satuan\n"
FEED = feed()
NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)


class Office:
    """An OPD that drops files into the inbox, and the job that takes them."""

    def __init__(self, root: Path, engine: Engine) -> None:
        self.root, self.engine, self.catalogue = root, engine, trial_catalogue()
        self.inbox = root / "data/inbox/opd"
        self.inbox.mkdir(parents=True)
        record_catalogue(engine, self.catalogue, NOW)

    def drop(self, *rows: str, name: str = "kiriman.csv") -> Path:
        path = self.inbox / name
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return path

    def run(self) -> list[Report]:
        return run_feed(job(self.engine, self.catalogue, self.root, NOW), FEED)

    def ipm(self) -> list[Observation]:
        with self.engine.connect() as connection:
            vintage = queries.current_vintage(connection)
            assert vintage is not None
            return queries.observations(connection, vintage, indicator="ipm")

    def findings(self) -> list[Finding]:
        with self.engine.connect() as connection:
            return queries.findings(connection, feed="opd")

    def raw(self) -> list[Path]:
        return sorted((self.root / "data/raw").rglob("*.*"))


@pytest.fixture
def office(tmp_path: Path, sqlite_url: str) -> Iterator[Office]:
    engine = open_engine(sqlite_url)
    migrate(engine)
    yield Office(tmp_path, engine)
    engine.dispose()


def test_a_file_is_loaded_kept_raw_and_taken_out_of_the_inbox(office: Office) -> None:
    path = office.drop("ipm;Paser;2023;75,13;indeks", "ipm;Entah;2023;75,13;indeks")
    content = path.read_bytes()
    [report] = office.run()
    assert (report.ending, report.rows_read, report.accepted, report.refused) == ("loaded", 2, 1, 1)
    assert report.vintage == 2
    [figure] = office.ipm()
    assert (str(figure.value), figure.printed, figure.place.row, figure.place.column) == ("75.13", "75,13", 2, "D")
    assert figure.place.sha256 == hashlib.sha256(content).hexdigest()
    assert [each.read_bytes() for each in office.raw()] == [content]
    assert office.raw()[0] == office.root / "data/raw/opd" / f"{figure.place.sha256}.csv"
    assert not path.exists()
    assert [(each.rule, each.raw, each.row) for each in office.findings()] == [("wilayah-tak-dikenal", "Entah", 3)]
    assert verify(office.engine) == []


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    office.drop("ipm;Paser;2023;75,13;indeks")
    office.run()
    office.drop("ipm;Paser;2023;75,13;indeks")
    [report] = office.run()
    assert (report.ending, report.accepted, report.unchanged, report.vintage) == ("unchanged", 0, 1, None)
    assert len(office.ipm()) == 1


def test_a_correction_is_a_new_version_and_repeats_count_as_unchanged(office: Office) -> None:
    office.drop("ipm;Paser;2023;75,13;indeks")
    office.run()
    office.drop("ipm;Paser;2023;75,31;indeks", "ipm;Paser;2023;75,310;indeks")
    [report] = office.run()
    assert (report.rows_read, report.accepted, report.unchanged, report.refused) == (2, 1, 1, 0)
    [figure] = office.ipm()
    assert (str(figure.value), figure.version) == ("75.31", 2)


def test_a_correction_dropped_beside_the_old_file_has_the_last_word_for_good(office: Office) -> None:
    os.utime(office.drop("ipm;Paser;2023;75,13;indeks", name="z-lama.csv"), (1000, 1000))
    office.drop("ipm;Paser;2023;75,31;indeks", name="a-baru.csv")
    office.run()
    office.run()
    [figure] = office.ipm()
    assert (str(figure.value), figure.version) == ("75.31", 2)


def test_no_file_is_no_failure(office: Office) -> None:
    [report] = office.run()
    assert (report.ending, report.message) == ("absent", "belum ada berkas di data/inbox/opd/*")


@pytest.mark.parametrize("content", [b"", HEADER.encode()])
def test_an_empty_file_erases_nothing(office: Office, content: bytes) -> None:
    office.drop("ipm;Paser;2023;75,13;indeks")
    office.run()
    path = office.inbox / "kosong.csv"
    path.write_bytes(content)
    [report] = office.run()
    assert report.ending == "empty"
    assert "tetap berlaku" in report.message
    assert len(office.ipm()) == 1
    assert not path.exists()
    assert {each.rule for each in office.findings()} == {"kosong"}


def test_personal_data_are_not_stored_anywhere(office: Office) -> None:
    path = office.drop("ipm;Paser;2023;6401012003990001;indeks")
    [report] = office.run()
    assert report.ending == "failed"
    assert "kolom D" in report.message
    assert "6401012003990001" not in report.message + "".join(each.raw + each.sentence for each in office.findings())
    assert not path.exists()
    assert not (office.root / "data/raw").exists()


@pytest.mark.parametrize(
    ("content", "rule"), [(b"A;B\n1;2\n", "bentuk-berkas"), (b"\xd0\xcf\x11\xe0" * 9, "tak-terbaca")]
)
def test_an_unreadable_file_is_a_failed_attempt_with_its_finding(office: Office, content: bytes, rule: str) -> None:
    (office.inbox / "rusak.xls").write_bytes(content)
    [report] = office.run()
    assert report.ending == "failed"
    assert [(each.rule, each.file) for each in office.findings()] == [(rule, "data/inbox/opd/rusak.xls")]
    with office.engine.connect() as connection:
        [attempt] = queries.attempts(connection)
    assert (attempt.outcome, attempt.message) == ("failed", report.message)


def test_a_bug_in_one_file_stops_neither_the_next_one_nor_leaves_half_a_load(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.drop("ipm;Paser;2023;75,13;indeks", name="a.csv")
    commit = commits.commit_load

    def break_once(*arguments: object) -> object:
        monkeypatch.setattr(jobs, "commit_load", commit)
        raise RuntimeError("rusak")

    monkeypatch.setattr(jobs, "commit_load", break_once)
    office.drop("ipm;Paser;2022;74,13;indeks", name="b.csv")
    failed, loaded = office.run()
    assert (failed.ending, loaded.ending) == ("failed", "loaded")
    assert (office.inbox / "a.csv").exists()
    assert [each.period.code for each in office.ipm()] == ["2022"]
    assert office.run()[0].ending == "loaded"


def test_a_changed_catalogue_is_recorded_before_feeds_are_read(office: Office) -> None:
    def outcome(catalogue: Catalogue) -> Report:
        office.drop("ipm;Paser;2023;75,13;indeks")
        return next(run_feeds(job(office.engine, catalogue, office.root, NOW), [FEED]))

    assert outcome(office.catalogue).vintage == 2
    changed = office.catalogue.model_copy(update={"indicators": office.catalogue.indicators[:2]})
    assert outcome(changed).ending == "unchanged"
    office.drop("ipm;Paser;2023;75,14;indeks")
    assert office.run()[0].message == "Katalog berubah di tengah pemuatan data. Jalankan lagi. Tidak ada yang dimuat."
    with office.engine.connect() as connection:
        assert [each.kind for each in queries.vintages(connection, 10)] == ["catalogue", "data", "catalogue"]


def test_a_file_that_may_not_be_opened_is_a_failed_attempt(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.drop("ipm;Paser;2023;75,13;indeks")

    def deny(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", deny)
    [report] = office.run()
    assert report.ending == "failed"
    assert "Periksa izin" in report.message


def test_what_was_loaded_before_an_unreadable_file_is_still_reported(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(office.drop("ipm;Paser;2023;75,13;indeks", name="a.csv"), (1000, 1000))
    office.drop("ipm;Paser;2022;74,13;indeks", name="b.csv")
    read_bytes = Path.read_bytes

    def deny(path: Path) -> bytes:
        if path.name == "b.csv":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", deny)
    assert [each.ending for each in office.run()] == ["loaded", "failed"]


def test_a_loaded_file_that_cannot_leave_the_inbox_is_loaded_and_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.drop("ipm;Paser;2023;75,13;indeks")

    unlink = Path.unlink

    def deny(path: Path) -> None:
        if "inbox" in path.parts:
            raise PermissionError(13, "Permission denied")
        unlink(path)

    monkeypatch.setattr(Path, "unlink", deny)
    [report] = office.run()
    assert (report.ending, report.accepted, report.vintage) == ("loaded", 1, 2)
    assert "data/inbox/opd/kiriman.csv" in report.message
    assert "Hapus" in report.message


def test_a_folder_that_takes_no_raw_file_is_named(office: Office) -> None:
    office.drop("ipm;Paser;2023;75,13;indeks")
    (office.root / "data/raw").write_text("sebuah berkas, bukan folder", encoding="utf-8")
    [report] = office.run()
    assert report.ending == "failed"
    assert "data/raw" in report.message
    assert office.ipm() == []


def test_a_warehouse_that_is_busy_is_said_to_be_busy(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.drop("ipm;Paser;2023;75,13;indeks")

    def lock(*_arguments: object) -> object:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr(jobs, "commit_load", lock)
    [report] = office.run()
    assert report.ending == "failed"
    assert "sedang dipakai proses lain" in report.message
