"""Tables beside one another on one sheet, parted by a blank column."""

from __future__ import annotations

from typing import Any

import pytest

from etl.pipeline.layout.table_header import LayoutError
from etl.pipeline.refine import Refined
from tests.problems.sheets import book, layout_feed, refine_layout, returned, shown

HEADS = ["Kecamatan", "Penduduk"]
KUARO, LONG_IKIS, LONG_KALI = "64.01.05 2024 10 B", "64.01.06 2024 20 E", "64.01.08 2024 30 B"


def read(*rows: list[Any], **declared: Any) -> Refined:
    layout = {"parent": "64.01", "values": [{"head": "Penduduk"}], **declared}
    period = {} if declared else {"period": "2024"}
    defaults = {"indicator": "population", "unit": "jiwa", **period}
    of = layout_feed(columns={"region": "Kecamatan"}, layout=layout, level="district", defaults=defaults)
    return refine_layout(book({"rows": rows}), of)


def test_both_blocks_of_one_table_are_read_and_a_total_of_all_is_checked() -> None:
    rows: list[list[Any]] = [
        ["Penduduk Kabupaten Paser"],
        [],
        [*HEADS, None, *HEADS],
        ["Kuaro", 10, None, "Long Ikis", 20],
    ]
    whole = read(*rows, ["Long Kali", 30, None, "Jumlah", 60])
    expected = [f"population {KUARO}4", f"population {LONG_KALI}5", f"population {LONG_IKIS}4"]
    assert shown(whole) == expected
    torn = read(*rows, ["Long Kali", 30, None, "Jumlah", 61])
    assert "jumlah-tidak-cocok B4" in returned(torn)


def test_each_block_has_the_title_that_stands_over_it() -> None:
    rows: list[list[Any]] = [
        ["Tahun 2023", None, None, "Tahun 2024"],
        [*HEADS, None, *HEADS],
        ["Kuaro", 9, None, "Kuaro", 10],
    ]
    found = shown(read(*rows, period=["title"]))
    assert found == ["population 64.01.05 2023 9 B3", "population 64.01.05 2024 10 E3"]


def test_another_table_beside_is_left_and_said() -> None:
    refined = read([*HEADS, None, "Kecamatan", "Titik"], ["Kuaro", 10, None, "Long Ikis", 20])
    assert shown(refined) == [f"population {KUARO}2"]
    assert returned(refined, "warning") == ["tabel-di-samping"]


def test_blocks_without_a_column_between_go_back() -> None:
    with pytest.raises(LayoutError, match="ada 2 kali"):
        read(HEADS * 2, ["Kuaro", 10, "Long Ikis", 20])
