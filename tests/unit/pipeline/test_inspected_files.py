"""What comes of a file by the draft that inspect makes of it, with the few edits of a steward who knows the truth."""

from __future__ import annotations

from benchmarks.inspected_files import ROOT, SAMPLES, TODAY, generated, outcome
from benchmarks.inspected_truths import FILES, told
from etl.catalogue.load import load_catalogue
from etl.connectors.formats.kinds import read_bytes
from etl.jobs.connector_registry import CONNECTORS
from etl.pipeline.inspection.look import inspect

FALL_SHORT = {"opd/sp4n_lapor_rekap.csv", "opensid/statistik_penduduk.json"}  # of thirty-one: more than three edits


def test_no_draft_of_a_sample_loads_a_wrong_number_and_most_load_right() -> None:
    catalogue = load_catalogue(ROOT, CONNECTORS)
    became = {
        name: outcome(name, (SAMPLES / name).read_bytes(), edits, told(truth), catalogue)
        for name, (edits, truth) in FILES.items()
    }
    assert "wrong" not in became.values(), became
    assert {name for name, how in became.items() if how != "right"} == FALL_SHORT, became


def test_a_column_of_parts_is_left_to_the_reader_and_not_skipped() -> None:
    catalogue = load_catalogue(ROOT, CONNECTORS)
    assert generated(77, catalogue) == ("gender-column", "right")  # nothing of it is true, nothing is taken
    assert generated(39, catalogue) == ("facility", "right")


def test_a_cause_is_said_once_with_the_number_of_its_places() -> None:
    sheets = list(read_bytes((SAMPLES / "field" / "inflation_m_to_m.csv").read_bytes()))
    lines = list(inspect("inflasi.csv", "csv", sheets, load_catalogue(ROOT, CONNECTORS), TODAY))
    [cause] = [line for line in lines if "menyebut perubahan bulan ke bulan" in line]
    assert "Baris 5, kolom B dan 25 tempat lain: " in cause
