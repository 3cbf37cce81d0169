"""What the pipeline makes of good rows: the catalogue's words, exact values, the printed text beside them."""

from __future__ import annotations

import io
from unittest.mock import patch

import pandas as pd
import pytest
from openpyxl import Workbook

from etl.catalogue.models import Producer
from etl.catalogue.reference import NameRule, PublishedRules, Rule
from etl.connectors.formats import delimited
from etl.pipeline.layout.table_header import LayoutError
from etl.pipeline.refine import Refined
from tests.making import plan
from tests.problems.trial import feed, refine_bytes, refine_rows, trial_catalogue


def only(refined: Refined) -> pd.Series:
    assert refined.findings["sentence"].tolist() == []
    assert len(refined.accepted) == 1
    return refined.accepted.iloc[0]


def test_units_are_converted_and_the_printed_text_kept() -> None:
    row = only(refine_rows("apbd-budget;Kutai Timur;2024;9,7;triliun Rp"))
    assert (row["value"], row["step"], row["unit"]) == ("9700000000000", "100000000000", "Rp")
    assert (row["printed"], row["printed_unit"]) == ("9,7", "triliun Rp")
    assert (row["row"], row["column"]) == (2, "D")


def test_a_sign_in_the_cell_stands_for_the_unit() -> None:
    row = only(refine_rows("tpt;Paser;2024-08;4,5%;"))
    assert (row["value"], row["printed"], row["printed_unit"]) == ("4.5", "4,5%", "persen")
    assert only(refine_rows("apbd-budget;Paser;2024;Rp 388.250.500.000,00;"))["value"] == "388250500000"


def test_an_annual_realisation_takes_the_declared_month_a_target_keeps_its_year() -> None:
    assert only(refine_rows("tpt;Paser;2021;5,6;persen"))["period"] == "2021-08"
    targets = feed(defaults={"kind": "target", "plan": "rpjmd"})
    row = only(refine_rows("tpt;Paser;2030;3,00;persen", of=targets))
    assert (row["period"], row["kind"], row["plan"], row["value"]) == ("2030", "target", "rpjmd", "3")


def test_an_empty_period_is_called_empty_and_a_row_that_nobody_filled_in_lacks_its_value() -> None:
    refined = refine_rows("ipm;Paser;;75,13;indeks", "ipm;Kutai Timur;;;indeks", "ipm;Penajam Paser Utara; ;-;indeks")
    assert refined.findings["rule"].tolist() == ["tanpa-nilai", "tanpa-nilai", "periode-tak-dikenal"]
    assert refined.findings["column"].tolist() == ["D", "D", "C"]
    assert refined.findings["sentence"].iloc[2].startswith("Baris 2, kolom C: periode kosong; tulis misalnya 2024")


def test_a_period_counts_from_its_first_day() -> None:
    refined = refine_rows("pad;Paser;2026-11;75;Rp", "ipm;Paser;2026;75;indeks", "pad;Paser;2026-12;75;Rp")
    assert refined.accepted["period"].tolist() == ["2026-11", "2026"]
    assert refined.findings["rule"].tolist() == ["periode-depan"]


def test_categories_stay_words() -> None:
    row = only(refine_rows("bpk-opinion;Paser;2023;Wajar Tanpa Pengecualian;kategori"))
    assert (row["value"], row["category"], row["step"], row["printed"]) == (
        None,
        "WTP",
        None,
        "Wajar Tanpa Pengecualian",
    )


def test_silence_means_a_final_realisation_of_the_only_series_by_the_own_producer() -> None:
    row = only(refine_rows("IPM;Kab. Paser;2023;75,13;Indeks"))
    assert (row["series"], row["kind"], row["status"], row["producer"]) == ("utama", "realisation", "final", "bps")
    assert row["publication"] == "Kiriman OPD"


def test_a_series_that_nobody_names_is_asked_for() -> None:
    refined = refine_rows("uhh;Paser;2023;73;tahun", "ipm;Paser;2023;75;indeks")
    assert refined.accepted["indicator"].tolist() == ["ipm"]
    [finding] = refined.findings.to_dict("records")
    assert (finding["rule"], finding["row"]) == ("seri-tak-disebut", 2)
    assert "uhh punya 2 seri yang tidak sebanding (“lf”, “old”)" in finding["sentence"]
    assert only(refine_rows("uhh;Paser;2023;73;tahun", of=feed(defaults={"series": "lf"})))["series"] == "lf"


@pytest.mark.parametrize(
    ("title", "head", "series"),
    [("Long Form", "Nilai", "lf"), ("UHH", "Nilai (seri lama)", "old"), ("seri lama, Long Form", "Nilai", "")],
)
def test_a_series_is_taken_from_head_or_title(title: str, head: str, series: str) -> None:
    of = feed(columns={**feed().columns, "value": head})
    refined = refine_bytes(
        f"{title};;;;\n;;;;\nIndikator;Wilayah;Periode;{head};Satuan\nuhh;Paser;2023;73;tahun\n".encode(), of
    )
    assert refined.accepted["series"].tolist() == ([series] if series else [])


def test_ppu_says_whether_the_capital_is_counted() -> None:
    refined = refine_rows("ipm;Penajam Paser Utara;2023;73;indeks", "ipm;Paser;2023;73;indeks")
    assert refined.accepted["marks"].tolist() == ["ikn_unknown", ""]


def test_an_identical_repeat_is_counted_but_not_loaded_twice() -> None:
    refined = refine_rows("ipm;Paser;2023;75,10;indeks", "ipm;Paser;2023;75,1;indeks", "ipm;Paser;2022;74;indeks")
    assert (refined.rows_read, len(refined.accepted), refined.repeats, len(refined.findings)) == (3, 2, 1, 0)


def test_three_rows_of_one_key_fall_together_when_one_differs() -> None:
    refined = refine_rows("ipm;Paser;2023;75;indeks", "ipm;Paser;2023;75;indeks", "ipm;Paser;2023;76;indeks")
    assert refined.findings["rule"].tolist() == ["kunci-ganda"] * 3
    assert len(refined.accepted) == 0


def test_a_name_that_several_regions_bear_is_said_to_be_theirs() -> None:
    two = ("64.01", "64.09")
    regions = [
        each.model_copy(update={"name": "Kembar"}) if each.code in two else each for each in trial_catalogue().regions
    ]
    found = refine_rows("ipm;Kembar;2024;75,1;indeks", catalogue=trial_catalogue(regions=regions))
    assert "nama 2 wilayah (64.01, 64.09)" in found.findings["sentence"][0]


def test_a_plan_is_named_by_its_title_and_a_target_needs_one() -> None:
    columns = {"indicator": "Indikator", "region": "Wilayah", "period": "Periode", "value": "Nilai", "plan": "Satuan"}
    targets = feed(columns=columns, defaults={"kind": "target"})
    row = only(refine_rows("ipm;Paser;2030;78,22;dokumen rpjmd", of=targets))
    assert (row["plan"], row["publication"], row["unit"]) == ("rpjmd", "Dokumen rpjmd (1)", "indeks")
    refined = refine_rows("ipm;Paser;2030;78;", "ipm;Paser;2030;78;RPJMD Paserr", of=targets)
    assert refined.findings["rule"].tolist() == ["dokumen-tak-dikenal", "tanpa-dokumen"]


def test_two_versions_of_a_plan_are_two_sources() -> None:
    columns = {"indicator": "Indikator", "region": "Wilayah", "period": "Periode", "value": "Nilai", "plan": "Satuan"}
    catalogue = trial_catalogue(plans=(plan("lama", in_force=False), plan("baru", version="2")))
    rows = ("ipm;Paser;2030;78;lama", "ipm;Paser;2030;79;baru")
    targets = feed(columns=columns, defaults={"kind": "target", "publication": "Bappeda"})
    refined = refine_rows(*rows, of=targets, catalogue=catalogue)
    assert refined.accepted["plan"].tolist() == ["lama", "baru"]
    assert refined.accepted["publication"].tolist() == ["Dokumen lama (1); Bappeda", "Dokumen baru (2); Bappeda"]
    assert refined.accepted["producer"].tolist() == ["bps", "bps"]


def test_a_target_is_the_word_of_the_government_that_issued_its_plan() -> None:
    catalogue = trial_catalogue(producers=(Producer(id="pemda", name="Pemerintah Kabupaten/Kota"),))
    targets = feed(defaults={"kind": "target", "plan": "rpjmd"})
    assert only(refine_rows("ipm;Paser;2030;78;indeks", of=targets, catalogue=catalogue))["producer"] == "pemda"


def published(*rules: Rule) -> PublishedRules:
    return PublishedRules(names={"ipm_index": NameRule(indicator="uhh", series="old")}, rules=rules)


def test_rules_apply_in_order_later_ones_override_and_marks_add_up() -> None:
    first = Rule.model_validate(
        {"id": "a", "why": "u", "when": {"note": ["OLD"]}, "status": "preliminary", "marks": ["rounded"]}
    )
    later = Rule.model_validate(
        {"id": "b", "why": "u", "when": {"name": ["ipm_index"], "region": ["kaltim"]}, "region": "pemprov"}
        | {"period": "2022", "status": "revised", "series": "lf", "marks": ["claim"], "producer": "kemenkes"}
    )
    refuse = Rule.model_validate(
        {"id": "c", "why": "u", "when": {"period": ["undated"]}, "refuse": "Sumber tidak menyebut tahunnya."}
    )
    catalogue = trial_catalogue(published=published(first, later, refuse))
    columns = {each: each for each in ("name", "region", "period", "value", "unit", "publication", "note")}
    text = (
        "name,region,period,value,unit,publication,note\n"
        "ipm_index,kaltim,2021,75.1,tahun,rilis-2024,an old page\n"
        "ipm_index,Paser,undated,75.1,tahun,rilis-2024,\n"
        "ipm_index,Paser,2021,75.1,tahun,entah,\n"
        "ipmindex,Paser,2021,75.1,indeks,rilis-2024,\n"
    )
    refined = refine_bytes(text.encode(), feed(columns=columns, rules=True, decimal="."), catalogue)
    row = refined.accepted.iloc[0]
    assert (row["region"], row["period"], row["status"], row["series"]) == ("pemprov", "2022", "revised", "lf")
    assert (row["marks"], row["producer"], row["note"]) == ("claim,rounded", "kemenkes", "an old page")
    assert refined.findings["rule"].tolist() == ["nama-tak-dikenal", "c", "publikasi-tak-dikenal"]
    assert refined.findings["raw"].tolist() == ["ipmindex", "undated", "entah"]
    assert refined.findings["sentence"][1] == "Baris 3, kolom C: Sumber tidak menyebut tahunnya."


def test_numerator_and_denominator_come_in_pairs() -> None:
    columns = {
        **{"indicator": "i", "region": "w", "period": "p", "value": "n"},
        **{"numerator": "pembilang", "denominator": "penyebut", "page": "hal", "note": "cat"},
    }
    text = "i;w;p;n;pembilang;penyebut;hal;cat\ntpt;Paser;2024;4,5;1.234;27.422;12;sementara saja\n"
    row = only(refine_bytes(text.encode(), feed(columns=columns)))
    assert (row["numerator"], row["denominator"], row["note"]) == ("1234", "27422", "hlm. 12; sementara saja")
    text = text.splitlines()[0] + "\ntpt;Paser;2024;4,5;1;0;;\ntpt;Paser;2023;4,5;1;;;\ntpt;Paser;2022;4;x;1;;\n"
    refined = refine_bytes(text.encode(), feed(columns=columns))
    assert sorted(refined.findings["rule"]) == ["bukan-angka", "pembilang-penyebut", "pembilang-penyebut"]


@pytest.mark.parametrize(
    ("field", "word", "rule"),
    [
        ("series", "baru", "seri-tak-dikenal"),
        ("status", "entah", "status-tak-dikenal"),
        ("kind", "angan", "jenis-tak-dikenal"),
        ("producer", "BPN", "produsen-tak-dikenal"),
    ],
)
def test_unknown_words_are_refused_with_the_allowed_ones(field: str, word: str, rule: str) -> None:
    columns = {"indicator": "i", "region": "w", "period": "p", "value": "n", field: "x"}
    refined = refine_bytes(f"i;w;p;n;x\nipm;Paser;2023;75;{word}\n".encode(), feed(columns=columns))
    assert refined.findings["rule"].tolist() == [rule]
    assert refined.findings["raw"].tolist() == [word]


def test_known_words_are_understood() -> None:
    columns = {
        "indicator": "i",
        "region": "w",
        "period": "p",
        "value": "n",
        "status": "s",
        "producer": "pr",
        "series": "x",
    }
    text = "i;w;p;n;s;pr;x\nuhh;Paser;2023;75;Angka Sementara;Kementerian Kesehatan;OLD\n"
    row = only(refine_bytes(text.encode(), feed(columns=columns)))
    assert (row["status"], row["producer"], row["series"]) == ("preliminary", "kemenkes", "old")


def test_a_missing_header_names_what_was_expected_and_found() -> None:
    with pytest.raises(LayoutError, match=r"Indikator, Wilayah, Periode, Nilai, Satuan.*memuat: A, B.*templat"):
        refine_bytes(b"A;B\n1;2\n")


def test_a_header_that_stands_twice_is_ambiguous() -> None:
    with pytest.raises(LayoutError, match=r"“nilai” ada 2 kali \(kolom D, F\)"):
        refine_bytes(b"Indikator;Wilayah;Periode;Nilai;Satuan;NILAI\n")


def test_title_rows_blank_rows_and_extra_columns_do_no_harm() -> None:
    text = "Laporan;;;;;\n;;;;;\nNo;INDIKATOR;Wilayah ;periode;Nilai;Satuan\n;;;;;\n1;ipm;Paser;2023;75;indeks\n"
    refined = refine_bytes(text.encode())
    assert refined.accepted["row"].tolist() == [5]
    assert refined.findings["rule"].tolist() == ["kolom-tak-dipakai"]
    assert refined.findings["severity"].tolist() == ["warning"]
    assert refined.rows_read == 1


def test_a_sheet_without_the_header_is_passed_over_aloud() -> None:
    book = Workbook()
    for row in (["Indikator", "Wilayah", "Periode", "Nilai", "Satuan"], ["ipm", "Paser", "2023", 75, "indeks"]):
        book.worksheets[0].append(row)
    book.create_sheet("2024").append(["indikator", "kabupaten", "th", "angka"])
    book.create_sheet("Petunjuk").append(["Cara mengisi"])
    buffer = io.BytesIO()
    book.save(buffer)
    refined = refine_bytes(buffer.getvalue())
    assert (refined.rows_read, len(refined.accepted)) == (1, 1)
    [finding] = refined.findings.to_dict("records")
    assert (finding["rule"], finding["severity"], finding["sheet"]) == ("lembar-tanpa-judul", "warning", "2024")
    assert "tidak dibaca" in finding["sentence"]


def test_a_sheet_of_figures_may_bear_the_name_of_one_of_a_template() -> None:
    book = Workbook()
    book.worksheets[0].title = "Daftar"
    for row in (["Indikator", "Wilayah", "Periode", "Nilai", "Satuan"], ["ipm", "Paser", "2023", 75, "indeks"]):
        book.worksheets[0].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    assert len(refine_bytes(buffer.getvalue()).accepted) == 1


def test_parts_that_a_spreadsheet_holds_as_numbers_keep_their_decimals() -> None:
    shares = feed(
        columns={**feed().columns, "numerator": "Pembilang", "denominator": "Penyebut"}, missing=("-",), decimal=","
    )
    book = Workbook()
    for row in (
        [*shares.columns.values()],
        ["tpt", "Paser", "2024-08", 50, "persen", 12.345, "24,69"],
        ["tpt", "Kutai Timur", "2024-08", 50, "persen", "-", "-"],
    ):
        book.worksheets[0].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    refined = refine_bytes(buffer.getvalue(), shares)
    assert refined.findings["sentence"].tolist() == []
    assert refined.accepted[["numerator", "denominator"]].to_numpy().tolist() == [["12.345", "24.69"], [None, None]]


def test_what_a_spreadsheet_hides_is_not_loaded_in_silence() -> None:
    book = Workbook()
    book.create_sheet("Lama")
    for sheet in book.worksheets:
        sheet.append(["Indikator", "Wilayah", "Periode", "Nilai", "Satuan"])
        sheet.append(["ipm", "Paser", "2023", 75, "indeks"])
        sheet.append(["ipm", "Kutai Timur", "2023", 74, "indeks"])
    book.worksheets[0].row_dimensions[3].hidden = True
    book.worksheets[1].sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    refined = refine_bytes(buffer.getvalue())
    assert refined.accepted["region"].tolist() == ["64.01"]
    found = refined.findings[["rule", "severity", "row", "column"]].to_numpy().tolist()
    assert found == [["tersembunyi", "refused", 3, "D"], ["lembar-tersembunyi", "warning", None, None]]


def test_one_value_with_two_statuses_is_said_twice() -> None:
    columns = {"indicator": "i", "region": "w", "period": "p", "value": "n", "status": "s"}
    rows = ("ipm;Paser;2023;75;", "ipm;Paser;2023;75;angka sementara", "ipm;Paser;2022;74;", "ipm;Paser;2022;74;final")
    refined = refine_bytes("\n".join(["i;w;p;n;s", *rows]).encode(), feed(columns=columns))
    assert refined.findings["rule"].tolist() == ["kunci-ganda"] * 2
    assert "baris 3 berisi “75” (angka sementara)" in refined.findings["sentence"][0]
    assert (refined.accepted["period"].tolist(), refined.repeats) == (["2022"], 1)


def test_parts_of_one_sheet_are_one_table_with_one_header() -> None:
    rows = [f"ipm;Paser;{year};7{year % 10};indeks" for year in range(2010, 2024)]
    text = "\n".join(["Laporan", "Indikator;Wilayah;Periode;Nilai;Satuan;Ket", *(f"{row};" for row in rows)])
    with patch.object(delimited, "PART", 3), patch.object(delimited, "PART_BYTES", 60):
        refined = refine_bytes(text.encode())
    assert refined.accepted["row"].tolist() == list(range(3, 17))
    assert refined.accepted["value"].tolist() == [f"7{year % 10}" for year in range(2010, 2024)]
    assert refined.findings["rule"].tolist() == ["kolom-tak-dipakai"]


def test_the_head_decides_what_a_bare_number_counts() -> None:
    of = feed(columns={**feed().columns, "period": "Bulan"})
    text = "Indikator;Wilayah;Bulan;Nilai;Satuan\npad;Paser;1/2025;5;Rp\npad;Paser;06/2025;7;Rp\n"
    found = refine_bytes(text.encode(), of)
    assert "2025-Q1" not in set(found.accepted["period"])
