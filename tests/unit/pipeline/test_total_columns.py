"""A total column is held against the figures of its row."""

from __future__ import annotations

import pytest

from etl.sheets.categorical import plain
from tests.problems.sheets import book, layout_feed, refine_layout

FEED = layout_feed(
    columns={"region": "Wilayah"},
    defaults={"period": "2024"},
    decimal=".",
    layout={
        "values": [
            {"head": "Januari", "fill": {"indicator": "wifi", "unit": "titik", "period": "2024-01"}},
            {"head": "Februari", "fill": {"indicator": "wifi", "unit": "titik", "period": "2024-02"}},
        ]
    },
)


@pytest.mark.parametrize(
    ("cells", "accepted"),
    [
        (("1,204", 38, "1,300"), []),
        (("1,204", 38, "1,242"), ["1204", "38"]),
        ((1204, 38, 1242), ["1204", "38"]),
        ((1204, 38, 1243), []),
        ((120, 38, None), ["120", "38"]),
    ],
)
def test_figures_that_do_not_give_their_total_go_back(cells: tuple[object, ...], accepted: list[str]) -> None:
    rows = [["Wilayah", "Januari", "Februari", "Jumlah"], ["Paser", *cells]]
    refined = refine_layout(book({"rows": rows}), FEED)
    assert plain(refined.accepted)["value"].tolist() == accepted
    assert set(refined.findings["rule"]) == (set() if accepted else {"jumlah-tidak-cocok"})


PLAIN = layout_feed(
    columns={"region": "Wilayah", "value": "Jumlah"},
    defaults={"indicator": "population", "unit": "jiwa", "period": "2024"},
    decimal=",",
)


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ('Wilayah,Laki-laki,Perempuan,Jumlah\nPaser,"1.204",38,"1.300"\n', []),
        ('Wilayah,Laki-laki,Perempuan,Jumlah\nPaser,"1.204",38,"1.242"\n', ["1242"]),
        ("Wilayah,A,B,Jumlah\nPaser,1,2,3\nLong Ikis,2,2,4\nWaru,2,2,5\n", ["3", "4"]),
        ("Wilayah,Luas,Desa,Jumlah\nPaser,1,2,300\nLong Ikis,2,2,400\nWaru,2,2,4\n", ["300", "400", "4"]),
        ("Wilayah,Laki-laki,Perempuan,Jumlah\nPaser,1,,3\n", ["3"]),
        ("Wilayah,Laki-laki,Keterangan,Jumlah\nPaser,1,2,4\n", ["4"]),
    ],
)
def test_the_total_column_of_a_plain_table_is_checked_where_it_is_one(text: str, accepted: list[str]) -> None:
    refined = refine_layout(text.encode(), PLAIN)
    assert plain(refined.accepted)["value"].tolist() == accepted
    assert set(refined.findings["rule"]) <= {"jumlah-tidak-cocok", "kolom-tak-dipakai"}
