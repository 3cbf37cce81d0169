"""Figures that stand only in parts are summed where the feed declares it, whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from etl.pipeline.refine import Refined
from tests.problems.sheets import book, layout_feed, refine_layout, returned, shown

COLUMNS = {"values": [{"sum": ["Laki-laki", "Perempuan"]}]}
ROWS = {"values": [{"head": "Penduduk"}], "sum_rows": {"JK": ["Laki-laki", "Perempuan"]}}


def summed(layout: dict[str, Any], *rows: list[Any], indicator: str = "population") -> Refined:
    unit = "jiwa" if indicator == "population" else "%"
    of = layout_feed(
        columns={"region": "Kecamatan"},
        layout={"parent": "64.01", **layout},
        level="district",
        defaults={"indicator": indicator, "unit": unit, "period": "2024"},
    )
    return refine_layout(book({"rows": rows}), of)


def test_parts_in_columns_make_one_figure_that_says_so() -> None:
    refined = summed(COLUMNS, ["Kecamatan", "Laki-laki", "Perempuan"], ["Kuaro", 10, "1.012"])
    assert shown(refined) == ["population 64.01.05 2024 1022 B2"]
    assert refined.accepted["note"].tolist() == ["jumlah dari Laki-laki + Perempuan"]


@pytest.mark.parametrize(
    ("rows", "back"),
    [
        ([["Kecamatan", "Laki-laki", "Perempuan"], ["Kuaro", 10, None]], "tanpa-nilai C2"),
        ([["Kecamatan", "Laki-laki"], ["Kuaro", 10]], "bagian-kurang B2"),
        ([["Kecamatan", "Laki-laki", "Perempuan"], ["Kuaro", 10, "dua"]], "bukan-angka C2"),
    ],
)
def test_a_missing_part_goes_back_and_nothing_is_summed(rows: list[list[Any]], back: str) -> None:
    refined = summed(COLUMNS, *rows)
    assert (shown(refined), returned(refined)) == ([], [back])


def test_parts_in_rows_make_one_figure_a_lone_or_unknown_one_none() -> None:
    refined = summed(
        ROWS,
        ["Kecamatan", "JK", "Penduduk"],
        *(["Kuaro", "Laki-laki", 10], ["Kuaro", "PEREMPUAN", 12], ["Long Ikis", "Laki-laki", 5]),
        *(["Long Kali", "Laki-laki", 1], ["Long Kali", "Perempuan", 2], ["Long Kali", "Tak diketahui", 3]),
    )
    assert shown(refined) == ["population 64.01.05 2024 22 C2"]
    assert returned(refined) == ["bagian-kurang C4", "bagian-tak-dikenal C7"]


def test_a_total_that_does_stand_is_held_against_the_parts() -> None:
    refined = summed(COLUMNS, ["Kecamatan", "Laki-laki", "Perempuan", "Jumlah"], ["Kuaro", 1, 2, 4])
    assert returned(refined) == ["jumlah-tidak-cocok B2", "jumlah-tidak-cocok C2"]


def test_rates_are_no_sum() -> None:
    refined = summed(COLUMNS, ["Kecamatan", "Laki-laki", "Perempuan"], ["Kuaro", 1, 2], indicator="growth")
    assert returned(refined) == ["bukan-jumlah B2"]
