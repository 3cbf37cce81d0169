"""Registers that count on: what stands beside "s.d. bulan lalu" and "bulan ini" is no month's figure."""

from __future__ import annotations

import pytest

from tests.making import text
from tests.problems.sheets import FIGURES, sheet_catalogue
from tests.problems.trial import feed, refine_bytes

BEFORE, NOW = "s.d. bulan lalu", "bulan ini"


def back(heads: tuple[str, ...], value: str, indicator: str = "lapor", period: str = "2025-08") -> list[str]:
    """Return the rules by which the one figure, under the head `value`, went back."""
    unit = {"lapor": "aduan", "pad": "Rp", "population": "jiwa"}[indicator]
    of = feed(
        columns={"region": "Wilayah", "period": "Periode", "value": value},
        defaults={"indicator": indicator, "unit": unit},
    )
    rows = [";".join(("Wilayah", "Periode", *heads)), ";".join(("Paser", period, *("5" for _ in heads)))]
    named = tuple(each.model_copy(update={"name": text(each.id.upper())}) for each in FIGURES)
    found = refine_bytes("\n".join(rows).encode(), of, sheet_catalogue().model_copy(update={"indicators": named}))
    return found.findings.loc[found.findings["severity"].eq("refused"), "rule"].tolist()


@pytest.mark.parametrize(
    ("heads", "value", "indicator"),
    [
        ((BEFORE, NOW, "jumlah"), "jumlah", "lapor"),
        (("Bulan lalu", "Bulan ini", "Total"), "Total", "lapor"),
        (("Sisa awal", "Masuk bulan ini", "Jumlah aduan"), "Jumlah aduan", "lapor"),
        (("Sampai dengan bulan lalu", "Agustus", "Jumlah"), "Jumlah", "lapor"),
        (("Januari-Juli", "Agustus", "Jumlah"), "Jumlah", "lapor"),
        (("Bulan ini",), "Bulan ini", "population"),
        (("s.d. triwulan lalu", "triwulan ini"), "triwulan ini", "pad"),
    ],
)
def test_a_sum_of_periods_is_no_period_and_a_last_part_no_sum(
    heads: tuple[str, ...], value: str, indicator: str
) -> None:
    period = {"lapor": "2025-08", "pad": "2025-Q3", "population": "2025"}[indicator]
    assert back(heads, value, indicator, period) == ["kumulatif-judul"]


@pytest.mark.parametrize(
    ("heads", "value", "indicator"),
    [
        ((BEFORE, NOW, "jumlah"), NOW, "lapor"),
        (("Online", "Offline", "Seluruhnya"), "Seluruhnya", "lapor"),
        (("Tahun lalu", "Jumlah"), "Jumlah", "lapor"),
        (("s.d. triwulan lalu", "triwulan ini", "jumlah"), "jumlah", "pad"),
        (("0 sampai 14", "15 s/d 64", "Semua"), "Semua", "population"),
    ],
)
def test_the_figure_of_the_period_itself_is_read(heads: tuple[str, ...], value: str, indicator: str) -> None:
    period = {"lapor": "2025-08", "pad": "2025-Q3", "population": "2025"}[indicator]
    assert back(heads, value, indicator, period) == []
