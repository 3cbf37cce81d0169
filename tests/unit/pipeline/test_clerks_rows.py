"""Rows and cells that clerks send beside their figures: totals, averages, notes, dates, words of scale."""

from __future__ import annotations

import pytest

from etl.pipeline.refine import Refined
from tests.problems import sheets
from tests.problems.sheets import layout_feed, refine_layout, returned
from tests.problems.trial import feed

PEOPLE = {"indicator": "population", "unit": "jiwa", "period": "2024"}
PLAIN = feed(columns={"region": "Kecamatan", "value": "Jiwa"}, defaults=PEOPLE, decimal=".", missing=("",))
DECLARED = layout_feed(columns={"region": "Kecamatan", "value": "Jiwa"}, defaults=PEOPLE, decimal=".", layout={})


def shown(refined: Refined) -> list[str]:
    """Write what was accepted; a file without sheets has cells alone."""
    return [line.replace("nan!", "") for line in sheets.shown(refined)]


def sent(text: str) -> Refined:
    return refine_layout(text.encode(), PLAIN)


@pytest.mark.parametrize("last", ["Jumlah,300", "TOTAL,300", "Rata-rata,150"])
@pytest.mark.parametrize("of", [PLAIN, DECLARED])
def test_a_sum_or_an_average_below_the_rows_is_no_region_and_no_fault(of: object, last: str) -> None:
    refined = refine_layout(f"Kecamatan,Jiwa\nLong Kali,100\nLong Ikis,200\n{last}\n".encode(), of)  # type: ignore[arg-type]
    assert shown(refined) == ["population 64.01.08 2024 100 B2", "population 64.01.06 2024 200 B3"]
    assert returned(refined) == []


@pytest.mark.parametrize("text", ["Kecamatan,Jiwa\n{}Jumlah,301\n", "No,Kecamatan,Jiwa\n1,{}Jumlah,,301\n"])
def test_rows_of_a_plain_table_that_miss_their_total_go_back(text: str) -> None:
    numbered = "2," if text.startswith("No") else ""
    refined = sent(text.format(f"Long Kali,100\n{numbered}Long Ikis,200\n"))
    assert [each.split()[0] for each in returned(refined)] == ["jumlah-tidak-cocok"] * 2


def test_a_total_over_regions_that_the_feed_does_not_read_is_not_held_against_its_own() -> None:
    of = PLAIN.model_copy(update={"regions": "own", "region": "64.01"})
    refined = refine_layout(b"Kecamatan,Jiwa\nLong Kali,100\nLong Ikis,200\nWaru,50\nJumlah,350\n", of)
    assert len(shown(refined)) == 2
    assert returned(refined) == []


def test_an_average_beside_the_months_is_not_checked_as_their_sum() -> None:
    months = {"indicator": "wifi", "unit": "titik"}
    values = [{"head": "Januari", "fill": months | {"period": "2024-01"}}]
    values.append({"head": "Februari", "fill": months | {"period": "2024-02"}})
    of = layout_feed(columns={"region": "Wilayah"}, decimal=".", layout={"values": values})
    refined = refine_layout(b"Wilayah,Januari,Februari,Rata-rata\nPaser,10,20,15\n", of)
    assert [line.split()[3] for line in shown(refined)] == ["10", "20"]


def test_a_column_that_is_only_a_note_may_be_missing() -> None:
    of = PLAIN.model_copy(update={"columns": PLAIN.columns | {"note": "Catatan"}})
    assert shown(refine_layout(b"Kecamatan,Jiwa\nLong Kali,100\n", of)) == ["population 64.01.08 2024 100 B2"]
    with_note = refine_layout(b"Kecamatan,Jiwa,Catatan\nLong Kali,100,sementara\n", of)
    assert with_note.accepted["note"].tolist() == ["sementara"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("=SUM(B3:B9)", "Buka di Excel, simpan ulang"),
        ("2024-03-01 00:00:00", "sel berisi tanggal"),
        ("1/3/2024", "sel berisi tanggal"),
        ("3-Mar", "sel berisi tanggal"),
        ("sekitar 75", "keterangan ditulis di kolom lain"),
    ],
)
def test_a_cell_that_is_no_figure_names_its_cause_and_the_next_step(cell: str, said: str) -> None:
    [sentence] = sent(f"Kecamatan,Jiwa\nLong Kali,{cell}\n").findings["sentence"]
    assert said in sentence


def test_a_scale_beside_the_figure_against_the_unit_says_what_to_write() -> None:
    of = feed(columns={"region": "W", "value": "N", "unit": "S"}, defaults={"indicator": "pad", "period": "2024-Q1"})
    [sentence] = refine_layout(b"W;N;S\nPaser;Rp 98,7 juta;Rp\n", of).findings["sentence"]
    assert "sel memuat “juta Rp”, sedangkan satuannya “Rp”. Tulis angkanya dalam Rp saja" in sentence
