"""A plain table is the default layout: declared or not, the same table gives the same figures and comes back alike."""

from __future__ import annotations

from typing import Any

import pytest

from etl.catalogue.feeds import Feed
from etl.pipeline.layout.table_header import LayoutError
from tests.problems.sheets import book, layout_feed, refine_layout, returned, shown

HEAD = ["Wilayah", "Tahun", "Jumlah Penduduk"]
COLUMNS = {"region": "Wilayah", "period": "Tahun", "value": "Jumlah Penduduk"}


def feeds(**parts: Any) -> tuple[Feed, Feed]:
    """Make the feed of a plain table, and one whose layout declares nothing more."""
    common: dict[str, Any] = {"columns": COLUMNS, "defaults": {"indicator": "population"}, **parts}
    return layout_feed(**common), layout_feed(**common, layout={})


TABLES: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "sound": (
        {"rows": [HEAD, ["Paser", 2023, 300], ["PPU", 2023, "1.200"]]},
        ["population 64.01 2023 300 C2", "population 64.09 2023 1200 C3"],
        [],
    ),
    "under a title that names another unit": (
        {"rows": [["Penduduk (ribu jiwa)"], HEAD, ["Paser", 2023, 300]]},
        [],
        ["satuan-judul C3"],
    ),
    "under a title that names a target": (
        {"rows": [["Target penduduk"], HEAD, ["Paser", 2023, 300]]},
        [],
        ["target-tanpa-jenis C3"],
    ),
    "with a figure that stands for two rows": (
        {"rows": [HEAD, ["Paser", 2023, 300], ["PPU", 2023, None], ["Kutai Timur", 2023, 5]], "merge": ["C2:C3"]},
        ["population 64.08 2023 5 C4"],
        ["sel-gabung C2", "sel-gabung C3"],
    ),
    "with two decimal marks": (
        {"rows": [HEAD, ["Paser", 2022, "1.204"], ["Paser", 2023, "43.1"], ["PPU", 2023, "12"]]},
        ["population 64.09 2023 12 C4"],
        ["angka-ambigu C2", "tanda-desimal C3"],
    ),
    "with a hidden row": (
        {"rows": [HEAD, ["Paser", 2022, 1], ["Paser", 2023, 2]], "hide": [2]},
        ["population 64.01 2023 2 C3"],
        ["tersembunyi C2"],
    ),
    "with a part in a column that nobody declared": (
        {"rows": [[*HEAD, "Jenis Kelamin"], ["Paser", 2023, 150, "Laki-laki"], ["PPU", 2023, 90, "L+P"]]},
        ["population 64.09 2023 90 C3"],
        ["rincian-belum-dipilih C2"],
    ),
    "with parts of a region in a column that nobody declared": (
        {"rows": [[*HEAD, "Kecamatan"], ["Paser", 2023, 150, "Kuaro"], ["PPU", 2023, 90, "Penajam Paser Utara"]]},
        ["population 64.09 2023 90 C3"],
        ["rincian-belum-dipilih C2"],
    ),
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("declared", [False, True], ids=["plain", "declared"])
def test_a_table_is_read_alike(table: str, declared: bool) -> None:
    sheet, accepted, refused = TABLES[table]
    refined = refine_layout(book(sheet), feeds()[declared])
    assert shown(refined) == accepted
    assert [place.split()[0] for place in returned(refined)] == [place.split()[0] for place in refused]
    rows = refined.findings.loc[refined.findings["severity"].eq("refused"), "row"]
    assert sorted(rows) == sorted(int(place.split()[1][1:]) for place in refused)
    assert refined.rows_read == len(refined.accepted) + len(refused)


@pytest.mark.parametrize("declared", [False, True], ids=["plain", "declared"])
def test_a_head_that_stands_twice_is_told_alike(declared: bool) -> None:
    with pytest.raises(LayoutError, match=r"Judul kolom “tahun” ada 2 kali \(kolom B, D\)"):
        refine_layout(book({"rows": [[*HEAD, "TAHUN"], ["Paser", 2023, 3, 2024]]}), feeds()[declared])


def test_a_layout_may_say_that_a_column_is_not_read() -> None:
    table = {"rows": [[*HEAD, "Jenis Kelamin"], ["Paser", 2023, 150, "Laki-laki"]]}
    common: dict[str, Any] = {"columns": COLUMNS, "defaults": {"indicator": "population"}}
    refined = refine_layout(book(table), layout_feed(**common, layout={"skip": ["Jenis Kelamin"]}))
    assert shown(refined) == ["population 64.01 2023 150 C2"]
