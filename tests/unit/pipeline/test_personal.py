"""Personal data are seen in memory, before anything is stored, and only the column is named."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.pipeline.personal import personal_columns


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([["Kecamatan", "NIK"], ["Long Ikis", "x"]], ["B"]),
        ([["Judul", ""], ["No. KK", "Jumlah"], ["1", "2"]], ["A"]),
        ([["Kecamatan", "Nilai"], ["Long Ikis", "6401012003990001"]], ["B"]),
        ([["Kecamatan", "Catatan"], ["Long Ikis", "milik 6401012003990001 itu"]], ["B"]),
        ([["Nama", "Alamat Lengkap", "Nilai"], ["A", "B", "1"]], ["A", "B"]),
    ],
)
def test_is_seen(rows: list[list[str]], columns: list[str]) -> None:
    frame = pd.DataFrame(rows, columns=list("ABC"[: len(rows[0])]), dtype=object)
    assert personal_columns(frame) == columns


@pytest.mark.parametrize(
    "rows",
    [
        [["Nama", "Nilai"], ["Posyandu", "388.250.500.000,00"]],
        [["Unik", "Nilai"], ["teknik", "0.1234567890123456"]],
        [["Wilayah", "Nilai"], ["x", "12345678901234567"]],
    ],
)
def test_figures_are_no_personal_data(rows: list[list[str]]) -> None:
    assert personal_columns(pd.DataFrame(rows, columns=list("AB"), dtype=object)) == []
