"""A title that names one month, quarter or semester binds the rows that are all of another one."""

from __future__ import annotations

import pytest

from tests.making import indicator, text
from tests.problems.sheets import sheet_catalogue
from tests.problems.trial import feed, refine_bytes

SERIES = [
    {"id": "ssgi", "name": text("SSGI")},
    {"id": "eppgbm", "name": text("e-PPGBM"), "frequency": "month"},
]
STUNTING = indicator("stunting", unit="%", series=SERIES, direction="lower")


def back(title: str, *periods: str, series: str = "eppgbm") -> list[str]:
    """Return the rules by which rows of some periods under a title went back."""
    of = feed(
        columns={"region": "Wilayah", "period": "Periode", "value": "Nilai"},
        defaults={"indicator": "stunting", "series": series, "unit": "%"},
        layout={"values": [{"head": "Nilai"}]},
    )
    rows = [f"{title};;", "Wilayah;Periode;Nilai", *(f"Paser;{each};8,5" for each in periods)]
    known = sheet_catalogue().model_copy(update={"indicators": (STUNTING,)})
    found = refine_bytes("\n".join(rows).encode(), of, known).findings
    return found.loc[found["severity"].eq("refused"), "rule"].tolist()


@pytest.mark.parametrize("row", ["2025-04", "2024-03", "April 2025"])
def test_rows_of_another_month_than_the_titles_go_back(row: str) -> None:
    assert back("PREVALENSI STUNTING MARET 2025", row) == ["bulan-judul"]


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("PREVALENSI STUNTING MARET 2025", ("2025-03",)),
        ("PREVALENSI STUNTING MARET 2025", ("2025-01", "2025-02")),  # gathered in March
        ("PREVALENSI STUNTING 2025", ("2025-03",)),
        ("Rilis Maret 2025", ("2025-02",)),
    ],
)
def test_rows_of_the_titles_month_and_of_several_months_are_read(title: str, rows: tuple[str, ...]) -> None:
    assert back(title, *rows) == []


def test_a_month_in_the_title_of_a_yearly_series_still_goes_back() -> None:
    assert back("PREVALENSI STUNTING MARET 2025", "2025", series="ssgi") == ["bulan-judul"]
