"""A sheet's name, a note and a word of statistics say of the figures beside them what heads and titles would."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.catalogue.feeds import Feed
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.connectors.formats.kinds import read_bytes
from etl.jobs.connector_registry import CONNECTORS
from etl.pipeline.refine import refine
from tests.problems.sheets import book


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue(Path(__file__).parents[3], CONNECTORS)


def taken(
    catalogue: Catalogue, sheet: str = "Data", indicator: str = "tpt", head: str = "Nilai", note: str = ""
) -> bool:
    """Tell whether the one figure of a sheet, Paser's of 2024, was accepted."""
    unit, value = {"tpt": ("%", 5.2), "apbd-expenditure": ("miliar Rp", 2900), "population": ("jiwa", 310)}[indicator]
    rows = [["Kabupaten/Kota", "Tahun", head, "Keterangan"], ["Paser", 2024, value, note]]
    of = Feed.model_validate(
        {
            "id": "uji",
            "name": {"id": "Uji", "en": "Trial"},
            "connector": "file",
            "path": "data/inbox/uji/*",
            "decimal": ",",
            "columns": {"region": "Kabupaten/Kota", "period": "Tahun", "value": head},
            "defaults": {"indicator": indicator, "unit": unit, **({"series": "proyeksi"} if value == 310 else {})},
        }
    )
    return (
        len(refine(read_bytes(book({"name": sheet, "rows": rows})), of, catalogue, dt.date(2026, 11, 28)).accepted) == 1
    )


@pytest.mark.parametrize(
    ("sheet", "indicator"),
    [
        *((name, "tpt") for name in ("Target", "Target RPJMD", "Rencana", "Proyeksi 2024", "Semester I")),
        *((name, "tpt") for name in ("Triwulan II", "Kumulatif", "s.d. September", "Tahun Lalu")),
        *((name, "apbd-expenditure") for name in ("Pagu", "Anggaran", "Sem I 2024", "TW III", "Juni 2024")),
        ("Ribu Jiwa", "population"),
    ],
)
def test_a_sheets_name_binds_as_a_title_does(shipped: Catalogue, sheet: str, indicator: str) -> None:
    assert not taken(shipped, sheet, indicator)


@pytest.mark.parametrize("sheet", ["2024", "TPT", "Paser", "Agustus 2024", "Realisasi", "Target dan Realisasi", "BPS"])
def test_a_sheets_name_that_says_nothing_else_does_no_harm(shipped: Catalogue, sheet: str) -> None:
    assert taken(shipped, sheet)


@pytest.mark.parametrize("head", ["RSE (%)", "Standar Error", "Batas Atas (95%)", "Selisih", "Peringkat", "Bobot"])
def test_a_statistic_of_the_figure_is_not_the_figure(shipped: Catalogue, head: str) -> None:
    assert not taken(shipped, head=head)


@pytest.mark.parametrize("note", ["target", "proyeksi", "data tahun 2022", "Februari 2024", "angka semester I"])
def test_a_note_that_names_a_plan_or_another_period_returns_its_row(shipped: Catalogue, note: str) -> None:
    assert not taken(shipped, note=note)


@pytest.mark.parametrize("note", ["", "sumber BPS", "-", "Agustus 2024", "2024", "baik", "data tahun 2024"])
def test_a_note_that_says_nothing_else_does_no_harm(shipped: Catalogue, note: str) -> None:
    assert taken(shipped, note=note)


@pytest.mark.parametrize(
    "head", ["Rata-rata 2022-2024", "Tahun 2022 s.d. 2024", "Nasional", "Indonesia", "Rata-rata Kaltim"]
)
def test_a_head_of_several_years_or_another_region_is_not_the_rows(shipped: Catalogue, head: str) -> None:
    assert not taken(shipped, head=head)


@pytest.mark.parametrize("head", ["2024", "Nilai 2024", "Rata-rata", "Paser", "TPT 2024"])
def test_a_head_of_the_rows_year_and_region_is_read(shipped: Catalogue, head: str) -> None:
    assert taken(shipped, head=head)
