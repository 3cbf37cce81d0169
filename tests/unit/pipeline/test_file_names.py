"""A period told by the name of a file, where the feed declares it."""

from __future__ import annotations

import pytest

from etl.connectors.base import Delivery
from etl.connectors.file import FileConnector
from etl.pipeline.layout.file_names import file_period
from etl.pipeline.refine import Refined, refine
from tests.problems.sheets import layout_feed, returned, sheet_catalogue, shown
from tests.problems.trial import TODAY


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("lapor-2026-10", ("2026", "2026-10")),
        ("lapor_2026_10 (1)", ("2026", "2026-10")),
        ("Rekap Agustus 2025 - Copy", ("2025", "2025-08")),
        ("rekap-agt-2025_final", ("2025", "2025-08")),
        ("08-2025 wifi", ("2025", "2025-08")),
        ("stunting_tw3_2025", ("2025", "tw 3 2025")),
        ("Data 2025 Triwulan II", ("2025", "triwulan ii 2025")),
        ("IDM 2024", ("2024", "2024")),
        ("penduduk_2024_2025", (None, None)),
        ("wifi 2025-08-31", (None, None)),
        ("wifi 20250831", (None, None)),
        ("wifi_2025_7", (None, None)),
        ("wifi jan-mar 2025", ("2025", None)),
        ("wifi", (None, None)),
    ],
)
def test_a_name_says_one_period_or_none(name: str, period: tuple[str | None, str | None]) -> None:
    assert file_period(name) == period


def read(name: str, content: str) -> Refined:
    of = layout_feed(
        columns={"region": "Wilayah", "value": "Titik"}, layout={"period": ["file"]}, defaults={"indicator": "wifi"}
    )
    sheets = FileConnector().read(Delivery(f"data/inbox/wifi/{name}", content.encode()), of)
    return refine(sheets, of, sheet_catalogue(), TODAY)


def test_the_name_gives_the_period_unless_the_title_says_another_year() -> None:
    table = "Wilayah;Titik\nPaser;3\n"
    assert shown(read("wifi-2025-08.csv", table)) == ["wifi 64.01 2025-08 3 B2"]
    other = read("wifi-2025-08.csv", f"Titik wifi tahun 2024;\n{table}")
    assert (shown(other), returned(other)) == ([], ["periode-tak-dikenal B3"])
    until = read("wifi sd Juni 2025.csv", table)  # figures of wifi are not counted from January
    assert returned(until) == ["periode-tak-dikenal B2"]
    silent = read("wifi.csv", table)
    assert "nama berkas “wifi” tidak menyebut satu periode" in silent.findings["sentence"][0]
