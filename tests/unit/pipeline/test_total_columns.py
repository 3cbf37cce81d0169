"""A total column is held against the figures of its row."""

from __future__ import annotations

import pytest

from etl.catalogue.feeds import Feed
from etl.sheets.categorical import plain
from tests.problems.sheets import book, layout_feed, refine_layout
from tests.problems.trial import feed

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


def declared(value: str, rows: int = 1) -> Feed:
    return layout_feed(
        columns={"region": "Kecamatan"},
        defaults={"period": "2024"},
        layout={
            "header_rows": rows,
            "parent": "64.01",
            "values": [{"head": value, "fill": {"indicator": "population"}}],
        },
    )


@pytest.mark.parametrize(
    ("text", "of", "accepted"),
    [
        ("Kecamatan;A;B;Jumlah\nKuaro;3;2;6\nLong Ikis;4;3;7\n", declared("Jumlah"), ["7"]),
        ("Kecamatan;PNS;Non PNS;Jumlah\nKuaro;3;2;6\n", declared("Jumlah"), []),
        ("Kecamatan;L;P;L+P\nKuaro;3;2;6\n", declared("L+P"), []),
        ("Kecamatan;A;B;Jumlah\nKuaro;3;2;6\nLong Ikis;4;3;7\n", declared("A"), ["4"]),
        ("Kecamatan;Jiwa;;\n;A;B;Jumlah\nKuaro;3;2;6\nLong Ikis;4;3;7\n", declared("Jiwa > Jumlah", 2), ["7"]),
        ("Kecamatan;Luas;Desa;Jumlah\nKuaro;3;2;60\nLong Ikis;4;3;71\n", declared("Jumlah"), ["60", "71"]),
        ("Kecamatan;Luas;Desa;Jumlah\nKuaro;0;6;6\nLong Ikis;4;3;71\n", declared("Jumlah"), ["6", "71"]),
    ],
)
def test_the_total_column_of_a_declared_table_is_checked_though_its_parts_are_unread(
    text: str, of: Feed, accepted: list[str]
) -> None:
    assert plain(refine_layout(text.encode(), of).accepted)["value"].tolist() == accepted


@pytest.mark.parametrize(
    ("rows", "accepted"),
    [
        (("Kuaro;5", "Long Ikis;7", "PASER;13"), []),
        (("Kab. Paser;13", "Kuaro;5", "Long Ikis;7"), []),
        (("Kuaro;5", "Long Ikis;7", "PASER;12"), ["5", "7", "12"]),
        (("Kuaro;5", "PASER;13", "Long Ikis;7"), ["5", "13", "7"]),
        (("Kuaro;5", "PASER;13"), ["5", "13"]),
    ],
)
def test_a_regency_that_closes_a_list_of_its_kecamatan_is_their_total(
    rows: tuple[str, ...], accepted: list[str]
) -> None:
    of_plain = feed(
        columns={"region": "Kecamatan", "value": "Jiwa"},
        defaults={"indicator": "population", "unit": "jiwa", "period": "2024"},
        level="district",
        region="64.01",
    )
    text = "\n".join(["Kecamatan;Jiwa", *rows]).encode()
    for of in (declared("Jiwa"), of_plain):
        assert plain(refine_layout(text, of).accepted)["value"].tolist() == accepted


def test_three_regencies_beside_their_province_are_no_whole_list() -> None:
    of = layout_feed(columns={"region": "Wilayah", "value": "Jumlah"}, defaults=PLAIN.defaults)
    refined = refine_layout(b"Wilayah;Jumlah\nPaser;1\nKutai Timur;2\nKalimantan Timur;10\n", of)
    assert plain(refined.accepted)["value"].tolist() == ["1", "2", "10"]
