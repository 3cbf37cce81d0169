"""Units as BPS and offices print them, in the catalogue's own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.catalogue.units import settles, unit_factor
from tests.making import indicator


@pytest.mark.parametrize(
    ("own", "printed", "factor"),
    [
        ("jiwa", "Ribu Jiwa", "1000"),
        ("jiwa", "(000 orang)", "1000"),
        ("jiwa", "Ribu Jiwa / Thousand Persons", "1000"),
        ("%", "Persen", "1"),
        ("%", "Persen (%)", "1"),
        ("miliar Rp", "Juta Rupiah", "0.001"),
        ("miliar Rp", "Rp Triliun", "1000"),
        ("miliar Rp", "(Milyar Rupiah)", "1"),
        ("juta US$", "Juta USD", "1"),
        ("ton/ha", "Kuintal/Ha", "0.1"),
        ("ton", "Ribu Ton", "1000"),
        ("jiwa/km2", "Orang per Km²", "1"),
        ("jiwa", "Ribu", None),
        ("jiwa", "Ribu Juta Jiwa", None),
        ("jiwa", "Jiwa (ribu orang)", None),
        ("jiwa", "KK", None),
        ("%", "persen/tahun", None),
        ("miliar Rp", "Juta US$", None),
    ],
)
def test_a_printed_unit_is_read_exactly_or_not_at_all(own: str, printed: str, factor: str | None) -> None:
    assert unit_factor(indicator("x", unit=own), printed) == (Decimal(factor) if factor else None)


@pytest.mark.parametrize(
    ("unit", "sign", "settled"),
    [
        ("miliar rupiah", "M", True),
        ("Miliar Rp", "M Rp", True),
        ("miliar US$", "M Rp", False),
        ("juta US$", "M", False),
        ("triliun Rp", "T", True),
        ("miliar Rp", "T", False),
        ("Rp", "M", False),
        (None, "M", False),
    ],
)
def test_a_short_scale_means_what_the_declared_unit_says(unit: str | None, sign: str, settled: bool) -> None:
    assert settles(unit, sign) is settled
