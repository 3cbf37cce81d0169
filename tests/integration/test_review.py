"""The walidata's check: what waits is no figure yet, one decision is made, sealed and never lost."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, text

from benchmarks.server import create_database
from etl.catalogue.models import Catalogue
from etl.jobs.loading.delivery_load import Report
from etl.jobs.loading.feed_run import run_feed
from etl.jobs.loading.steward_review import ReviewError, accept, give_back_held, replay
from etl.jobs.workbooks.returned_rows import returned_rows
from etl.measures.observation import Finding, Observation
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.read import queries
from etl.warehouse.read.journal import attempt_numbered, findings
from etl.warehouse.schema import metadata
from etl.warehouse.verify import verify
from etl.warehouse.write.commits import record_catalogue
from tests.integration.warehouse.test_verify import tamper
from tests.jobs import job
from tests.problems.trial import feed, trial_catalogue

HEADER = "Indikator;Wilayah;Periode;Nilai;Satuan\n"
NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)
GOOD, BAD = "ipm;Paser;2023;75,13;indeks", "ipm;Entah;2023;75,13;indeks"


@dataclasses.dataclass
class Desk:
    """An office that drops files, and a walidata who looks at them."""

    root: Path
    engine: Engine
    check: str = "steward"

    def __post_init__(self) -> None:
        self.use(trial_catalogue(feeds=(feed(check=self.check),)))

    def use(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.job = job(self.engine, catalogue, self.root, NOW)
        record_catalogue(self.engine, catalogue, NOW)

    def send(self, *rows: str, name: str = "kiriman.csv") -> Report:
        folder = self.root / "data/inbox/opd"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        [report] = run_feed(self.job, self.catalogue.feed["opd"])
        return report

    def accept(self, number: int, by: str = "Siti") -> Report:
        return accept(self.job, number, by)

    def give_back(self, number: int, reason: str = "Periksa tahun 2023.") -> Report:
        return give_back_held(self.job, number, "Siti", reason)

    def replay(self, number: int) -> Report:
        return replay(self.job, number)

    def figures(self) -> list[Observation]:
        with self.engine.connect() as connection:
            vintage = queries.current_vintage(connection)
            assert vintage is not None
            return queries.observations(connection, vintage)

    def findings(self) -> list[Finding]:
        with self.engine.connect() as connection:
            return findings(connection)

    def outcome(self, number: int) -> str | None:
        with self.engine.connect() as connection:
            found = attempt_numbered(connection, number)
        assert found is not None
        assert found.rows_read == found.accepted + found.unchanged + found.refused
        return found.outcome


@pytest.fixture
def desk(tmp_path: Path, engine: Engine) -> Desk:
    return Desk(tmp_path, engine)


@pytest.fixture
def automatic(tmp_path: Path, engine: Engine) -> Desk:
    return Desk(tmp_path, engine, "automatic")


def test_a_checked_delivery_waits_and_is_no_figure(desk: Desk) -> None:
    report = desk.send(GOOD, BAD)
    assert (report.ending, report.rows_read, report.accepted, report.refused) == ("waiting", 2, 1, 1)
    assert "python -m etl accept 1" in report.message
    assert desk.outcome(1) == "waiting"
    assert desk.figures() == []
    assert [each.rule for each in desk.findings()] == ["wilayah-tak-dikenal"]
    assert not (desk.root / "data/inbox/opd/kiriman.csv").exists()
    assert len(list((desk.root / "data/raw/opd").glob("*.csv"))) == 1
    assert verify(desk.engine) == []


def test_an_accepted_delivery_is_loaded_under_the_name_of_who_accepted_it(desk: Desk) -> None:
    desk.send(GOOD, BAD)
    report = desk.accept(1)
    assert (report.ending, report.accepted, report.refused, report.vintage) == ("loaded", 1, 1, 2)
    [figure] = desk.figures()
    assert (str(figure.value), figure.place.file) == ("75.13", "data/inbox/opd/kiriman.csv")
    assert desk.outcome(1) == "loaded"
    assert [each.rule for each in desk.findings()] == ["wilayah-tak-dikenal"]
    assert verify(desk.engine) == []


def test_a_returned_delivery_is_sealed_with_its_reason_and_goes_back_to_the_office(desk: Desk) -> None:
    desk.send(GOOD)
    report = desk.give_back(1, "Angkanya milik tahun 2022.")
    assert (report.ending, report.vintage) == ("returned", 2)
    assert desk.outcome(1) == "returned"
    assert desk.figures() == []
    assert [each.rule for each in desk.findings()] == ["dikembalikan-walidata"]
    with desk.engine.connect() as connection:
        assert [each.kind for each in queries.vintages(connection, 5)] == ["review", "catalogue"]
    letters = list((desk.root / "data/inbox/dikembalikan/opd").glob("*.txt"))
    assert "Angkanya milik tahun 2022." in letters[0].read_text(encoding="utf-8")
    assert verify(desk.engine) == []


@pytest.mark.parametrize("first", [Desk.accept, Desk.give_back])
@pytest.mark.parametrize("second", [Desk.accept, Desk.give_back])
def test_one_delivery_is_decided_on_once(
    desk: Desk, first: Callable[[Desk, int], Report], second: Callable[[Desk, int], Report]
) -> None:
    desk.send(GOOD)
    first(desk, 1)
    with pytest.raises(ReviewError, match="oleh Siti"):
        second(desk, 1)
    with pytest.raises(ReviewError, match="tidak menunggu pemeriksaan"):
        second(desk, 7)


def test_of_two_stewards_at_once_one_decides(desk: Desk) -> None:
    desk.send(GOOD)
    said: list[str] = []

    def decide(work: Callable[[], Report]) -> None:
        try:
            said.append(work().ending)
        except ReviewError as error:
            said.append(str(error))

    works = (lambda: desk.accept(1), lambda: desk.give_back(1))
    threads = [threading.Thread(target=decide, args=(work,)) for work in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len([each for each in said if each in ("loaded", "returned")]) == 1
    assert any("diputuskan satu kali" in each for each in said)
    assert verify(desk.engine) == []


def test_bytes_that_were_changed_since_are_not_accepted(desk: Desk) -> None:
    desk.send(GOOD)
    [raw] = (desk.root / "data/raw/opd").glob("*.csv")
    raw.write_text(HEADER + GOOD.replace("75,13", "77,13"), encoding="utf-8")
    with pytest.raises(ReviewError, match="sudah berubah"):
        desk.accept(1)
    assert desk.outcome(1) == "waiting"


def test_what_a_changed_catalogue_reads_otherwise_is_not_accepted(desk: Desk) -> None:
    desk.send(GOOD, BAD)
    changed = desk.catalogue.model_copy(update={"aliases": desk.catalogue.aliases | {"entah": "64.08"}})
    desk.use(Catalogue(**{name: getattr(changed, name) for name in Catalogue.model_fields}))
    with pytest.raises(ReviewError, match="terbaca lain"):
        desk.accept(1)
    again = desk.replay(1)
    assert (again.ending, again.accepted, again.refused) == ("waiting", 2, 0)
    assert desk.accept(2).accepted == 2
    with pytest.raises(ReviewError):
        desk.accept(1)


def test_a_delivery_that_a_newer_one_overtook_is_not_accepted(desk: Desk) -> None:
    desk.send(GOOD)
    desk.send(GOOD.replace("75,13", "75,31"))
    desk.accept(2)
    with pytest.raises(ReviewError, match="lebih baru"):
        desk.accept(1)
    assert desk.give_back(1).ending == "returned"


def test_the_same_content_does_not_wait_twice_and_comes_back_once(desk: Desk) -> None:
    desk.send(GOOD)
    again = desk.send(GOOD)
    assert (again.ending, again.message.split(",")[0]) == ("unchanged", "Isinya sama dengan pemuatan data 1")
    desk.give_back(1)
    assert "dikembalikan oleh Siti" in desk.send(GOOD).message
    assert [each.rule for each in desk.findings()] == ["dikembalikan-walidata"]
    assert desk.send(GOOD.replace("75,13", "75,31")).ending == "waiting"
    desk.accept(4)
    assert desk.send(GOOD.replace("75,13", "75,31")).ending == "unchanged"


TAMPERINGS = [
    "UPDATE decision SET \"by\" = 'Budi'",
    "UPDATE decision SET reason = 'Lain.' WHERE verdict = 'return'",
    "UPDATE decision SET verdict = 'accept' WHERE verdict = 'return'",
    "UPDATE decision SET decided_at = (SELECT min(started_at) FROM attempt WHERE id > 1)",
    "DELETE FROM decision WHERE verdict = 'accept'",
    "DELETE FROM decision WHERE verdict = 'return'",
    "DELETE FROM review WHERE attempt_id = 2",
    "UPDATE review SET content = '0'",
    "UPDATE review SET cause = 'shrunk'",
    "UPDATE attempt SET outcome = 'waiting' WHERE id = 2",
    "UPDATE attempt SET outcome = 'loaded' WHERE id = 2",
    "UPDATE attempt SET outcome = 'loaded' WHERE id = 3",
    "UPDATE attempt SET outcome = 'returned' WHERE id = 1",
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def decided(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Three deliveries, of which one was accepted and one returned, on each database in turn."""
    folder = tmp_path_factory.mktemp("decided")
    url = f"sqlite:///{folder / 'warehouse.sqlite'}"
    if request.param == "postgresql":
        url = create_database(request.getfixturevalue("postgres_server"), "decided")
    engine = open_engine(url)
    migrate(engine)
    desk = Desk(folder, engine)
    for year in ("2023", "2022", "2021"):
        desk.send(GOOD.replace("2023", year))
    desk.accept(1)
    desk.give_back(2)
    yield engine
    engine.dispose()


@pytest.fixture
def restored(decided: Engine) -> Iterator[Engine]:
    """Lend the decided deliveries to a test that tampers with them, and put every row back afterwards."""
    with decided.connect() as connection:
        rows = {table: connection.execute(table.select()).mappings().all() for table in metadata.sorted_tables}
    yield decided
    with decided.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        for table in metadata.sorted_tables:
            if rows[table]:
                connection.execute(table.insert(), [dict(row) for row in rows[table]])


@pytest.mark.parametrize("statement", TAMPERINGS)
def test_a_decision_that_was_tampered_with_is_found(restored: Engine, statement: str) -> None:
    assert verify(restored) == []
    if "decided_at" in statement:
        tamper(restored, "UPDATE attempt SET started_at = '2020-01-01 00:00:00+00:00'")
    tamper(restored, statement)
    assert verify(restored) != []


def test_a_return_that_was_cut_off_the_chain_is_missed(desk: Desk) -> None:
    desk.send(GOOD)
    desk.give_back(1)
    for table in ("seal", "decision"):
        tamper(desk.engine, f"DELETE FROM {table} WHERE vintage_no = 2")
    tamper(desk.engine, "DELETE FROM vintage WHERE no = 2")
    assert any("keputusan walidata hilang" in each.sentence for each in verify(desk.engine))


def years(count: int) -> list[str]:
    return [f"ipm;Paser;{2023 - each};75,13;indeks" for each in range(count)]


def test_a_delivery_of_less_than_half_the_rows_waits_and_supersedes_nothing(automatic: Desk) -> None:
    automatic.send(*years(5))
    changed = [row.replace("75,13", "70,00") for row in years(2)]
    report = automatic.send(*changed, name="lain.csv")
    assert (report.ending, report.rows_read) == ("waiting", 2)
    assert "2 baris, sedangkan pemuatan data terakhir 5 baris" in report.message
    assert {str(each.value) for each in automatic.figures()} == {"75.13"}
    assert [(each.rule, each.severity) for each in automatic.findings()] == [("menyusut", "warning")]
    automatic.accept(2)
    assert sorted(str(each.value) for each in automatic.figures()) == ["70", "70", "75.13", "75.13", "75.13"]
    assert automatic.findings() == []
    assert verify(automatic.engine) == []


def test_half_of_the_rows_is_not_shrunk(automatic: Desk) -> None:
    automatic.send(*years(4))
    assert automatic.send(*years(2)).ending == "unchanged"


def test_a_load_that_was_returned_whole_says_nothing_of_how_many_rows_there_should_be(automatic: Desk) -> None:
    automatic.send(*years(3))
    assert automatic.send(*[BAD] * 9).refused == 9
    assert automatic.send(*years(2)).ending == "loaded"
    automatic.send(*years(9))
    assert automatic.send(*[BAD] * 5).refused == 5
    assert automatic.send(*years(4)).ending == "waiting"


def test_a_figure_far_from_the_last_one_is_returned(automatic: Desk) -> None:
    automatic.send("apbd-budget;Paser;2022;279,5;miliar Rp")
    report = automatic.send("apbd-budget;Paser;2023;275.452;miliar Rp")
    assert (report.accepted, report.refused) == (0, 1)
    [finding] = automatic.findings()
    assert finding.rule == "lompatan"
    assert "279500000000 Rp (2022)" in finding.sentence


def test_a_cumulative_figure_is_compared_with_all_that_stands_of_its_year(automatic: Desk) -> None:
    automatic.send("pad;Paser;2026-Q1;100;Rp", "pad;Paser;2026-Q2;200;Rp")
    automatic.send("pad;Paser;2026-Q3;150;Rp", "pad;Paser;2026-Q2;210;Rp")
    assert {(each.rule, each.row) for each in automatic.findings()} == {("kumulatif-turun", 2), ("kumulatif-turun", 3)}
    automatic.send("pad;Paser;2026-07;150;Rp")
    assert "200 (2026-Q2, sudah dimuat)" in automatic.findings()[0].sentence


def test_a_failed_file_stays_in_sight_until_its_name_comes_again(automatic: Desk) -> None:
    folder = automatic.root / "data/inbox/opd"
    automatic.send(GOOD)
    (folder / "rusak.csv").write_text("A;B\n1;2\n", encoding="utf-8")
    run_feed(automatic.job, automatic.catalogue.feed["opd"])
    automatic.send(GOOD.replace("2023", "2022"), name="lain.csv")
    assert [(each.rule, each.file) for each in automatic.findings()] == [("bentuk-berkas", "data/inbox/opd/rusak.csv")]
    automatic.send(GOOD.replace("2023", "2021"), name="rusak.csv")
    assert automatic.findings() == []


def test_a_delivery_runs_again_after_an_alias_was_added(automatic: Desk) -> None:
    automatic.send(GOOD, BAD)
    aliases = automatic.catalogue.aliases | {"entah": "64.08"}
    automatic.use(trial_catalogue(feeds=(feed(),), aliases=aliases))
    report = automatic.replay(1)
    assert (report.ending, report.accepted, report.unchanged, report.refused) == ("loaded", 1, 1, 0)
    assert {each.region for each in automatic.figures()} == {"64.01", "64.08"}
    assert automatic.findings() == []
    assert verify(automatic.engine) == []


def test_an_old_delivery_is_not_run_again_over_newer_figures(automatic: Desk) -> None:
    automatic.send(GOOD)
    automatic.send(GOOD.replace("75,13", "75,31"), name="betul.csv")
    with pytest.raises(ReviewError, match="lebih baru"):
        automatic.replay(1)
    with pytest.raises(ReviewError, match="tidak ada"):
        automatic.replay(9)
    assert [str(each.value) for each in automatic.figures()] == ["75.31"]


def test_returned_rows_are_listed_in_a_workbook_with_their_sentence_as_comment(automatic: Desk, tmp_path: Path) -> None:
    automatic.send(GOOD, "ipm;=1+1;2023;75,13;indeks")
    book, count = returned_rows(automatic.findings())
    assert count == len(automatic.findings())
    book.save(tmp_path / "daftar.xlsx")
    sheet = load_workbook(tmp_path / "daftar.xlsx").active
    assert sheet is not None
    cell = sheet["G2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert "tidak ada di daftar wilayah" in cell.comment.text
    assert [sheet[f"{letter}2"].value for letter in "ABE"] == [1, "opd", 3]


def test_a_waiting_attempt_keeps_its_counts(desk: Desk) -> None:
    desk.send(GOOD, GOOD, BAD)
    with desk.engine.connect() as connection:
        counts = connection.execute(text("SELECT rows_read, accepted, unchanged, refused FROM attempt")).one()
    assert tuple(counts) == (3, 1, 1, 1)


def test_what_was_accepted_once_waits_again_after_a_later_correction(desk: Desk) -> None:
    desk.send(GOOD, name="pertama.csv")
    desk.accept(1)
    desk.send("ipm;Paser;2023;75,20;indeks", name="betulan.csv")
    desk.accept(2)
    assert desk.send(GOOD, name="pertama.csv").ending == "waiting"
    assert [str(each.value) for each in desk.figures()] == ["75.2"]


def test_a_return_stands_where_no_copy_can_be_written_and_says_so(desk: Desk) -> None:
    desk.send(GOOD)
    (desk.root / "data/inbox/dikembalikan").write_text("berkas, bukan folder", encoding="utf-8")
    report = desk.give_back(1)
    assert (report.ending, desk.outcome(1)) == ("returned", "returned")
    assert "tidak dapat dibuat" in report.message
