"""What only neighbours, parts and the last value can tell of a well-formed number: it is wrong."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.catalogue.feeds import Feed
from etl.connectors.base import Delivery
from etl.connectors.file import FileConnector
from etl.pipeline.checks.jumps import STANDING
from etl.pipeline.refine import Refined, refine
from tests.making import indicator
from tests.problems.trial import INDICATORS, TODAY, feed, refine_rows, trial_catalogue, with_parts

MONTHLY = (*INDICATORS, indicator("serapan", unit="persen", cumulative=True, frequency="month"))


def standing(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Say what stands in the warehouse of Paser: (indicator, period, value)."""
    known = [(name, "utama", "64.01", period, "bps", "Kiriman OPD", value) for name, period, value in rows]
    return pd.DataFrame(known, columns=STANDING, dtype=object)


def against(stood: pd.DataFrame, *rows: str, of: Feed | None = None) -> Refined:
    content = "\n".join(["Indikator;Wilayah;Periode;Nilai;Satuan", *rows]).encode()
    sheets = list(FileConnector().read(Delivery("uji.csv", content), of or feed()))
    return refine(sheets, of or feed(), trial_catalogue(indicators=MONTHLY), TODAY, stood)


def fallen(refined: Refined) -> list[tuple[str, int]]:
    found = refined.findings
    assert refined.rows_read == len(refined.accepted) + refined.repeats + len(found)
    return list(zip(found["rule"], found["row"], strict=True))


def budget(*values: str) -> list[str]:
    return [f"apbd-budget;Paser;{2010 + n};{value};miliar Rp" for n, value in enumerate(values)]


def test_one_figure_a_thousand_times_its_neighbours_is_returned_and_they_are_taken() -> None:
    refined = refine_rows(*budget("270,1", "279,5", "275.452", "281,0"))
    assert fallen(refined) == [("lompatan", 4)]
    assert "“275.452” terbaca 275.452.000.000.000" in refined.findings["sentence"][0]
    assert "“279,5” = 279.500.000.000 untuk 2011 pada baris 3" in refined.findings["sentence"][0]


def test_a_thousandth_of_its_neighbours_is_returned() -> None:
    assert fallen(refine_rows(*budget("270,1", "279,5", "0,275", "281,0"))) == [("lompatan", 4)]


def test_where_as_many_say_one_thing_as_the_other_none_is_taken() -> None:
    assert len(fallen(refine_rows(*budget("279,5", "275.452")))) == 2
    assert len(fallen(refine_rows(*budget("279,5", "280", "275.452", "276.100")))) == 4


def test_zeros_are_no_reference_and_no_slip() -> None:
    assert fallen(refine_rows(*budget("0", "279,5", "0", "280"))) == []


def test_what_a_file_says_twice_counts_once() -> None:
    rows = budget("275.452", "279,5", "281,2")
    assert fallen(refine_rows(*rows, rows[0], rows[0])) == [("lompatan", 2), ("lompatan", 5), ("lompatan", 6)]


def test_each_region_is_its_own_measure() -> None:
    assert fallen(refine_rows("population;Paser;2023;300000;jiwa", "population;Kutai Timur;2023;400;jiwa")) == []


def test_a_whole_file_in_another_unit_is_told_by_the_last_value() -> None:
    refined = against(standing(("apbd-budget", "2009", "270100000000")), *budget("275.452", "276.100", "281.000"))
    assert fallen(refined) == [("lompatan", 2), ("lompatan", 3), ("lompatan", 4)]
    assert "270100000000 Rp (2009)" in refined.findings["sentence"][0]
    assert fallen(against(standing(("apbd-budget", "2009", "270100000000")), *budget("275,4", "281"))) == []


def test_a_last_value_outside_the_declared_range_is_no_reference() -> None:
    narrowed = [
        each.model_copy(update={"sanity": each.sanity.model_copy(update={"max": 10**13})})
        if each.id == "apbd-budget"
        else each
        for each in MONTHLY
    ]
    content = "\n".join(["Indikator;Wilayah;Periode;Nilai;Satuan", *budget("275,4")]).encode()
    sheets = list(FileConnector().read(Delivery("uji.csv", content), feed()))
    stood = standing(("apbd-budget", "2009", "275452000000000"))
    assert fallen(refine(sheets, feed(), trial_catalogue(indicators=narrowed), TODAY, stood)) == []
    assert fallen(refine(sheets, feed(), trial_catalogue(), TODAY, stood)) == [("lompatan", 2)]


@settings(max_examples=25)
@given(st.lists(st.integers(1, 99), min_size=1, max_size=12))
def test_figures_within_the_jump_of_each_other_all_pass(values: list[int]) -> None:
    assert fallen(refine_rows(*budget(*map(str, values)))) == []


@settings(max_examples=25)
@given(st.lists(st.integers(200, 900), min_size=2, max_size=12), st.data())
def test_one_slip_among_like_figures_is_found_wherever_it_stands(values: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(values)))
    slipped = [*map(str, values[:at]), "275.452", *map(str, values[at:])]
    assert fallen(refine_rows(*budget(*slipped))) == [("lompatan", at + 2)]


def spent(**months: str) -> list[str]:
    return [f"serapan;Paser;2025-{month[1:]};{value};persen" for month, value in months.items()]


def test_a_cumulative_figure_may_start_small() -> None:
    year = spent(m01="0,3", m02="2", m06="31", m09="60", m12="96")
    assert fallen(against(standing(("serapan", "2024-12", "97.1")), *year)) == []


def test_a_slip_in_a_cumulative_year_is_returned_alone() -> None:
    year = spent(m01="0,3", m02="2", m06="31.200", m09="60", m12="96")
    assert fallen(against(standing(), *year)) == [("lompatan", 4)]


def test_a_cumulative_figure_that_falls_is_returned() -> None:
    refined = against(standing(), *spent(m01="3", m02="12", m03="8", m04="2", m05="20"))
    assert fallen(refined) == [("kumulatif-turun", 3), ("kumulatif-turun", 4), ("kumulatif-turun", 5)]
    assert fallen(against(standing(), *spent(m03="30", m04="12", m05="40", m02="20"))) == [("kumulatif-turun", 3)]


def test_a_cumulative_figure_below_what_was_loaded_before_is_returned() -> None:
    stood = standing(("serapan", "2025-03", "30"), ("serapan", "2024-12", "95"))
    refined = against(stood, *spent(m04="28", m05="40"))
    assert fallen(refined) == [("kumulatif-turun", 2)]
    assert "30 (2025-03, sudah dimuat)" in refined.findings["sentence"][0]
    assert fallen(against(stood, *spent(m03="27", m04="28"))) == []


def with_percentage(value: str, numerator: str, denominator: str) -> Refined:
    header = "Indikator;Wilayah;Periode;Nilai;Satuan;Pembilang;Penyebut"
    content = f"{header}\ntpt;Paser;2023;{value};persen;{numerator};{denominator}".encode()
    sheets = list(FileConnector().read(Delivery("uji.csv", content), with_parts()))
    return refine(sheets, with_parts(), trial_catalogue(), TODAY)


@pytest.mark.parametrize(("value", "good"), [("33,3", True), ("33,33", True), ("33,4", False), ("33,34", False)])
def test_a_percentage_is_its_numerator_of_its_denominator_to_half_its_step(value: str, good: bool) -> None:
    assert fallen(with_percentage(value, "1", "3")) == ([] if good else [("pembilang-penyebut", 2)])


def test_exactly_half_a_step_is_rounding() -> None:
    assert fallen(with_percentage("12,4", "1235", "10000")) == []
    assert fallen(with_percentage("12,3", "1235", "10000")) == []
    assert fallen(with_percentage("12,3", "12351", "100000")) == [("pembilang-penyebut", 2)]


def test_parts_of_another_unit_are_not_computed() -> None:
    header = "Indikator;Wilayah;Periode;Nilai;Satuan;Pembilang;Penyebut"
    sheets = list(
        FileConnector().read(Delivery("uji.csv", f"{header}\nipm;Paser;2023;75;indeks;1;3".encode()), with_parts())
    )
    assert fallen(refine(sheets, with_parts(), trial_catalogue(), TODAY)) == []


PARTS = ("population;Paser;2023;300;jiwa", "population;Kutai Timur;2023;200;jiwa")


def test_a_total_of_all_its_parts_is_taken() -> None:
    rows = (*PARTS, "population;Penajam Paser Utara;2023;100;jiwa", "population;Kalimantan Timur;2023;600;jiwa")
    assert fallen(refine_rows(*rows)) == []


def test_a_total_is_not_checked_while_a_part_is_missing() -> None:
    assert fallen(refine_rows(*PARTS, "population;Kalimantan Timur;2023;700;jiwa")) == []


def test_what_is_not_additive_is_never_summed() -> None:
    names = ("Paser", "Kutai Timur", "Penajam Paser Utara", "Kalimantan Timur")
    assert fallen(refine_rows(*(f"ipm;{name};2023;75;indeks" for name in names))) == []


def test_a_wrong_total_takes_its_whole_group_and_no_other_year() -> None:
    rows = [*PARTS, "population;Penajam Paser Utara;2023;100;jiwa", "population;Kalimantan Timur;2023;610;jiwa"]
    refined = refine_rows(*rows, *(row.replace("2023", "2022").replace("610", "600") for row in rows))
    assert fallen(refined) == [("jumlah-tidak-cocok", row) for row in (2, 3, 4, 5)]
    assert "D5 tertulis 610 jiwa" in refined.findings["sentence"][0]
    assert "berjumlah 600 (D2, D3, D4)" in refined.findings["sentence"][0]
    assert set(refined.accepted["period"]) == {"2022"}


def rounded(total: str) -> Refined:
    thousands = [
        indicator("population", unit="ribu jiwa", additive=True, decimals=1) if each.id == "population" else each
        for each in INDICATORS
    ]
    names = ("Paser", "Kutai Timur", "Penajam Paser Utara")
    rows = [f"population;{name};2023;100,1;ribu jiwa" for name in names]
    return refine_rows(
        *rows, f"population;Kalimantan Timur;2023;{total};ribu jiwa", catalogue=trial_catalogue(indicators=thousands)
    )


def test_rounded_parts_may_miss_their_total_by_half_a_step_each() -> None:
    assert fallen(rounded("300,5")) == []
    assert len(fallen(rounded("300,6"))) == 4


def test_a_kind_of_period_that_the_feed_declares_is_taken() -> None:
    row = "ipm;Paser;2024-08;75;indeks"
    assert fallen(refine_rows(row)) == [("jenis-periode", 2)]
    assert fallen(refine_rows(row, of=feed(frequency="month"))) == []
    assert fallen(refine_rows(row, of=feed(defaults={"kind": "plan"}))) == []


def test_a_cumulative_figure_may_end_with_any_month_but_not_on_a_day() -> None:
    assert fallen(refine_rows("pad;Paser;s.d. Agustus 2024;75;Rp", "pad;Paser;2024;99;Rp")) == []
    assert fallen(refine_rows("pad;Paser;2024-08-31;75;Rp")) == [("jenis-periode", 2)]


TABLE = ("Wilayah;2022;2023", "Paser;300;310", "Kutai Timur;200;205", "Penajam Paser Utara;100;102")
WIDE = {
    "columns": {"region": "Wilayah"},
    "defaults": {"indicator": "population", "unit": "jiwa"},
    "layout": {"values": [{"reads": "period"}]},
}


def table(*lines: str) -> Refined:
    content = "\n".join(["Jumlah penduduk", *lines]).encode()
    sheets = list(FileConnector().read(Delivery("uji.csv", content), feed(**WIDE)))
    return refine(sheets, feed(**WIDE), trial_catalogue(), TODAY)


def test_the_total_row_of_a_table_is_checked_column_by_column_and_not_loaded() -> None:
    refined = table(*TABLE, "JUMLAH;600;671")
    assert fallen(refined) == [("jumlah-tidak-cocok", row) for row in (3, 4, 5)]
    assert set(refined.findings["column"]) == {"C"}
    assert (
        "2023 pada C6 tertulis 671 jiwa, sedangkan bagiannya berjumlah 617 (C3, C4, C5)"
        in refined.findings["sentence"][0]
    )
    assert refined.accepted["value"].tolist() == ["300", "200", "100"]


def test_a_total_row_is_not_checked_where_a_part_was_returned() -> None:
    assert fallen(table(*TABLE, "Entah;7;8", "JUMLAH;600;671")) == [("wilayah-tak-dikenal", 6)] * 2
    assert fallen(table(*TABLE[:3], "Penajam Paser Utara;-;102", "JUMLAH;600;617")) == [("tanpa-nilai", 5)]


SHARE = trial_catalogue(indicators=(indicator("share", unit="%", sanity={"min": "0", "max": "100"}),))


@pytest.mark.parametrize(
    ("values", "returned"),
    [
        (("0,85", "78", "92"), [2]),
        (("1,04", "79,9", "102,1"), [2]),
        (("0,5", "9,7", "12"), []),  # a hundredfold is unlike the others
        (("7,8", "78", "92"), []),
        (("0,2", "0,9", "1,2"), []),
        (("0,85", "0,9", "78"), [2, 3]),
        (("0,62", "1"), [2, 3]),  # 1 is the whole, as a fraction
    ],
)
def test_a_fraction_beside_percentages_goes_back_where_no_range_is_known(
    values: tuple[str, ...], returned: list[int]
) -> None:
    rows = [f"share;Paser;{2020 + at};{value};%" for at, value in enumerate(values)]
    of = feed(missing=("-",))
    fallen = refine_rows(*rows, of=of, catalogue=SHARE).findings
    assert fallen.loc[fallen["rule"].eq("pecahan"), "row"].tolist() == returned


def test_a_fraction_beside_percentages_that_stand_goes_back() -> None:
    content = b"Indikator;Wilayah;Periode;Nilai;Satuan\nshare;Paser;2024;0,55;%\nshare;Paser;2022;6,1;%\n"
    sheets = list(FileConnector().read(Delivery("uji.csv", content), feed()))
    refined = refine(sheets, feed(), SHARE, TODAY, standing(("share", "2023", "61.7")))
    assert ("pecahan", 2) in fallen(refined)
    assert ("pecahan", 3) not in fallen(refined)
