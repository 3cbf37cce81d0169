"""Whatever is changed by hand is found, and the load it came from is named."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.verify import BrokenSeal, verify
from tests import making
from tests.integration.warehouse.loads import CATALOGUE, IPM, House, load, refusal, row


@pytest.fixture
def filled(house: House) -> House:
    house.commit(load(row("70"), row("69", period="2023"), refused=(refusal(9),)))
    house.commit(load(row("71"), row("72", publication="dinas"), feed="kedua", name="kedua.csv"))
    house.record(making.catalogue(IPM))
    return house


def tamper(engine: Engine, statement: str) -> None:
    """Change the tables by hand, past all checks of references."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(statement))
        connection.commit()
    engine.dispose()


def test_an_untouched_warehouse_is_whole(filled: House) -> None:
    assert verify(filled.engine) == []


def test_an_empty_warehouse_is_whole(engine: Engine) -> None:
    assert verify(engine) == []


def test_a_changed_value_names_the_load_it_came_from(filled: House) -> None:
    tamper(filled.engine, "UPDATE observation SET value = '99' WHERE version = 2")
    faults = verify(filled.engine)
    assert faults[0] == BrokenSeal(
        3,
        2,
        "kedua",
        "Pemuatan data 2 dari kiriman kedua (keadaan data 3): isinya tidak cocok dengan versi data; ada angka yang "
        "diubah, dihapus atau ditambahkan.",
    )
    assert any("skor smart-economy 64.01 2024" in each.sentence for each in faults)


@pytest.mark.parametrize(
    ("statement", "word", "runs"),
    [
        ("UPDATE observation SET value = '69.5' WHERE version = 1 AND value = '70'", "isinya", {1}),
        ("UPDATE period SET \"end\" = '2030-12-31' WHERE code = '2023'", "Tanggal periode 2023", set()),
        ("UPDATE observation SET printed = '70,0' WHERE id = 1", "isinya", {1}),
        ("UPDATE observation SET row = 77 WHERE id = 1", "isinya", {1}),
        ("UPDATE annotation SET status = 'estimate'", "isinya", {1, 2}),
        ("UPDATE region SET code = '64.02'", "isinya", {1, 2}),
        ("DELETE FROM source WHERE publication = 'dinas'", "isinya", {2}),
        ("DELETE FROM observation WHERE id = 1", "diterima", {1}),
        ("UPDATE observation SET vintage_no = 2 WHERE vintage_no = 3 AND version = 1", "isinya", {1, 2}),
        ("UPDATE observation SET vintage_no = 77 WHERE id = 1", "tidak tercatat", {1}),
        ("UPDATE observation SET superseded_in = NULL", "urutan versi", {1}),
        ("UPDATE observation SET superseded_in = 3 WHERE superseded_in IS NULL", "urutan versi", {1, 2}),
        ("UPDATE observation SET version = 3 WHERE version = 2", "urutan versi", {2}),
        ("UPDATE finding SET sentence = 'Baik.'", "dikembalikan", {1}),
        ("DELETE FROM finding", "dikembalikan", {1}),
        ("UPDATE run SET rows_read = 4, unchanged = 1 WHERE id = 1", "versi data", {1}),
        ("UPDATE run SET feed = 'lain' WHERE id = 1", "versi data", {1}),
        ("UPDATE file SET sha256 = name", "versi data", {1, 2}),
        ("UPDATE vintage SET recorded_at = (SELECT min(recorded_at) FROM vintage)", "versi data", {1, 2}),
        ("UPDATE seal SET seal = content WHERE vintage_no = 3", "versi data", {2}),
        ("DELETE FROM seal WHERE vintage_no = 3", "hilang", {2}),
        ("UPDATE score SET tree = '{}' WHERE superseded_in IS NULL", "skor", set()),
        ("UPDATE score SET tree = 'x' WHERE superseded_in IS NOT NULL", "versi data", {1, 2}),
        ("UPDATE score SET superseded_in = NULL WHERE vintage_no = 2", "versi data", {2}),
        ("UPDATE catalogue SET document = replace(document, 'ipm', 'imp')", "katalog", {1, 2}),
        ("UPDATE latest SET period_id = (SELECT min(id) FROM period)", "angka terbaru", set()),
        ("DELETE FROM contested", "beda data", set()),
    ],
)
def test_tampering_is_found(filled: House, statement: str, word: str, runs: set[int]) -> None:
    tamper(filled.engine, statement)
    faults = verify(filled.engine)
    assert any(word in each.sentence for each in faults), faults
    assert runs <= {each.run for each in faults}


def test_newest_vintages_that_were_cut_off_are_missed(house: House) -> None:
    house.commit(load(row("70")))
    house.commit(load(row("71"), feed="kedua", name="kedua.csv"))
    tamper(house.engine, "DELETE FROM run_file WHERE run_id = 2")
    for table in ("score", "seal", "observation", "run"):
        tamper(house.engine, f"DELETE FROM {table} WHERE vintage_no = 3")
    tamper(house.engine, "DELETE FROM vintage WHERE no = 3")
    tamper(house.engine, "UPDATE observation SET superseded_in = NULL")
    said = [each.sentence for each in verify(house.engine)]
    assert "Pemuatan data 2 dari kiriman kedua hilang, padahal tercatat pernah dimuat." in said


def test_a_value_that_is_no_number_is_a_fault(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    migrate(engine)
    house = House(engine)
    house.record(CATALOGUE)
    house.commit(load(row("70")))
    tamper(engine, "UPDATE observation SET value = 'tujuh puluh'")
    sentences = " ".join(each.sentence for each in verify(engine))
    assert "isinya tidak cocok" in sentences
    assert "Skor tidak dapat dihitung ulang" in sentences
    engine.dispose()
