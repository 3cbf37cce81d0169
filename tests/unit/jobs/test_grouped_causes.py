"""One cause is told once, with the cells where it stands."""

from __future__ import annotations

import pytest

from etl.jobs.workbooks.returned_copy import grouped


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        (["Baris 2, kolom C: kosong.", "Baris 5, kolom C: kosong."], ("Baris 2, 5, kolom C: kosong.",)),
        (["Baris 2, kolom B: beda.", "Baris 2, kolom C: beda."], ("Sel B2, C2: beda.",)),
        (["Lembar “a”, baris 3, kolom D: x."] * 12, ("Lembar “a”, baris 3, kolom D: x.",)),
        (["Baris 2: x.", "Berkas: y."], ("Baris 2: x.", "Berkas: y.")),
        ([f"Baris {row}: x." for row in range(2, 9)], ("Baris 2, 3, 4, 5, 6 dan 2 baris lain: x.",)),
    ],
)
def test_equal_causes_are_grouped(sentences: list[str], told: tuple[str, ...]) -> None:
    assert grouped(sentences) == told
