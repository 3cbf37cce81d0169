"""Files as offices and portals publish them, each with its right outcome."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from etl.catalogue.models import Catalogue
from etl.catalogue.outside_regions import OutsideRegion
from etl.connectors.base import UnreadableError
from etl.connectors.formats.kinds import read_bytes
from etl.pipeline.inspection.look import inspect
from etl.pipeline.refine import Refined
from tests.making import indicator
from tests.problems import sheets
from tests.problems.sheets import layout_feed, refine_layout, returned
from tests.problems.trial import TODAY, feed, refine_bytes, trial_catalogue

FIELD = Path(__file__).parents[2] / "samples" / "field"


def shown(refined: Refined) -> list[str]:
    """Write what was accepted; a file without sheets has cells alone."""
    return [line.replace("nan!", "") for line in sheets.shown(refined)]


def _with_bps_codes() -> Catalogue:
    codes = {"64.01": "6401", "64.08": "6404", "64.09": "6409"}
    regions = tuple(each.model_copy(update={"bps_code": codes.get(each.code)}) for each in trial_catalogue().regions)
    return trial_catalogue(regions=regions)


def test_codes_and_years_that_became_numbers_are_read() -> None:
    columns = {"region": "bps_kode_kabupaten_kota", "period": "tahun", "value": "jumlah_desa_mandiri"}
    of = feed(columns=columns, defaults={"indicator": "population", "unit": "jiwa"}, decimal=".", region_codes="bps")
    crosswalk = _with_bps_codes()
    refined = refine_bytes((FIELD / "float_codes_and_years.csv").read_bytes(), of, crosswalk)
    assert shown(refined) == [
        "population 64.01 2023 31 E2",
        "population 64.08 2023 52 E3",
        "population 64.09 2023 11 E4",
    ]


def test_a_month_by_its_usual_short_form_is_read() -> None:
    of = layout_feed(
        columns={"indicator": "URAIAN"},
        layout={
            "period": ["title"],
            "region": "title",
            "words": {"indicator": {"Aduan SP4N masuk": "lapor", "Aduan SP4N selesai": "wifi"}},
            "values": [{"reads": "period"}],
        },
        defaults={},
    )
    refined = refine_layout((FIELD / "month_short_forms.xlsx").read_bytes(), of)
    assert len(shown(refined)) == 22
    assert "lapor 64.01 2025-08 15 Sheet1!J5" in shown(refined)


def test_a_month_given_as_its_first_day_is_the_month_unless_other_days_stand_beside() -> None:
    columns = {"region": "Wilayah", "period": "Bulan", "value": "Titik"}
    of = layout_feed(columns=columns, defaults={"indicator": "wifi", "unit": "titik"})
    months = b"Wilayah;Bulan;Titik\nPaser;2025-03-01;3\nPaser;2025-04-01 00:00:00;4\n"
    assert shown(refine_layout(months, of)) == ["wifi 64.01 2025-03 3 C2", "wifi 64.01 2025-04 4 C3"]
    days = refine_layout(months + b"Paser;2025-04-02;5\n", of)
    assert not any("2025-03 " in line or "2025-04 " in line for line in shown(days)), returned(days)


FAR = (
    OutsideRegion(code="63", level="province", name="Kalimantan Selatan", bps_code="6300"),
    OutsideRegion(code="21", level="province", name="Kepulauan Riau", other_names="Kep. Riau"),
    OutsideRegion(code="65.04", level="regency", name="Nunukan", bps_code="6503", former_codes="6408"),
)
ROWS = (
    b"Kode;Tahun;Jiwa\nPaser;2024;1\nKutai Timur;2024;2\nIndonesia;2024;3\n"
    b"KEP, RIAU;2024;x\nProv. Kalimantan Selatan;2024;5\n"
)


def _scoped(content: bytes, **changes: Any) -> Refined:
    of = feed(
        columns={"region": "Kode", "period": "Tahun", "value": "Jiwa"},
        defaults={"indicator": "population", "unit": "jiwa"},
        **changes,
    )
    return refine_bytes(content, of, trial_catalogue(outside_regions=FAR))


def test_rows_of_regions_outside_are_counted_in_one_line_and_not_returned() -> None:
    refined = _scoped(ROWS)
    assert [line.split()[1] for line in shown(refined)] == ["64.01", "64.08", "ID"]
    assert returned(refined) == []
    [said] = refined.findings["sentence"][refined.findings["rule"].eq("di-luar-cakupan")]
    assert "2 baris" in said
    assert "KEP, RIAU" in said
    assert refined.rows_read == 3


def test_a_feed_of_its_own_region_leaves_the_others_and_one_of_all_returns_them() -> None:
    assert [line.split()[1] for line in shown(_scoped(ROWS, regions="own", region="64.01"))] == ["64.01"]
    assert [each.split()[0] for each in returned(_scoped(ROWS, regions="all"))] == ["wilayah-tak-dikenal"] * 2


def test_a_misspelt_region_and_a_code_of_two_systems_go_back() -> None:
    refined = _scoped(b"Kode;Tahun;Jiwa\nPasserr;2024;1\n6408;2024;2\n")
    assert [each.split()[0] for each in returned(refined)] == ["wilayah-tak-dikenal"] * 2
    assert shown(refined) == []


def test_nested_json_is_read_where_the_feed_names_its_rows() -> None:
    content = b'{"mapData": {"ROW": [{"w": "Paser", "t": 2024.0, "n": 5}]}, "IDENTITAS": [{"a": 1}]}'
    of = feed(
        columns={"region": "w", "period": "t", "value": "n"},
        defaults={"indicator": "population", "unit": "jiwa"},
        rows="mapData.ROW",
    )
    assert shown(refine_bytes(content, of)) == ["population 64.01 2024 5 C2"]


def test_nested_json_without_rows_names_the_places_of_its_lists() -> None:
    with pytest.raises(UnreadableError, match=r"rows: mapData\.ROW"):
        refine_bytes((FIELD / "nested_dropped.json").read_bytes(), feed())


def test_a_first_column_without_a_head_may_number_the_rows_or_hold_the_years() -> None:
    of = feed(
        columns={"region": "name", "period": "tahun", "value": "indeks"},
        defaults={"indicator": "ipm", "unit": "indeks"},
        decimal=".",
    )
    numbered = refine_bytes((FIELD / "blank_number_head.csv").read_bytes(), of)
    assert shown(numbered) == ["ipm 64.01 2023 62.41 E2", "ipm 64.08 2023 60.1 E3"]
    slipped = refine_bytes(b",name,tahun,indeks\n0,Paser,2023,62,41\n1,Kutai Timur,2023,60.1\n", of)
    assert shown(slipped) == ["ipm 64.08 2023 60.1 D3"]
    assert returned(slipped)[0].startswith("kolom-berlebih")


def test_years_under_a_blank_corner_are_read_where_the_feed_names_it() -> None:
    of = feed(
        columns={"period": "(tanpa judul)", "value": "Kesehatan"},
        defaults={"indicator": "population", "unit": "jiwa", "region": "64.01"},
    )
    refined = refine_bytes((FIELD / "years_under_blank_head.csv").read_bytes(), of)
    assert shown(refined) == [
        "population 64.01 2010 23 D2",
        "population 64.01 2011 44 D3",
        "population 64.01 2012 47 D4",
    ]


def test_realisation_of_two_years_is_read_and_the_budget_beside_it_never() -> None:
    words = {"PENDAPATAN ASLI DAERAH (PAD)": "pad"}
    of = layout_feed(
        columns={"indicator": "URAIAN"},
        defaults={"unit": "Rp"},
        layout={
            "region": "title",
            "words": {"indicator": words},
            "skip": ["ANGGARAN 2024", "%", "NO. URUT"],
            "values": [{"reads": "period"}],
        },
    )
    refined = refine_layout((FIELD / "lra_two_years.xlsx").read_bytes(), of)
    assert shown(refined) == ["pad 64.01 2024 245331220118.2 LRA!D8", "pad 64.01 2023 201998110554 LRA!F8"]
    layout = of.layout and of.layout.model_copy(update={"skip": ("%", "NO. URUT")})
    unskipped = refine_layout((FIELD / "lra_two_years.xlsx").read_bytes(), of.model_copy(update={"layout": layout}))
    assert shown(unskipped) == shown(refined)
    assert "LRA!C8" in " ".join(returned(unskipped))


def test_a_draft_reads_realisation_and_skips_the_budget_of_the_same_year() -> None:
    content = (FIELD / "lra_two_years.xlsx").read_bytes()
    draft = "\n".join(inspect("lra.xlsx", "xlsx", list(read_bytes(content)), sheets.sheet_catalogue(), TODAY))
    assert re.search(r'skip: \[.*"ANGGARAN 2024"', draft), draft


def test_a_nan_in_json_is_that_one_cell() -> None:
    content = b'[{"w": "Paser", "t": 2024, "n": NaN}, {"w": "Kutai Timur", "t": 2024, "n": 5}]'
    of = feed(
        columns={"region": "w", "period": "t", "value": "n"}, defaults={"indicator": "population", "unit": "jiwa"}
    )
    refined = refine_bytes(content, of)
    assert shown(refined) == ["population 64.08 2024 5 C3"]
    assert returned(refined) == ["sel-galat C2"]


def test_a_plain_column_reads_kecamatan_as_layouts_do() -> None:
    of = layout_feed(
        columns={"region": "Kecamatan", "period": "Bulan", "value": "Titik"},
        defaults={"indicator": "wifi", "unit": "titik"},
        level="district",
        region="64.01",
    )
    rows = "Kecamatan;Bulan;Titik\nKec. Kuaro;2025-03;3\n2. LONG IKIS;2025-03;4\nKecamatan Warung;2025-03;5\n"
    refined = refine_layout(rows.encode(), of)
    assert shown(refined) == ["wifi 64.01.05 2025-03 3 C2", "wifi 64.01.06 2025-03 4 C3"]
    assert returned(refined) == ["wilayah-tak-dikenal A4"]


def test_each_sheet_is_a_kecamatan_and_one_of_none_says_so() -> None:
    def named(name: str, value: int) -> dict[str, Any]:
        return {"name": name, "rows": [["Tahun", "Nilai"], [2024, value]]}

    of = layout_feed(
        columns={"period": "Tahun", "value": "Nilai"},
        layout={"region": "sheet", "parent": "64.01"},
        level="district",
        defaults={"indicator": "population"},
    )
    content = sheets.book(named("Kuaro", 5), named("Kec. Long Ikis 2024", 7), named("REKAP", 12))
    refined = refine_layout(content, of)
    assert shown(refined) == [
        "population 64.01.05 2024 5 Kuaro!B2",
        "population 64.01.06 2024 7 Kec. Long Ikis 2024!B2",
    ]
    assert "“REKAP” bukan nama satu wilayah" in refined.findings["sentence"].iloc[-1]


def test_each_row_has_the_unit_of_its_own_label() -> None:
    def of(**defaults: str) -> Any:
        words = {"IPM": "ipm", "Penduduk (ribu jiwa)": "population"}
        layout = {"values": [{"reads": "period"}], "words": {"indicator": words}}
        return layout_feed(columns={"indicator": "Uraian"}, layout=layout, defaults={"region": "64.01", **defaults})

    content = b"Uraian;2024\nIPM;70,1\nPenduduk (ribu jiwa);290,1\n"
    assert shown(refine_layout(content, of())) == ["ipm 64.01 2024 70.1 B2", "population 64.01 2024 290100 B3"]
    assert "satuan-judul B3" in returned(refine_layout(content, of(unit="jiwa")))


@pytest.mark.parametrize("head", ["PAD Juta Rupiah", "PAD, juta rp", "PAD [juta rupiah]", "PAD Rp Juta"])
def test_a_unit_beside_a_head_binds_without_brackets_too(head: str) -> None:
    columns = {"region": "Wilayah", "period": "Tahun", "value": head}
    of = layout_feed(columns=columns, defaults={"indicator": "pad", "unit": "miliar rupiah"})
    refined = refine_layout(f"Wilayah;Tahun;{head}\nPaser;2024;5\n".encode(), of)
    assert (shown(refined), returned(refined)) == ([], ["satuan-judul C2"])


def test_negatives_of_books_below_a_blank_row_are_still_rows() -> None:
    of = layout_feed(
        columns={"region": "Kecamatan"},
        layout={"parent": "64.01", "values": [{"reads": "period"}]},
        level="district",
        defaults={"indicator": "growth", "unit": "%"},
    )
    refined = refine_layout(b"Kecamatan;2023;2024\nKuaro;(2,81);2,34-\n;;\nLong Ikis;(3,11);(4,11)\n", of)
    assert len(shown(refined)) == 4


def test_a_date_column_of_last_days_names_whole_periods_and_one_of_other_days_none() -> None:
    of = layout_feed(
        columns={"region": "Wilayah", "period": "Tanggal", "value": "Titik"}, defaults={"indicator": "wifi"}
    )
    ends = b"Wilayah;Tanggal;Titik\nPaser;2025-03-31;3\nPaser;30/04/2025;4\n"
    assert shown(refine_layout(ends, of)) == ["wifi 64.01 2025-03 3 C2", "wifi 64.01 2025-04 4 C3"]
    assert shown(refine_layout(ends + b"Paser;2025-05-12;5\n", of)) == []


@pytest.mark.parametrize(("period", "loaded"), [("2024-03", ["5.17", "8.47"]), ("2024-09", [])])
def test_figures_under_one_month_are_never_loaded_as_another(period: str, loaded: list[str]) -> None:
    of = layout_feed(
        columns={"region": "Provinsi"},
        layout={"values": [{"head": "Persentase Penduduk Miskin - Maret (%)"}]},
        defaults={"indicator": "poor", "unit": "%", "period": period},
        decimal=".",
    )
    content = (FIELD / "months_in_heads_year_nowhere.csv").read_bytes()
    catalogue = trial_catalogue(indicators=(indicator("poor", unit="%", frequency="month"),), outside_regions=FAR)
    refined = refine_bytes(content, of, catalogue)
    assert refined.accepted["value"].tolist() == loaded
    if not loaded:
        assert {each.split()[0] for each in returned(refined) if "F" in each} >= {"bulan-judul"}


def test_one_feed_declares_a_unit_for_each_of_its_indicators() -> None:
    columns = {"indicator": "Indikator", "period": "Tahun", "value": "Nilai"}
    units = {"ipm": "indeks", "population": "Ribu Jiwa"}
    of = layout_feed(columns=columns, units=units, defaults={"region": "64.01"})
    content = b"Indikator;Tahun;Nilai\nipm;2024;70,1\npopulation;2024;290,1\ngrowth;2024;3,1\n"
    refined = refine_layout(content, of)
    assert shown(refined) == ["ipm 64.01 2024 70.1 C2", "population 64.01 2024 290100 C3"]
    assert [each.split()[0] for each in returned(refined)] == ["satuan-kosong"]


@pytest.mark.parametrize(
    ("rows", "accepted"),
    [
        (("64.01.05", "64.01.06"), ["64.01.05", "64.01.06"]),
        (("64.01.05", "64.09.02"), ["64.01.05"]),  # a kecamatan of another regency
        (("64.01.05", "64.09"), ["64.01.05"]),
        (("64.01", "64.09"), ["64.01", "64.09"]),  # regencies under the letterhead of one of them
        (("64.01.05", "64.01", "64"), ["64.01.05", "64.01", "64"]),
        (("64.09", "64.09.02"), []),
    ],
)
def test_the_region_of_the_title_binds_each_row(rows: tuple[str, ...], accepted: list[str]) -> None:
    of = layout_feed(
        columns={"region": "Wilayah", "value": "Nilai"}, defaults={"indicator": "population", "period": "2024"}
    )
    lines = "".join(f"{code};{place + 1}\n" for place, code in enumerate(rows))
    refined = refine_layout(f"DATA KABUPATEN PASER;\nWilayah;Nilai\n{lines}".encode(), of)
    assert refined.accepted["region"].tolist() == accepted
    assert set(refined.findings["rule"]) <= {"wilayah-judul"}
