"""Files as offices and portals publish them, each with its right outcome."""

from __future__ import annotations

from pathlib import Path

from etl.catalogue.models import Catalogue
from etl.pipeline.refine import Refined
from tests.problems import sheets
from tests.problems.sheets import layout_feed, refine_layout, returned
from tests.problems.trial import feed, refine_bytes, trial_catalogue

FIELD = Path(__file__).parents[2] / "samples" / "field"


def shown(refined: Refined) -> list[str]:
    """Write what was accepted; a file without sheets has cells alone."""
    return [line.replace("nan!", "") for line in sheets.shown(refined)]


def _with_bps_codes() -> Catalogue:
    codes = {"64.01": "6401", "64.08": "6404", "64.09": "6409"}
    regions = tuple(each.model_copy(update={"bps_code": codes.get(each.code)}) for each in trial_catalogue().regions)
    return trial_catalogue(regions=regions)


def test_codes_and_years_that_became_numbers_are_read() -> None:
    columns = {"region": "bps_kode_kabupaten_kota", "period": "tahun", "value": "jumlah_desa_mandiri"}
    of = feed(columns=columns, defaults={"indicator": "population", "unit": "jiwa"}, decimal=".", region_codes="bps")
    crosswalk = _with_bps_codes()
    refined = refine_bytes((FIELD / "float_codes_and_years.csv").read_bytes(), of, crosswalk)
    assert shown(refined) == [
        "population 64.01 2023 31 E2",
        "population 64.08 2023 52 E3",
        "population 64.09 2023 11 E4",
    ]


def test_a_month_by_its_usual_short_form_is_read() -> None:
    of = layout_feed(
        columns={"indicator": "URAIAN"},
        layout={
            "period": ["title"],
            "region": "title",
            "words": {"indicator": {"Aduan SP4N masuk": "lapor", "Aduan SP4N selesai": "wifi"}},
            "values": [{"reads": "period"}],
        },
        defaults={},
    )
    refined = refine_layout((FIELD / "month_short_forms.xlsx").read_bytes(), of)
    assert len(shown(refined)) == 22
    assert "lapor 64.01 2025-08 15 Sheet1!J5" in shown(refined)


def test_a_month_given_as_its_first_day_is_the_month_unless_other_days_stand_beside() -> None:
    columns = {"region": "Wilayah", "period": "Bulan", "value": "Titik"}
    of = layout_feed(columns=columns, defaults={"indicator": "wifi", "unit": "titik"})
    months = b"Wilayah;Bulan;Titik\nPaser;2025-03-01;3\nPaser;2025-04-01 00:00:00;4\n"
    assert shown(refine_layout(months, of)) == ["wifi 64.01 2025-03 3 C2", "wifi 64.01 2025-04 4 C3"]
    days = refine_layout(months + b"Paser;2025-04-02;5\n", of)
    assert not any("2025-03 " in line or "2025-04 " in line for line in shown(days)), returned(days)
