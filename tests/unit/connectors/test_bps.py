"""How answers of BPS become a grid: files with one defect each, and keys that are built, never cut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.connectors.base import Delivery, UnreadableError
from etl.connectors.bps.bps_cells import read_cells
from etl.connectors.bps.bps_words import note_status, period_words, plain, year_status
from etl.connectors.bps_webapi import BpsWebapi, BpsWebapiConnector
from etl.connectors.formats.json_text import join_pages
from etl.sheets.sheet import Sheet
from tests.intake import web_feed

PROBLEMS = Path(__file__).parents[2] / "problems" / "bps"
COLUMNS = {"region": "wilayah_bps", "period": "periode", "value": "nilai", "series": "turvar"}
FEED = web_feed("bps_webapi", {"domain": "6400", "var": 31}, columns=COLUMNS)
PLACE, LABEL, PERIOD, VALUE, STATUS = "A", "B", "G", "H", "J"


def read(name: str) -> Sheet:
    content = (PROBLEMS / name).read_bytes()
    [sheet] = BpsWebapiConnector().read(Delivery("uji", join_pages([content])), FEED)
    return sheet


def rules(sheet: Sheet) -> list[tuple[str, str]]:
    """List the value and the rule of each refused row."""
    return [(str(sheet.cells.loc[each.row, VALUE]), each.rule) for each in sheet.faults]


def test_a_key_of_two_combinations_is_refused_and_the_others_stand() -> None:
    sheet = read("key-of-two-combinations.json")
    assert rules(sheet) == [("296.4", "kunci-bps-ganda"), ("451.8", "kunci-bps-ganda")]


def test_a_key_of_no_combination_is_refused() -> None:
    assert rules(read("key-of-no-combination.json")) == [("281603.8", "kunci-bps-tak-dikenal")]


def test_a_number_with_two_labels_is_refused() -> None:
    assert rules(read("number-with-two-labels.json")) == [("296.4", "kunci-bps-ganda")]


@pytest.mark.parametrize("name", ["other-variable.json", "missing-list.json", "content-is-a-list.json"])
def test_an_answer_of_another_shape_is_refused_whole(name: str) -> None:
    with pytest.raises(UnreadableError):
        read(name)


OPEN = {
    "turvar": [{"val": 0, "label": "Jumlah"}, {"val": 1, "label": "Laki-laki"}],
    "turtahun": [{"val": 0, "label": "Tahun"}, {"val": 1, "label": "Januari"}],
}


@pytest.mark.parametrize(
    ("change", "columns", "chosen", "sound"),
    [
        ("turvar", {"series": "turvar"}, {}, True),
        ("turvar", {}, {"turvar": ["1"]}, True),
        ("turvar", {}, {}, False),
        ("turtahun", {"period": "periode"}, {}, True),
        ("turtahun", {"period": "tahun"}, {}, False),
        ("turtahun", {"period": "tahun"}, {"turtahun": ["0"]}, True),
        ("turtahun", {"period": "tahun"}, {"turtahun": ["1"]}, False),
        ("vervar", {"region": "Wilayah"}, {}, True),
        ("vervar", {"region": "var"}, {}, False),
        ("vervar", {"region": "var"}, {"vervar": ["6401"]}, True),
    ],
)
def test_a_part_is_never_taken_for_the_whole(
    change: str, columns: dict[str, str], chosen: dict[str, list[str]], sound: bool
) -> None:
    """Only the part has a figure in this answer; nothing else tells that it is not the figure that is meant."""
    page = json.loads((PROBLEMS / "value-between-quotes.json").read_text(encoding="utf-8"))
    page |= {change: OPEN[change]} if change in OPEN else {}
    page["datacontent"] = {{"turvar": "64013111240", "turtahun": "64013101241", "vervar": "64013101240"}[change]: 1}
    if chosen == {"turtahun": ["0"]}:
        page["datacontent"] = {"64013101240": 1}
    mapped = {"region": "wilayah_bps", "period": "periode", "value": "nilai", **columns}
    of = web_feed("bps_webapi", {"domain": "6400", "var": 31, **chosen}, columns=mapped)
    [sheet] = BpsWebapiConnector().read(Delivery("uji", json.dumps(page).encode()), of)
    assert [each.rule for each in sheet.faults] == ([] if sound else ["rincian-belum-dipilih"])


def test_markup_leaves_a_label() -> None:
    assert read("label-with-markup.json").cells.loc[2, LABEL] == "Kab. Paser"


def test_a_value_between_quotes_is_no_typed_number() -> None:
    sheet = read("value-between-quotes.json")
    assert sheet.typed is not None
    assert list(sheet.cells[VALUE][1:]) == ["296,4", "451.8"]
    assert list(sheet.typed[VALUE][1:]) == [False, True]


def test_a_missing_value_stays_missing() -> None:
    assert read("value-missing.json").cells.loc[2, VALUE] == ""


def test_a_mark_behind_a_year_is_a_status() -> None:
    sheet = read("year-with-mark.json")
    assert (sheet.cells.loc[2, PERIOD], sheet.cells.loc[2, STATUS]) == ("2024", "sementara")


def test_two_years_in_a_label_are_passed_on_as_they_are() -> None:
    assert read("two-years-in-a-label.json").cells.loc[2, PERIOD] == "2023/2024"


@pytest.mark.parametrize(
    ("year", "part", "period"),
    [
        ("2024", "Tahun", "2024"),
        ("2024", "Tahunan", "2024"),
        ("2024", "Januari", "Januari 2024"),
        ("2024", "Triw1", "Triw1 2024"),
        ("2024 r", "Semester 1", "Semester 1 2024"),
        ("2024", "Semester 1 (Maret)", "Semester 1 2024"),
        ("2024", "Semester II (September)", "Semester II 2024"),
        ("2024", "Semester 1 (September)", "Semester 1 (September) 2024"),
        ("2024", "Kumulatif", "Kumulatif 2024"),
    ],
)
def test_a_period_is_read_from_the_labels(year: str, part: str, period: str) -> None:
    assert period_words(year, part) == period


def test_marks_behind_years() -> None:
    assert [year_status(each) for each in ("2024", "2024*", "2024**", "2024r", "2024e", "2024?")] == [
        *("", "sementara", "sangat sementara", "revisi", "estimasi", "")
    ]


@pytest.mark.parametrize(
    ("note", "year", "part", "status"),
    [
        ("Angka sementara", "2024", "Tahun", "sementara"),
        ("Data tahun 2024 merupakan angka sangat sementara.", "2024", "Tahun", "sangat sementara"),
        ("Data tahun 2024 merupakan angka sangat sementara.", "2023", "Tahun", ""),
        ("Angka Oktober-Desember adalah angka sementara", "2025", "November", "sementara"),
        ("Angka Oktober-Desember adalah angka sementara", "2025", "Mei", ""),
        ("Angka Oktober-Desember adalah angka sementara", "2025", "Tahunan", "sementara"),
        ("Sumber: KSA. Januari 2025 sampai April 2025 angka potensi", "2025", "April", "estimasi"),
        ("Angka November-Januari masih sementara", "2025", "Desember", "sementara"),
        ("*) Angka sementara; **) Angka sangat sementara", "2023", "Tahun", ""),
        ("Sumber: BPS, sementara itu inflasi turun", "2024", "Tahun", ""),
    ],
)
def test_a_note_speaks_of_the_figures_that_it_names(note: str, year: str, part: str, status: str) -> None:
    assert note_status(note, year, part) == status


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&lt;p&gt;Sumber: BPS&lt;br /&gt;&lt;/p&gt;", "Sumber: BPS"),
        ("Umur &lt;5 dan >10 tahun", "Umur <5 dan >10 tahun"),
        (None, ""),
    ],
)
def test_markup_goes_and_comparisons_stay(text: Any, shown: str) -> None:
    assert plain(text) == shown


CODES = st.lists(st.integers(0, 12000).map(str), min_size=1, max_size=4, unique=True)


@given(CODES, CODES, CODES, CODES, st.data())
def test_every_cell_is_read_as_meant_or_refused(
    vervar: list[str], turvar: list[str], tahun: list[str], turtahun: list[str], data: st.DataObject
) -> None:
    """Whatever the numbers are, a cell has the combinations whose numbers make its key, all of them."""
    lists = {"vervar": vervar, "var": ["31"], "turvar": turvar, "tahun": tahun, "turtahun": turtahun}
    meant = tuple(data.draw(st.sampled_from(codes)) for codes in lists.values())
    page = {name: [{"val": code, "label": f"{name} {code}"} for code in codes] for name, codes in lists.items()}
    [cell] = read_cells(
        {**page, "datacontent": {"".join(meant): 1}}, FEED, BpsWebapi.model_validate(FEED.configuration)
    )
    readings = {tuple(each.code for each in combination) for combination in cell.meant}
    assert meant in readings
    assert all("".join(each) == cell.key for each in readings)


def test_a_grid_shows_no_sixteen_digits_in_a_row() -> None:
    page = json.loads((PROBLEMS / "key-of-no-combination.json").read_text(encoding="utf-8"))
    page["datacontent"] = {"9600195430125610": 1}
    content = json.dumps(page).encode()
    [sheet] = BpsWebapiConnector().read(Delivery("uji", content), FEED)
    assert not sheet.cells.map(lambda text: "9600195430125610" in str(text)).any().any()
